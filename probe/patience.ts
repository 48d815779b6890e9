// Waiting for Genesys to know what it was told: bounded for each question and for the whole run, ended at once by an interruption.
import { type Clock, msPerSecond } from "../common/clock";
import { Interrupted, NotSettled } from "./settling";

/** All waits of one run together. */
const runMs = 120_000;
/** All waits of one question, if nothing else is said. */
const questionMs = 15_000;
const firstWaitMs = 1000;
const longestWaitMs = 4000;

/** How something became known. */
export interface Known<T> {
  readonly value: T;
  readonly waitedMs: number;
}

export class Patience {
  private remainingMs = runMs;

  constructor(
    private readonly clock: Clock,
    private readonly signal: AbortSignal,
  ) {}

  /**
   * Looks at once, then again and again; undefined where it has not come within the time.
   * @param longestMs All waits of this question.
   * @throws NotSettled where earlier questions have used up all the time: nobody can say that it did not come
   */
  async until<T>(look: () => Promise<T | undefined>, longestMs = questionMs): Promise<Known<T> | undefined> {
    const limitMs = Math.min(longestMs, this.remainingMs);
    let waitedMs = 0;
    for (let waitMs = firstWaitMs; ; waitMs = Math.min(longestWaitMs, waitMs * 2)) {
      const value = await look();
      if (value !== undefined) {
        return { value, waitedMs };
      }
      if (limitMs <= 0) {
        throw new NotSettled(`it is not so at once, and the ${runMs / msPerSecond} s of waiting are used up`);
      }
      const nextMs = Math.min(waitMs, limitMs - waitedMs);
      if (nextMs <= 0) {
        return undefined;
      }
      await this.sleep(nextMs);
      waitedMs += nextMs;
      this.remainingMs -= nextMs;
    }
  }

  private async sleep(durationMs: number): Promise<void> {
    try {
      await this.clock.sleep(durationMs, this.signal);
    } catch (error) {
      throw this.signal.aborted ? new Interrupted() : error;
    }
  }
}

/** How soon something was known, as the expectations say it. */
export function howSoon(known: Known<unknown> | undefined): string {
  if (known === undefined) {
    return "not while the probe waited";
  }
  return known.waitedMs === 0 ? "at once" : `within ${Math.ceil(known.waitedMs / msPerSecond)} s`;
}
