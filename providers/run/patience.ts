// Bounded waiting for Genesys to know what it was told: a fresh role, grant or client may take seconds to five minutes.
import { type Clock, msPerSecond } from "../../common/clock";

/** Waits between questions: soon at first, then every ten seconds (a caching service answers the same for a while). */
const firstDelayMs = 500;
const maximumDelayMs = 10_000;

/** Waits longer than this in all are announced, once. */
const announcedAfterMs = 3000;

export interface Patience {
  readonly clock: Clock;
  /** The longest wait in all. */
  readonly waitMs: number;
  readonly notify: (line: string) => void;
}

/** The same with a wait of this length at most. */
export function atMost(longestMs: number, { clock, notify, waitMs }: Patience): Patience {
  return { clock, notify, waitMs: Math.min(longestMs, waitMs) };
}

/** One answer to "is it there yet?". */
export type Answer<T> = { readonly done: T } | { readonly notYet: Error };

/**
 * Asks until the answer is there or the time is over.
 * @param waitingFor What the one printed line says, as `role "x" to become usable`.
 * @throws The last `notYet` when the time is over, and whatever `ask` throws.
 */
export async function eventually<T>(
  patience: Patience,
  waitingFor: string,
  ask: () => Promise<Answer<T>>,
): Promise<T> {
  const beganAtMs = patience.clock.now();
  let delayMs = firstDelayMs;
  let isAnnounced = false;
  for (;;) {
    const answer = await ask();
    if ("done" in answer) {
      return answer.done;
    }
    const spentMs = patience.clock.now() - beganAtMs;
    if (spentMs + delayMs > patience.waitMs) {
      throw answer.notYet;
    }
    if (!isAnnounced && spentMs >= announcedAfterMs) {
      isAnnounced = true;
      const seconds = Math.round(patience.waitMs / msPerSecond);
      patience.notify(`Waiting up to ${seconds} s for ${waitingFor}.`);
    }
    await patience.clock.sleep(delayMs);
    delayMs = Math.min(maximumDelayMs, delayMs * 2);
  }
}
