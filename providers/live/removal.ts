// What every removal shares: the deletion, and the wait until Genesys shows no more of the object.
import { isNotFound, undefinedWhenNotFound } from "../../genesys/errors";
import { ProviderError } from "../engine/providerError";
import { type Answer, eventually, type Patience } from "../run/patience";
import type { Session } from "../run/session";

/** The Terraform provider polls a deleted client for 30 s and a role for 60 s (docs/genesys-api.md 3.10). */
const settlingMs = 60_000;

/** What is still shown of a deleted object: nothing but its end, an object that can do nothing any more, or one that can. */
export type Shown = "ended" | "powerless" | "alive";

/** Looks at an object that can do nothing any more before that is enough. */
const looksAtPowerless = 3;

/**
 * Asks until the object answers 404 or only waits for its end.
 * @returns False for one that is still shown after a while and can do nothing: Genesys does not tell when it goes (docs/genesys-api.md 3.7).
 * @throws ProviderError DELETE_UNCONFIRMED
 */
export async function confirmGone(
  patience: Patience,
  what: string,
  look: () => Promise<Shown>,
): Promise<boolean> {
  let powerless = 0;
  const unconfirmed = new ProviderError(
    "DELETE_UNCONFIRMED",
    `Deleting ${what}: Genesys accepted the deletion but still shows it; run the command again to make sure`,
  );
  try {
    await eventually(patience, `${what} to be gone`, async (): Promise<Answer<true>> => {
      const shown = (await look().catch(undefinedWhenNotFound)) ?? "ended";
      powerless = shown === "powerless" ? powerless + 1 : 0;
      return shown === "ended" || powerless >= looksAtPowerless ? { done: true } : { notYet: unconfirmed };
    });
  } catch (error) {
    if (error !== unconfirmed || powerless === 0) {
      throw error;
    }
  }
  return powerless === 0;
}

/** How an object is deleted and looked for. */
export interface Removal {
  /** As `role 5d0c…`. */
  readonly what: string;
  /** What the one line about a wait says; by default, that the object is to be known. */
  readonly waitingFor?: string;
  delete(): Promise<void>;
  /** Undefined when neither GET nor the list knows it. */
  findLive(): Promise<unknown>;
  /** Whether a refused deletion may be accepted later. */
  isMatterOfTime?(error: unknown): boolean;
}

/** DELETE, again while a 404 may come from a cache that does not know the object yet. @returns False when it is gone already. */
export function sendDeletion(patience: Patience, removal: Removal): Promise<boolean> {
  const { waitingFor = `${removal.what} to be known` } = removal;
  return eventually(patience, waitingFor, async (): Promise<Answer<boolean>> => {
    try {
      await removal.delete();
      return { done: true };
    } catch (error) {
      if (!(error instanceof Error)) {
        throw error;
      }
      if (isNotFound(error)) {
        return (await removal.findLive()) === undefined ? { done: false } : { notYet: error };
      }
      if (removal.isMatterOfTime?.(error) === true) {
        return { notYet: error };
      }
      throw error;
    }
  });
}

/** Deletes and confirms; an object that is gone already is success. Two requests where nothing is in the way. */
export async function remove(session: Session, removal: Removal, get: () => Promise<unknown>): Promise<void> {
  const patience = shortPatience(session);
  if (await sendDeletion(patience, removal)) {
    await confirmGone(patience, removal.what, async () => {
      await get();
      return "alive";
    });
  }
}

/** The session's clock and voice, with the shorter wait of deletions. */
export function shortPatience(session: Session): Patience {
  return { clock: session.clock, notify: session.notify, waitMs: Math.min(settlingMs, session.waitMs) };
}
