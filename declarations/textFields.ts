// The fields of text that several topics have: names, descriptions, durations.
import { field, text } from "./field";
import { parseDuration } from "./instants";
import {
  descriptionLengthLimit,
  descriptionRule,
  type Mistake,
  nameLengthLimit,
  nameRule,
  type TextRule,
} from "./textRules";

/** The name of something in Genesys; `otherwise` ends the remedy. */
export function nameField(description: string, otherwise = "") {
  return field(
    text(nameRule),
    description,
    `write a name of one line and at most ${nameLengthLimit} characters${otherwise}`,
    { minLength: 1, maxLength: nameLengthLimit },
  );
}

/** The description that roles and credentials share, without its default. */
export const descriptionSchema = field(
  text(descriptionRule),
  "One line that says what it is for; stored in Genesys, followed by a marker that names this stack.",
  `write one line of at most ${descriptionLengthLimit} characters`,
  { maxLength: descriptionLengthLimit },
);

/** An ISO 8601 duration. */
export function durationField(description: string, remedy: string, rule: TextRule = durationRule) {
  return field(text(rule), description, remedy, { pattern: "^P" });
}

/** A duration, which may be of nothing. */
export function durationRule(duration: string): Mistake | undefined {
  return parseDuration(duration) === undefined ? { problem: "is not an ISO 8601 duration" } : undefined;
}
