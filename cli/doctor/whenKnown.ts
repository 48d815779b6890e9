// The lines of a check that needs a fact which may be unknown.
import { type Known } from "../../common/known";
import { type Line, notChecked, type Subject } from "./line";

/** The lines of a check that needs a fact; one line that names the reason where the fact is not known. */
export function whenKnown<T>(
  fact: Known<T>,
  subject: Subject,
  check: (value: T) => readonly Line[],
): readonly Line[] {
  return "value" in fact ? check(fact.value) : [notChecked(subject, fact.reason)];
}
