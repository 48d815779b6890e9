// What every removal shares: the wait until Genesys shows no more of a deleted object.
import { isNotFound } from "../../genesys/errors";
import { ProviderError } from "../engine/providerError";
import { type Answer, eventually, type Patience } from "../run/patience";
import type { Session } from "../run/session";

/** The Terraform provider polls a deleted client for 30 s and a role for 60 s (genesys-api 3.10). */
const settlingMs = 60_000;

/** Asks until the object answers 404, or `isEnded` says that it only waits for its end. */
export async function confirmGone(
  patience: Patience,
  what: string,
  isEnded: () => Promise<boolean>,
): Promise<void> {
  await eventually(patience, `${what} to be gone`, async (): Promise<Answer<true>> => {
    try {
      if (await isEnded()) {
        return { done: true };
      }
    } catch (error) {
      if (isNotFound(error)) {
        return { done: true };
      }
      throw error;
    }
    return {
      notYet: new ProviderError(
        "DELETE_UNCONFIRMED",
        `Deleting ${what}: Genesys accepted the deletion but still shows it; run the command again to make sure`,
      ),
    };
  });
}

/** The session's clock and voice, with the shorter wait of deletions. */
export function shortPatience(session: Session): Patience {
  return { clock: session.clock, notify: session.notify, waitMs: Math.min(settlingMs, session.waitMs) };
}
