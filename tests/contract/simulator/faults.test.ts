// Every kind of fault on the wire, before and after the write, and how often it strikes.
import { request } from "node:http";
import { type FaultSpec } from "../../../sandbox/genesys/faults";
import { deployerClientId, deployerClientSecret } from "../../../sandbox/genesys/seed";
import { type Answer, clientBody, SimulatorWorld } from "./simulatorWorld";

let world: SimulatorWorld;

beforeEach(async () => {
  world = await SimulatorWorld.start();
  world.simulator.requestLog.clear();
});

afterEach(async () => {
  await world.stop();
});

const create = (): Promise<Answer> => world.call("POST", "/oauth/clients", clientBody());
/** How many clients there are besides the deployer's: what a write has done, whatever its answer was. */
const created = (): number => world.simulator.organization.clients.list().length - 1;
const onCreate = { method: "POST", path: "^/api/v2/oauth/clients$" };
const lastEntry = (): unknown => world.simulator.requestLog.entries.at(-1);

/** An answer as bytes, also when it breaks off: fetch hides what arrived before the end. */
function rawCreate(
  waitMs = 0,
): Promise<{ status: number; type: string; length: string; text: string; broken: boolean }> {
  return new Promise((resolve, reject) => {
    const sent = request(
      `${world.simulator.url}/api/v2/oauth/clients`,
      {
        method: "POST",
        headers: { Authorization: `Bearer ${world.deployerToken}`, "Content-Type": "application/json" },
      },
      (answer) => {
        let text = "";
        const finish = (broken: boolean): void => {
          const { "content-type": type = "", "content-length": length = "" } = answer.headers;
          resolve({ status: answer.statusCode ?? 0, type, length, text, broken });
        };
        answer.setEncoding("utf8");
        answer.on("data", (chunk: string) => (text += chunk));
        answer.on("end", () => {
          finish(false);
        });
        answer.on("error", () => {
          finish(true);
        });
      },
    );
    sent.on("error", reject);
    if (waitMs > 0) {
      sent.setTimeout(waitMs, () => sent.destroy(new Error("no answer came")));
    }
    sent.end(JSON.stringify(clientBody()));
  });
}

