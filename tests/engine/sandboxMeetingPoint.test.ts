// Who hosts the services of a world, and what becomes of the others.
import { createServer, type Server } from "node:net";
import { chooseFreePorts } from "../../sandbox/freePorts";
import { type Hosted, joinWorld, MeetingPortTakenError, type Membership } from "../../sandbox/meetingPoint";

let port: number;
let started: number;
let stopped: number;
let members: Membership[];

beforeEach(async () => {
  [port] = (await chooseFreePorts(1)) as [number];
  started = 0;
  stopped = 0;
  members = [];
});

afterEach(async () => {
  await Promise.all(members.map((member) => member.leave()));
});

const startServices = (): Promise<Hosted> => {
  started++;
  return Promise.resolve({
    stop: () => {
      stopped++;
      return Promise.resolve();
    },
  });
};

async function join(token = "token", onHostLost: () => void = () => undefined): Promise<Membership> {
  const member = await joinWorld({ port, token, startServices, onHostLost });
  members.push(member);
  return member;
}

test("of many that join at once one hosts and starts the services once", async () => {
  const joined = await Promise.all(Array.from({ length: 8 }, () => join()));
  expect(joined.filter(({ role }) => role === "host")).toHaveLength(1);
  expect(started).toBe(1);
  expect(joined.find(({ role }) => role === "host")?.guests()).toBe(7);
});

test("the host learns when its last guest has left", async () => {
  const host = await join();
  const guest = await join();
  const alone = host.untilAlone(new AbortController().signal);
  await guest.leave();
  await alone;
  expect(host.guests()).toBe(0);
  expect(stopped).toBe(0);
});

test("waiting for guests ends with the signal", async () => {
  const host = await join();
  await join();
  const controller = new AbortController();
  const alone = host.untilAlone(controller.signal);
  controller.abort(new Error("interrupted"));
  await expect(alone).rejects.toThrow("interrupted");
});

test("a guest whose host goes away is told, and can host itself", async () => {
  const host = await join();
  const lost = new Promise<void>((resolve) => void join("token", resolve));
  while (host.guests() === 0) {
    await new Promise((resolve) => setImmediate(resolve));
  }
  await host.leave();
  await lost;
  await expect(join()).resolves.toMatchObject({ role: "host" });
  expect([started, stopped]).toEqual([2, 1]);
});

test("a guest gets in only when the services are up", async () => {
  let finishStart: () => void = () => undefined;
  const starting = new Promise<void>((resolve) => (finishStart = resolve));
  const host = joinWorld({
    port,
    token: "token",
    startServices: async () => {
      await starting;
      return { stop: () => Promise.resolve() };
    },
    onHostLost: () => undefined,
  });
  let isIn = false;
  const guest = join().then((member) => {
    isIn = true;
    return member;
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect(isIn).toBe(false);
  finishStart();
  members.push(await host);
  await expect(guest).resolves.toMatchObject({ role: "guest" });
});

test("when the services cannot be started the port is free again", async () => {
  const failure = joinWorld({
    port,
    token: "token",
    startServices: () => Promise.reject(new Error("no luck")),
    onHostLost: () => undefined,
  });
  await expect(failure).rejects.toThrow("no luck");
  await expect(join()).resolves.toMatchObject({ role: "host" });
});

test("a program that answers something else is a stranger", async () => {
  const stranger: Server = createServer((socket) => {
    socket.on("error", () => undefined).resume();
    socket.write("220 mail.example.com ESMTP\r\n");
  });
  await new Promise<void>((resolve) => stranger.listen(port, "127.0.0.1", resolve));
  try {
    await expect(join()).rejects.toThrow(MeetingPortTakenError);
    expect(started).toBe(0);
  } finally {
    await new Promise((resolve) => stranger.close(resolve));
  }
});
