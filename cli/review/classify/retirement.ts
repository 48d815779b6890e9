// What becomes of an OAuth client that an update deletes: when it stops working, and whether it can be had back.
import { msPerDay } from "../../../common/clock";
import { type Phrase, phrase } from "./phrase";

/** A client made within these days is deleted for good; an older one is kept deactivated. Source: Genesys's help, "Delete an OAuth client". */
const immediateDays = 30;

/** Days for which an older client can be restored. Source: as above. */
const restorableDays = 7;

/** What is known of the end of a client. */
interface Retirement {
  readonly phrase: Phrase;
  readonly isIrreversible: boolean;
}

/**
 * The end of a client at `nowMs`.
 * @param createdAt ISO instant; without it nobody can promise that the client comes back.
 */
export function retirementOf(createdAt: string | undefined, nowMs: number): Retirement {
  const createdMs = createdAt === undefined ? NaN : Date.parse(createdAt);
  if (Number.isNaN(createdMs)) {
    const words = phrase`gone for good, as far as is known (its age is not in the state)`;
    return { phrase: words, isIrreversible: true };
  }
  const days = Math.max(0, Math.floor((nowMs - createdMs) / msPerDay));
  if (days < immediateDays) {
    const words = phrase`gone for good: it is ${days} days old, and Genesys keeps no client younger than ${immediateDays} days`;
    return { phrase: words, isIrreversible: true };
  }
  const words = phrase`${days} days old, so Genesys can restore it for ${restorableDays} days`;
  return { phrase: words, isIrreversible: false };
}

/** The end of a stored secret. */
export function secretEnd(recoveryWindowInDays: number | undefined): Retirement {
  return recoveryWindowInDays === 0
    ? { phrase: phrase`deleted at once, for good (recovery window 0)`, isIrreversible: true }
    : {
        // AWS's own default is its longest window.
        phrase: phrase`can be restored for ${recoveryWindowInDays ?? awsDefaultRecoveryDays} days`,
        isIrreversible: false,
      };
}

/** AWS's recovery window where none is chosen, in days. Source: DeleteSecret. */
const awsDefaultRecoveryDays = 30;
