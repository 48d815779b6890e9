// A hundred credentials at once: one token, one budget, and a pause that holds for everybody.
import { OAuthClientProvider } from "../../providers/oauthClient/provider";
import { Session } from "../../providers/run/session";
import { deployerClientId, deployerClientSecret } from "../../sandbox/genesys/seed";
import { type GenesysSimulator, startGenesysSimulator } from "../../sandbox/genesys/server";
import { clientInputs } from "../providerWorld";
import { QuietClock } from "./quietClock";

const credentials = 100;
const minuteMs = 60_000;
const msPerSecond = 1000;

let clock: QuietClock;
let simulator: GenesysSimulator;
beforeEach(async () => {
  clock = new QuietClock();
  simulator = await startGenesysSimulator({ clock });
});
afterEach(async () => {
  clock.stop();
  await simulator.stop();
});

/** Creates all credentials at once, in one process. @returns the distinct ids of the clients that came of it */
async function createAll(requestsPerMinute?: number): Promise<Set<string>> {
  const session = new Session(
    {
      origins: { apiUrl: simulator.url, loginUrl: simulator.url },
      credentials: { clientId: deployerClientId, clientSecret: deployerClientSecret },
      reconcile: true,
      waitMs: 5 * minuteMs,
      ...(requestsPerMinute === undefined ? {} : { requestsPerMinute }),
    },
    { clock },
  );
  const provider = new OAuthClientProvider(() => session);
  const made = await Promise.all(
    Array.from({ length: credentials }, (_, index) => {
      const name = `credential-${index}`;
      return provider.create(clientInputs({ name, owner: `genesys-credentials/dev/${name}` }));
    }),
  );
  return new Set(made.map(({ id }) => id));
}

/** Milliseconds since the epoch at which the deployer's requests arrived, token requests apart. */
function arrivalsMs(): number[] {
  return simulator.requestLog
    .find({ clientId: deployerClientId, path: /^\/api\// })
    .map(({ at }) => Date.parse(at));
}

function mostInAnyMinute(arrivals: readonly number[]): number {
  const counts = arrivals.map(
    (beginMs) => arrivals.filter((atMs) => atMs >= beginMs && atMs < beginMs + minuteMs).length,
  );
  return Math.max(...counts);
}

it("they share one token and the look-ups of the run", async () => {
  expect((await createAll()).size).toBe(credentials);
  const lookUps = ["tokens/me", "roles?name", "divisions/home", "clients"].length;
  expect(simulator.requestLog.count({ clientId: deployerClientId, path: "/oauth/token" })).toBe(1);
  expect(arrivalsMs()).toHaveLength(credentials + lookUps);
});

it("they never send more than the budget in any minute, whatever Genesys would allow", async () => {
  const budget = 40;
  simulator.organization.setSwitches({ requestsPerMinutePerToken: null });
  expect((await createAll(budget)).size).toBe(credentials);
  expect(mostInAnyMinute(arrivalsMs())).toBe(budget);
  expect(simulator.requestLog.count({ status: 429 })).toBe(0);
});

it("a 429 to one of them pauses all, for as long as Genesys says", async () => {
  // Without the pause the others would go on when the minute of their budget is over.
  const pauseSeconds = 90;
  const budget = 40;
  const unharmed = 20;
  simulator.faults.arm({
    kind: "status",
    status: 429,
    retryAfterSeconds: pauseSeconds,
    match: { method: "POST", path: "^/api/v2/oauth/clients$" },
    skip: unharmed,
  });
  expect((await createAll(budget)).size).toBe(credentials);
  const [struck] = simulator.requestLog.find({ status: 429 });
  const struckMs = Date.parse(struck!.at);
  const resumesMs = struckMs + pauseSeconds * msPerSecond;
  const arrivals = arrivalsMs();
  expect(arrivals.filter((atMs) => atMs > struckMs && atMs < resumesMs)).toEqual([]);
  expect(arrivals.filter((atMs) => atMs >= resumesMs).length).toBeGreaterThan(0);
});

it("where others spend the same allowance, refusals are waited out and every credential comes up", async () => {
  simulator.organization.setSwitches({ requestsPerMinutePerToken: 60 });
  expect((await createAll()).size).toBe(credentials);
  expect(simulator.requestLog.count({ status: 429 })).toBeGreaterThan(0);
  expect(simulator.organization.describe().clients).toHaveLength(credentials + 1);
});
