// The verdicts of a review, and which one stands when there are several.

/** From the mildest to the gravest. */
export const verdicts = [
  "NO CHANGE",
  "NEUTRAL",
  "NARROWED",
  "ROTATED",
  "WIDENED",
  "BREAKS",
  "BLOCKED",
] as const;

/** One word for what a pull request does to access. */
export type Verdict = (typeof verdicts)[number];

/** The gravest of them; NO CHANGE when there is none. */
export function gravest(some: readonly Verdict[]): Verdict {
  return verdicts.filter((verdict) => some.includes(verdict)).at(-1) ?? "NO CHANGE";
}
