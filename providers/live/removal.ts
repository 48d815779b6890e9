// What every removal shares: the wait until Genesys shows no more of a deleted object.
import { isNotFound } from "../../genesys/errors";
import { ProviderError } from "../engine/providerError";
import { type Answer, eventually, type Patience } from "../run/patience";
import type { Session } from "../run/session";

/** The Terraform provider polls a deleted client for 30 s and a role for 60 s (genesys-api 3.10). */
const settlingMs = 60_000;

/** What is still shown of a deleted object: nothing but its end, an object that can do nothing any more, or one that can. */
export type Shown = "ended" | "powerless" | "alive";

/** Looks at an object that can do nothing any more before that is enough. */
const looksAtPowerless = 3;

/**
 * Asks until the object answers 404 or only waits for its end.
 * @returns False for one that is still shown after a while and can do nothing: Genesys does not tell when it goes (genesys-api 3.7).
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
      const shown = await orGone(look);
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

async function orGone(look: () => Promise<Shown>): Promise<Shown> {
  try {
    return await look();
  } catch (error) {
    if (isNotFound(error)) {
      return "ended";
    }
    throw error;
  }
}

/** The session's clock and voice, with the shorter wait of deletions. */
export function shortPatience(session: Session): Patience {
  return { clock: session.clock, notify: session.notify, waitMs: Math.min(settlingMs, session.waitMs) };
}
