// What Genesys works on: asked for again after longer and longer waits, for a bounded time.
import { type Clock, msPerSecond } from "../common/clock";
import { unexpectedAnswer } from "./errors";

/** The first wait; it doubles up to the longest one. Milliseconds. */
const firstWaitMs = 1000;
const longestWaitMs = 8000;

/** A question whose answer takes its time. */
export interface Poll<T> {
  readonly ask: () => Promise<T>;
  /** Whether that is the answer. @throws where there will be none */
  readonly hasEnded: (answer: T) => boolean;
  /** What works, as `the usage query`, and where it is asked for. */
  readonly what: string;
  readonly path: string;
  /** How long is waited altogether. Milliseconds. */
  readonly patienceMs: number;
  /** Is told before each wait how long has been waited. */
  readonly tellWait?: ((waitedMs: number) => void) | undefined;
}

/** @throws GenesysResponseError when it runs too long */
export async function poll<T>(clock: Clock, question: Poll<T>): Promise<T> {
  const { ask, hasEnded, what, path, patienceMs, tellWait } = question;
  let waitedMs = 0;
  for (let waitMs = firstWaitMs; ; waitMs = Math.min(longestWaitMs, waitMs * 2)) {
    const answer = await ask();
    if (hasEnded(answer)) {
      return answer;
    }
    if (waitedMs + waitMs > patienceMs) {
      throw unexpectedAnswer(path, `${what} did not end within ${patienceMs / msPerSecond} s`);
    }
    tellWait?.(waitedMs);
    await clock.sleep(waitMs);
    waitedMs += waitMs;
  }
}
