// What every removal shares: the deletion, and the wait until Genesys shows no more of the object.
import { isNotFound, undefinedWhenNotFound } from "../../genesys/errors";
import { ProviderError } from "../engine/providerError";
import { type Answer, atMost, eventually } from "../run/patience";
import type { Session } from "../run/session";
import type { KnownObject, LiveObject, ObjectKind } from "./objectKind";
import { findLive } from "./presence";

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
  session: Session,
  what: string,
  look: () => Promise<Shown>,
): Promise<boolean> {
  let powerless = 0;
  const unconfirmed = new ProviderError(
    "DELETE_UNCONFIRMED",
    `Deleting ${what}: Genesys accepted the deletion but still shows it; run the command again to make sure`,
  );
  try {
    await eventually(atMost(settlingMs, session), `${what} to be gone`, async (): Promise<Answer<true>> => {
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

/** What Genesys may not know yet of an object that it refuses to delete. */
export interface Delay {
  /** What the one line about the wait says. */
  readonly waitingFor: string;
  /** Whether the refused deletion may be accepted later. */
  isMatterOfTime(error: unknown): boolean;
}

/** DELETE, again while a 404 may come from a cache that does not know the object yet. @returns False when it is gone already. */
export function sendDeletion<T extends LiveObject>(
  session: Session,
  kind: ObjectKind<T>,
  id: string,
  known: KnownObject,
  delay: Delay = { waitingFor: `${kind.name} ${id} to be known`, isMatterOfTime: () => false },
): Promise<boolean> {
  return eventually(atMost(settlingMs, session), delay.waitingFor, async (): Promise<Answer<boolean>> => {
    try {
      await kind.area(session).delete(id);
      return { done: true };
    } catch (error) {
      if (!(error instanceof Error)) {
        throw error;
      }
      if (isNotFound(error)) {
        return (await findLive(session, kind, id, known)) === undefined ? { done: false } : { notYet: error };
      }
      if (delay.isMatterOfTime(error)) {
        return { notYet: error };
      }
      throw error;
    }
  });
}

/** Deletes and confirms; an object that is gone already is success. Two requests where nothing is in the way. */
export async function remove<T extends LiveObject>(
  session: Session,
  kind: ObjectKind<T>,
  id: string,
  known: KnownObject,
): Promise<void> {
  if (await sendDeletion(session, kind, id, known)) {
    await confirmGone(session, `${kind.name} ${id}`, async () => {
      await kind.area(session).get(id);
      return "alive";
    });
  }
}
