// Waiting out a 429: never without a pause, never for longer than a person would wait in all.
import { GenesysApiError } from "../../../genesys/errors";
import { defaultRetryPolicy, retryDecision } from "../../../genesys/retry";

function tooManyRequests(retryAfterSeconds?: number): GenesysApiError {
  const details = { method: "GET", path: "/x", apiCode: "", apiMessage: "", correlationId: undefined };
  return new GenesysApiError({ ...details, status: 429, retryAfterSeconds });
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}

/** The waits of one request that is answered 429 for good, in milliseconds. */
function waitsMs(retryAfterSeconds?: number): number[] {
  const waits: number[] = [];
  for (;;) {
    const history = { attempts: waits.length + 1, waitedMs: sum(waits) };
    const decision = retryDecision(tooManyRequests(retryAfterSeconds), "repeatable", history, 0);
    if (!decision.retry) {
      return waits;
    }
    waits.push(decision.waitMs);
  }
}

it.each([0, 1, 42, 60, 100, 180, undefined])("Retry-After %p is waited out within bounds", (seconds) => {
  const waits = waitsMs(seconds);
  expect(waits.length).toBeGreaterThan(0);
  expect(Math.min(...waits)).toBeGreaterThanOrEqual(defaultRetryPolicy.baseDelayMs / 2);
  expect(sum(waits)).toBeLessThanOrEqual(defaultRetryPolicy.maximumWaitMs);
});

it("Retry-After 0, or a date that a skewed clock has put into the past, does not hammer", () => {
  const waits = waitsMs(0);
  expect(waits).toEqual([...waits].sort((a, b) => a - b));
  expect(new Set(waits).size).toBeGreaterThan(1);
});
