// Names and descriptions of live objects: whether they can be declared, and descriptions brought into the form that can.
import { descriptionLengthLimit, descriptionRule, nameRule } from "../../declarations/textRules";

/** A description that can be declared. */
export interface DeclarableText {
  readonly text: string;
  /** What differs from the live text, in words; empty where nothing does but white space at the ends. */
  readonly changes: readonly string[];
}

/** What tells the marker of a stack; a live text that looks like one cannot be declared. */
const markerLike = /\[pulumi:/g;
const controlCharacters = /[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]+/gu;

/** Characters that Pulumi's reader of YAML refuses wherever they stand. */
const unreadableCharacters = /[\ufeff\ufffe\uffff]/;

/** Why a name of a role, a client or a division cannot be declared, as `is blank`; undefined when it can. */
export function nameProblem(name: string): string | undefined {
  return unreadableCharacters.test(name)
    ? "holds a character that YAML cannot hold"
    : nameRule(name)?.problem;
}

/** Brings a description into one line of readable text that is not too long. */
export function declarableDescription(live: string | undefined): DeclarableText {
  const changes: string[] = [];
  let text = (live ?? "").trim();
  const change = (pattern: RegExp, replacement: string, what: string): void => {
    const changed = text.replace(pattern, replacement);
    if (changed !== text) {
      changes.push(what);
      text = changed.trim();
    }
  };
  change(/[ \t]*[\n\r\u0085\u2028\u2029][\s\u0085]*/g, " ", "its lines are joined");
  change(controlCharacters, " ", "its control characters are left out");
  change(markerLike, "[", 'its "[pulumi:" is left out, which begins the markers of this program');
  if (text.length > descriptionLengthLimit) {
    text = withoutHalfCharacter(text.slice(0, descriptionLengthLimit)).trim();
    changes.push(`it is cut to ${descriptionLengthLimit} characters`);
  }
  return descriptionRule(text) === undefined
    ? { text, changes }
    : { text: "", changes: ["it cannot be declared and is left out"] };
}

/** A cut between the two halves of a character leaves one of them behind. */
function withoutHalfCharacter(text: string): string {
  return text.replace(/[\ud800-\udbff]$/, "");
}
