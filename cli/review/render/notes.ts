// What stands below the lines of a review: limits of the review itself, and exclusions that need attention.
import { type StackReview } from "../classify/classify";
import { phrase, type Phrase } from "../classify/phrase";

/** Expired exclusions that are told one by one. */
const toldExclusions = 4;

/** One sentence each. */
export function notesBelow({ notes, expired }: StackReview): Phrase[] {
  const rest = expired.length - toldExclusions;
  return [
    ...notes.map((note) => [note]),
    ...expired
      .slice(0, toldExclusions)
      .map(
        ({ credential, risk, reason, expiresOn }) =>
          phrase`An exclusion expired after ${[expiresOn]}: ${credential}, ${[risk ?? "any risk"]}, ${reason}. Renew or remove it.`,
      ),
    ...(rest > 0 ? [[`${rest} more exclusions have expired.`]] : []),
  ];
}
