// The clock: the one place where the program learns the time or waits; and how long a second and a day are.
import { setTimeout as delay } from "node:timers/promises";

/** Milliseconds of a second. */
export const msPerSecond = 1000;

/** Milliseconds of a day. */
export const msPerDay = 86_400_000;

/** Time as a dependency, so that tests can move it. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after `durationMs`, at once when it is zero or negative; rejects with the signal's reason when aborted. */
  sleep(durationMs: number, signal?: AbortSignal): Promise<void>;
}

/** The clock of the computer. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (durationMs, signal) =>
    delay(Math.max(0, durationMs), undefined, { signal }).catch(() => {
      throw signal?.reason instanceof Error ? signal.reason : new Error("the wait was aborted");
    }),
};
