// A pool of tokens against the simulator, which counts requests by token and tokens by client: room for all, and none waits in vain.
import { GenesysClient } from "../../genesys/client";
import { deployerClientId, deployerClientSecret } from "../../sandbox/genesys/seed";
import { type GenesysSimulator, startGenesysSimulator } from "../../sandbox/genesys/server";
import { QuietClock } from "./quietClock";

const requests = 600;
const minuteMs = 60_000;

let clock: QuietClock;
let simulator: GenesysSimulator;
let notices: string[];
beforeEach(async () => {
  clock = new QuietClock();
  simulator = await startGenesysSimulator({ clock });
  notices = [];
});
afterEach(async () => {
  clock.stop();
  await simulator.stop();
});

/** @returns how long all of them took, in milliseconds */
async function sendAll(tokenPoolSize: number): Promise<number> {
  const client = new GenesysClient({
    origins: { apiUrl: simulator.url, loginUrl: simulator.url },
    credentials: { clientId: deployerClientId, clientSecret: deployerClientSecret },
    clock,
    tokenPoolSize,
    notify: (line) => notices.push(line),
  });
  const beganAtMs = clock.now();
  await Promise.all(
    Array.from({ length: requests }, () =>
      client.command({ method: "GET", path: "/api/v2/authorization/divisions/home" }),
    ),
  );
  return clock.now() - beganAtMs;
}

function count(path: RegExp, status: number): number {
  return simulator.requestLog.count({ path, status });
}

const api = /^\/api\//;
const tokens = /^\/oauth\/token/;

it("600 quick requests with a pool of 5: nobody waits, nothing is refused", async () => {
  expect(await sendAll(5)).toBe(0);
  expect([count(api, 200), count(api, 429), count(tokens, 200)]).toEqual([requests, 0, 3]);
  expect(notices).toEqual([]);
});

it("600 quick requests with one token: two minutes, told once", async () => {
  expect(await sendAll(1)).toBe(2 * minuteMs);
  expect([count(api, 200), count(api, 429), count(tokens, 200)]).toEqual([requests, 0, 1]);
  expect(notices).toHaveLength(1);
});

it("where Genesys gives two tokens a minute, the pool goes on with what it has", async () => {
  simulator.organization.setSwitches({ mintingLimitPerMinute: 2 });
  const tookMs = await sendAll(5);
  expect(tookMs).toBeLessThanOrEqual(minuteMs);
  expect([count(api, 200), count(api, 429)]).toEqual([requests, 0]);
  expect(count(tokens, 400)).toBe(1);
});

it("where Genesys counts by client, a pool costs refusals, and every request is done in the time of one token", async () => {
  simulator.organization.setSwitches({ requestLimitCounts: "client" });
  expect(await sendAll(5)).toBeLessThanOrEqual(2 * minuteMs);
  expect(count(api, 200)).toBe(requests);
  expect(count(api, 429)).toBeLessThan(requests);
});
