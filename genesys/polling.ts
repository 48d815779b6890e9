// What Genesys works on: asked for again after longer and longer waits, for a bounded time.
import { msPerSecond } from "../common/clock";
import type { GenesysClient } from "./client";
import { unexpectedAnswer } from "./errors";

/** The first wait; it doubles up to the longest one. Milliseconds. */
const firstWaitMs = 1000;
const longestWaitMs = 8000;

/** A wait that is longer in all is announced. */
const announcedAfterMs = 3000;

/** A question whose answer takes its time. */
export interface Poll<T> {
  readonly ask: () => Promise<T>;
  /** Whether that is the answer. @throws where there will be none */
  readonly hasEnded: (answer: T) => boolean;
  /** What works, as `the usage query`, and where it is asked for. */
  readonly what: string;
  readonly path: string;
  /** How long is waited altogether, where the deployer's settings do not say less (`GENESYSCLOUD_WAIT_SECONDS`). Milliseconds. */
  readonly patienceMs: number;
  /** Is told before each wait how long has been waited. */
  readonly tellWait?: ((waitedMs: number) => void) | undefined;
}

/** @throws GenesysResponseError when it runs too long */
export async function poll<T>(
  client: Pick<GenesysClient, "clock" | "longestWaitMs" | "announce">,
  question: Poll<T>,
): Promise<T> {
  const { ask, hasEnded, what, path, tellWait } = question;
  const patienceMs = Math.min(question.patienceMs, client.longestWaitMs);
  const patience = `${patienceMs / msPerSecond} s`;
  let waitedMs = 0;
  for (let waitMs = firstWaitMs; ; waitMs = Math.min(longestWaitMs, waitMs * 2)) {
    const answer = await ask();
    if (hasEnded(answer)) {
      return answer;
    }
    if (waitedMs + waitMs > patienceMs) {
      throw unexpectedAnswer(path, `${what} did not end within ${patience}`);
    }
    if (waitedMs >= announcedAfterMs) {
      client.announce(`Waiting up to ${patience} for ${what} to end.`);
    }
    tellWait?.(waitedMs);
    await client.clock.sleep(waitMs);
    waitedMs += waitMs;
  }
}
