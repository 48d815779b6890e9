// The budget of one token: never more than its number in any minute, nothing during a pause, first come first served.
import { RequestBudget } from "../../../genesys/rateLimit";
import { TokenPool } from "../../../genesys/tokenPool";
import { FakeClock } from "../../fakeClock";

const minuteMs = 60_000;
const renewAtMs = Number.MAX_SAFE_INTEGER;

/** A pool of one token, which is a budget and a queue before it. */
function lonePool(clock: FakeClock, requestsPerMinute: number): TokenPool {
  const token = { accessToken: "canary-access-token", renewAtMs };
  return new TokenPool({
    clock,
    requestsPerMinute,
    signIn: () => Promise.resolve(token),
    openFurther: () => Promise.reject(new Error("a pool of one opens no further token")),
    announcedWaitMs: minuteMs,
    notify: () => undefined,
  });
}

async function departures(clock: FakeClock, pool: TokenPool, count: number): Promise<number[]> {
  return Promise.all(
    Array.from({ length: count }, async () => {
      await pool.lease();
      return clock.now();
    }),
  );
}

it("the budget leaves at once and the rest a minute later", async () => {
  const clock = new FakeClock();
  const began = clock.now();
  const at = await departures(clock, lonePool(clock, 10), 25);
  expect(at.map((ms) => ms - began)).toEqual([
    ...Array.from({ length: 10 }, () => 0),
    ...Array.from({ length: 10 }, () => minuteMs),
    ...Array.from({ length: 5 }, () => 2 * minuteMs),
  ]);
});

it("never more than the budget leaves in any sliding minute", async () => {
  const clock = new FakeClock();
  const pool = lonePool(clock, 7);
  const at: number[] = [];
  for (let i = 0; i < 60; i++) {
    clock.advance((i * 7919) % 13_000);
    await pool.lease();
    at.push(clock.now());
  }
  for (const from of at) {
    expect(at.filter((ms) => ms >= from && ms < from + minuteMs).length).toBeLessThanOrEqual(7);
  }
});

it.each([280.5, 1, 0.25])("a budget of %p a minute is a limit", (requestsPerMinute) => {
  const budget = new RequestBudget(requestsPerMinute);
  for (let sent = 0; sent < Math.max(1, Math.floor(requestsPerMinute)); sent++) {
    expect(budget.waitMs(0)).toBe(0);
    budget.depart(0);
  }
  expect(budget.waitMs(0)).toBe(minuteMs);
});

it("a pause holds everybody back, also those who wait already", async () => {
  const clock = new FakeClock();
  const began = clock.now();
  const pool = lonePool(clock, 100);
  const first = await pool.lease();
  first.pause(5000);
  const waiting = departures(clock, pool, 3);
  first.pause(9000);
  first.pause(1000);
  expect((await waiting).map((ms) => ms - began)).toEqual([9000, 9000, 9000]);
});

it("pauses that lengthen double, and stop at ten minutes", () => {
  const budget = new RequestBudget();
  let nowMs = 0;
  const lasted = [1, 2, 3, 4, 5, 6].map(() => {
    budget.pause(nowMs, minuteMs, { lengthens: true });
    budget.pause(nowMs, minuteMs / 2, { lengthens: true }); // of the same burst
    const pausedMs = budget.waitMs(nowMs);
    nowMs += pausedMs;
    return pausedMs / minuteMs;
  });
  expect(lasted).toEqual([1, 2, 4, 8, 10, 10]);
});
