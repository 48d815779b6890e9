// The clock: the one place where the program learns the time or waits.
import { setTimeout } from "node:timers/promises";

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
    setTimeout(Math.max(0, durationMs), undefined, { signal }).catch(() => {
      throw signal?.reason instanceof Error ? signal.reason : new Error("the wait was aborted");
    }),
};
