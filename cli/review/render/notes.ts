// What stands below the lines of a review: limits of the review itself, and exclusions that need attention.
import { type StackReview } from "../classify/classify";
import { phrase, type Phrase } from "../classify/phrase";

/** Expired exclusions that are told one by one. */
const toldExclusions = 4;

/** One sentence each: of the stack first, then of the review file. */
export function notesBelow(review: StackReview): Phrase[] {
  return [...planNotes(review), ...expiredNotes([review])];
}

/** What the preview of the stack does not tell. */
export function planNotes({ notes }: StackReview): Phrase[] {
  return notes.map((note) => [note]);
}

/** The review file is the same for all stacks: each of its exclusions is told once. */
export function expiredNotes(reviews: readonly StackReview[]): Phrase[] {
  const all = reviews.flatMap(({ expired }) => expired);
  const expired = [...new Map(all.map((exclusion) => [JSON.stringify(exclusion), exclusion])).values()];
  const rest = expired.length - toldExclusions;
  return [
    ...expired
      .slice(0, toldExclusions)
      .map(
        ({ credential, risk, reason, expiresOn }) =>
          phrase`An exclusion expired after ${[expiresOn]}: ${credential}, ${[risk ?? "any risk"]}, ${reason}. Renew or remove it.`,
      ),
    ...(rest > 0 ? [[`${rest} more exclusions have expired.`]] : []),
  ];
}
