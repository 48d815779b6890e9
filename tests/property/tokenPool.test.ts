// Any schedule of requests against any refusals: no token passes its budget or its pause, nothing is created twice, everything ends.
import * as fc from "fast-check";

import { GenesysApiError } from "../../genesys/errors";
import { GenesysClient } from "../../genesys/client";
import type { RequestKind } from "../../genesys/retry";
import { FakeClock } from "../fakeClock";
import { type Fate, LimitedGenesys, type MintFate } from "../limitedGenesys";

const minuteMs = 60_000;
const msPerSecond = 1000;
/** One request gives up at its tenth refusal; a pause that nobody waits for is none. */
const mostRefusals = 9;

interface Schedule {
  readonly tokenPoolSize: number;
  readonly requestsPerMinute: number;
  readonly latencyMs: number;
  readonly validitySeconds: number;
  readonly countsByClient: boolean;
  readonly requests: readonly { readonly afterMs: number; readonly kind: RequestKind }[];
  readonly fates: Fate[];
  readonly mintFates: MintFate[];
}

function schedules(others: readonly Fate[]): fc.Arbitrary<Schedule> {
  const retryAfter = fc.integer({ min: 0, max: 30 });
  const fate = fc.oneof(
    { arbitrary: fc.constant<Fate>("fine"), weight: 6 },
    { arbitrary: retryAfter, weight: 1 },
    ...others.map((other) => ({ arbitrary: fc.constant(other), weight: 1 })),
  );
  return fc.record({
    tokenPoolSize: fc.integer({ min: 1, max: 10 }),
    requestsPerMinute: fc.integer({ min: 1, max: 12 }),
    latencyMs: fc.constantFrom(0, 1, 80, 2000),
    validitySeconds: fc.constantFrom(1, 90, 300, 86_400),
    countsByClient: fc.boolean(),
    requests: fc.array(
      fc.record({
        afterMs: fc.constantFrom(0, 0, 0, 1, 500, 20_000, 70_000),
        kind: fc.constantFrom<RequestKind>("repeatable", "create"),
      }),
      { minLength: 1, maxLength: 40 },
    ),
    fates: fc.array(fate, { maxLength: 60 }).map(withFewRefusals),
    mintFates: fc.array(fc.constantFrom<MintFate>("fine", "limit", "unreachable"), { maxLength: 10 }),
  });
}

function withFewRefusals(fates: readonly Fate[]): Fate[] {
  let refusals = 0;
  return fates.map((fate) => (typeof fate === "number" && ++refusals > mostRefusals ? "fine" : fate));
}

async function run(schedule: Schedule) {
  const clock = new FakeClock();
  const genesys = new LimitedGenesys(clock);
  Object.assign(genesys, {
    fates: [...schedule.fates],
    mintFates: ["fine", ...schedule.mintFates],
    latencyMs: schedule.latencyMs,
    validitySeconds: schedule.validitySeconds,
    countsByClient: schedule.countsByClient,
    limitPerMinute: schedule.requestsPerMinute + 1,
  });
  const client = new GenesysClient({
    origins: { apiUrl: "https://api.example.com", loginUrl: "https://login.example.com" },
    credentials: { clientId: "c-1", clientSecret: "canary-deployer-secret" },
    clock,
    transport: genesys,
    random: () => 0,
    tokenPoolSize: schedule.tokenPoolSize,
    requestsPerMinute: schedule.requestsPerMinute,
  });
  let beginsMs = 0;
  const ended = await Promise.allSettled(
    schedule.requests.map(async ({ afterMs, kind }, index) => {
      beginsMs += afterMs;
      await clock.sleep(beginsMs);
      await client.command({ method: "POST", path: `/api/v2/${kind}/${index}`, kind });
    }),
  );
  return { genesys, ended };
}

function expectWithinBudgets(
  { arrivals }: LimitedGenesys,
  { requestsPerMinute, tokenPoolSize }: Schedule,
): void {
  const within = (from: number, token?: string) =>
    arrivals.filter(
      (one) => one.atMs >= from && one.atMs < from + minuteMs && (token ?? one.token) === one.token,
    ).length;
  for (const { atMs, token } of arrivals) {
    expect(within(atMs, token)).toBeLessThanOrEqual(requestsPerMinute);
    // Renewals make no room: the whole pool keeps to the sum.
    expect(within(atMs)).toBeLessThanOrEqual(requestsPerMinute * tokenPoolSize);
  }
}

function expectPausesKept({ arrivals }: LimitedGenesys): void {
  for (const refused of arrivals) {
    if (typeof refused.fate === "number") {
      const resumesAtMs = refused.answeredAtMs + refused.fate * msPerSecond;
      const meanwhile = arrivals.filter(
        ({ token, atMs }) => token === refused.token && atMs > refused.answeredAtMs && atMs < resumesAtMs,
      );
      expect(meanwhile).toEqual([]);
    }
  }
}

/** After anything but a refusal that did nothing, a creation is not sent again. */
function expectNothingCreatedTwice({ arrivals }: LimitedGenesys): void {
  const creations = arrivals.filter(({ path }) => path.startsWith("/api/v2/create/"));
  for (const { path } of creations) {
    const fates = creations.filter((one) => one.path === path).map(({ fate }) => fate);
    expect(fates.slice(0, -1).filter((fate) => typeof fate !== "number" && fate !== "401")).toEqual([]);
  }
}

it("budgets, pauses and creations hold, and every request ends", async () => {
  await fc.assert(
    fc.asyncProperty(schedules(["401", "503"]), async (schedule) => {
      const { genesys, ended } = await run(schedule);
      expect(ended).toHaveLength(schedule.requests.length);
      expectWithinBudgets(genesys, schedule);
      expectPausesKept(genesys);
      expectNothingCreatedTwice(genesys);
      expect(genesys.mostMintsAtOnce).toBe(1);
    }),
    { numRuns: 150 },
  );
}, 60_000);

it("where tokens live and only limits refuse, every request succeeds, whatever becomes of further tokens", async () => {
  await fc.assert(
    fc.asyncProperty(schedules([]), async (schedule) => {
      const { genesys, ended } = await run({ ...schedule, validitySeconds: 86_400, countsByClient: false });
      expect(ended.filter(({ status }) => status === "rejected")).toEqual([]);
      expect(genesys.mostMintsAtOnce).toBe(1);
    }),
    { numRuns: 150 },
  );
}, 60_000);

it("a request fails by what Genesys says of it, never by a further token", async () => {
  await fc.assert(
    fc.asyncProperty(schedules(["503"]), async (schedule) => {
      const { ended } = await run({ ...schedule, validitySeconds: 86_400, countsByClient: false });
      for (const one of ended) {
        expect(one.status === "fulfilled" || one.reason instanceof GenesysApiError).toBe(true);
      }
    }),
    { numRuns: 50 },
  );
}, 60_000);