describe.each([
  ["before", 0],
  ["after", 1],
] as const)("%s the write", (phase, effect) => {
  test.each([500, 502, 503, 504, 408])("status %s", async (status) => {
    world.simulator.faults.arm({ match: onCreate, kind: "status", status, phase });
    const answer = await create();
    expect([answer.status, answer.body.status, created()]).toEqual([status, status, effect]);
    expect(answer.body.contextId).toBe(answer.headers.get("inin-correlation-id"));
    expect(answer.text).not.toContain("canary-");
    expect(lastEntry()).toMatchObject({ status, faulted: "status" });
    expect((await create()).status).toBe(200);
  });

  test("429 with Retry-After, a code, a body of one's own", async () => {
    world.simulator.faults.arm({ match: onCreate, kind: "status", status: 429, retryAfterSeconds: 7, phase });
    world.simulator.faults.arm({ match: onCreate, kind: "status", status: 400, code: "odd.code", phase });
    world.simulator.faults.arm({ match: onCreate, kind: "status", status: 409, body: { odd: true }, phase });
    const limited = await create();
    expect([limited.status, limited.headers.get("retry-after"), limited.body.code]).toEqual([
      429,
      "7",
      "too.many.requests.retry.after",
    ]);
    expect(limited.body.message).toContain("[7] seconds");
    expect((await create()).body.code).toBe("odd.code");
    expect((await create()).body).toEqual({ odd: true });
    expect(created()).toBe(3 * effect);
  });

  test("a dropped connection", async () => {
    world.simulator.faults.arm({ match: onCreate, kind: "reset", phase });
    await expect(create()).rejects.toThrow("fetch failed");
    expect(created()).toBe(effect);
    expect(lastEntry()).toMatchObject({ status: null, faulted: "reset" });
  });

  test("no answer, and stopping does not wait for it", async () => {
    world.simulator.faults.arm({ match: onCreate, kind: "timeout", phase });
    await expect(rawCreate(150)).rejects.toThrow("no answer came");
    expect(created()).toBe(effect);
    expect(lastEntry()).toMatchObject({ status: null, faulted: "timeout" });
    world.simulator.faults.arm({ match: onCreate, kind: "timeout", phase });
    const pending = create().catch(() => "dropped");
    while (world.simulator.requestLog.entries.at(-1)?.number !== 2) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    await world.stop();
    expect(await pending).toBe("dropped");
  });

  test("a slow answer takes its time on the clock", async () => {
    const before = world.clock.now();
    world.simulator.faults.arm({ match: onCreate, kind: "slow", ms: 60_000, phase });
    expect((await create()).status).toBe(200);
    expect(world.clock.now() - before).toBe(60_000);
    expect(created()).toBe(1);
  });

  test("a body that comes in two pieces", async () => {
    const before = world.clock.now();
    world.simulator.faults.arm({ match: onCreate, kind: "slowBody", ms: 5000, phase });
    const answer = await create();
    expect(answer.status).toBe(phase === "after" ? 200 : 503);
    expect(answer.body).toBeDefined();
    expect(world.clock.now() - before).toBe(5000);
    expect(created()).toBe(effect);
  });

  test("a truncated body", async () => {
    world.simulator.faults.arm({ match: onCreate, kind: "truncated", phase });
    const answer = await rawCreate();
    expect(answer).toMatchObject({ status: phase === "after" ? 200 : 503, broken: true });
    expect(answer.text.length).toBeGreaterThan(0);
    expect(answer.text.length).toBeLessThan(Number(answer.length));
    expect(answer.text).toMatch(/^\{/);
    expect(created()).toBe(effect);
    expect(lastEntry()).toMatchObject({ status: answer.status, faulted: "truncated" });
  });

  test("a page of a proxy", async () => {
    world.simulator.faults.arm({ match: onCreate, kind: "html", phase });
    world.simulator.faults.arm({ match: onCreate, kind: "html", status: 200, phase });
    const usual = await create();
    expect([usual.status, usual.headers.get("content-type"), usual.body]).toEqual([
      phase === "after" ? 200 : 502,
      "text/html; charset=utf-8",
      undefined,
    ]);
    expect(usual.text).toMatch(/^<!DOCTYPE html>/);
    expect((await create()).status).toBe(200);
    expect(created()).toBe(2 * effect);
  });

  test("an empty body", async () => {
    world.simulator.faults.arm({ match: onCreate, kind: "empty", phase });
    const answer = await create();
    expect([answer.status, answer.text, created()]).toEqual([200, "", effect]);
  });

  test("JSON under another content type", async () => {
    world.simulator.faults.arm({ match: onCreate, kind: "wrongContentType", phase });
    const answer = await create();
    expect([answer.status, answer.headers.get("content-type")]).toEqual([
      phase === "after" ? 200 : 503,
      "text/plain; charset=utf-8",
    ]);
    expect(answer.body).toBeDefined();
    expect(created()).toBe(effect);
  });
});

test("the token endpoint fails in its own form", async () => {
  world.simulator.faults.arm({ match: { path: "/oauth/token" }, kind: "status", status: 503 });
  const answer = await world.mint(deployerClientId, deployerClientSecret);
  expect(answer.status).toBe(503);
  expect(Object.keys(answer.body).sort()).toEqual(["description", "error", "error_description"]);
});

test("a fault before the write strikes even when the token is wrong, as a gateway would", async () => {
  world.simulator.faults.arm({ kind: "status", status: 503 });
  expect((await world.call("GET", "/tokens/me", undefined, { token: "nope" })).status).toBe(503);
});

describe("how often", () => {
  async function struck(spec: Omit<FaultSpec, "kind">, requests: number): Promise<string> {
    world.simulator.faults.arm({ kind: "status", status: 500, ...spec });
    let line = "";
    for (let number = 0; number < requests; number += 1) {
      line += (await world.call("GET", "/organizations/me")).status === 500 ? "x" : ".";
    }
    return line;
  }

  test.each([
    [{}, "x......."],
    [{ times: 3 }, "xxx....."],
    [{ times: "always" }, "xxxxxxxx"],
    [{ times: "always", every: 3 }, "..x..x.."],
    [{ times: 2, skip: 3 }, "...xx..."],
    [{ times: 1, skip: 1, every: 2 }, "..x....."],
    [{ times: "always", probability: 0 }, "........"],
  ] as const)("%j strikes %s", async (spec, line) => {
    expect(await struck(spec, line.length)).toBe(line);
  });

  test("a probability strikes in a sequence that its seed repeats", async () => {
    const spec = { times: "always", probability: 0.5 } as const;
    const first = await struck({ ...spec, seed: 7 }, 40);
    world.simulator.faults.clear();
    expect(await struck({ ...spec, seed: 7 }, 40)).toBe(first);
    world.simulator.faults.clear();
    expect(await struck({ ...spec, seed: 8 }, 40)).not.toBe(first);
    expect(first).toContain("x");
    expect(first).toContain(".");
  });

  test.each([
    [{ method: "get" }, true],
    [{ method: "POST" }, false],
    [{ path: "clients\\?x=1$" }, true],
    [{ path: "clients$" }, true],
    [{ path: "^/oauth/clients" }, false],
    [{ client: deployerClientId }, true],
    [{ client: "somebody" }, false],
    [{ body: "anything" }, false],
  ])("a match of %j: %s", async (match, isStruck) => {
    world.simulator.faults.arm({ match, kind: "status", status: 500 });
    expect((await world.call("GET", "/oauth/clients?x=1")).status).toBe(isStruck ? 500 : 200);
  });

  test("a match by the body, of the API and of the token endpoint", async () => {
    world.simulator.faults.arm({ match: { body: '"name":"b"' }, kind: "status", status: 500 });
    expect((await world.call("POST", "/oauth/clients", clientBody({ name: "a" }))).status).toBe(200);
    expect((await world.call("POST", "/oauth/clients", clientBody({ name: "b" }))).status).toBe(500);
    world.simulator.faults.arm({ match: { body: "grant_type=client" }, kind: "status", status: 500 });
    expect((await world.mint(deployerClientId, deployerClientSecret)).status).toBe(500);
  });

  test("a fault that is not well formed is not armed", () => {
    const bad: unknown[] = [
      { kind: "status" },
      { kind: "boom" },
      { kind: "reset", match: { path: "(" } },
      { kind: "reset", often: 1 },
    ];
    for (const spec of bad) {
      expect(() => world.simulator.faults.arm(spec as FaultSpec)).toThrow();
    }
    expect(world.simulator.faults.armed).toEqual([]);
  });
});
