// The rules for text that people write: what names, descriptions, keys and ids may hold.

/** A mistake in one value: what follows the shown value in the message, and a remedy where the field's own does not fit. */
export interface Mistake {
  readonly problem: string;
  readonly remedy?: string;
}

/** Looks at one text; undefined when there is nothing wrong. */
export type TextRule = (text: string) => Mistake | undefined;

/** Descriptions: a marker is appended before they are sent to Genesys, so this stays well below what it stores. Characters. */
export const descriptionLengthLimit = 400;

/** Names of roles and divisions, in characters; Genesys documents no limit, its own names stay below 100. */
export const nameLengthLimit = 200;

/** Keys of roles and credentials: part of client names, secret names and markers. */
export const keyPattern = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/;

/** What to write in place of a key that breaks the rule. */
export const keyRemedy =
  "choose a key of at most 64 characters: a letter or digit first, then letters, digits, _, - and .";

/** Names that JavaScript objects already have; refused, so that no look-up can ever mistake one for an entry. */
const reservedKeys: ReadonlySet<string> = new Set(["constructor", "prototype"]);

/** How every marker begins that this program appends to descriptions; text of people must not look like one. */
const markerStart = "[pulumi:";

/** Overrides of the writing direction: they make a reviewer read something else than what is stored. */
const directionOverridePattern = /[\u202a-\u202e\u2066-\u2069]/;

const controlCharacterPattern = /[\p{Cc}\u2028\u2029]/u;
const lineBreakPattern = /[\n\r\u0085\u2028\u2029]/;
const loneSurrogatePattern = /\p{Cs}/u;

/** One line of readable text of at most `limit` characters, not blank, without white space around it. */
export function lineRule(limit: number): TextRule {
  return (text) => {
    if (text.length > limit) {
      return { problem: `is longer than ${limit} characters` };
    }
    if (text.trim() === "") {
      return { problem: "is blank" };
    }
    if (lineBreakPattern.test(text)) {
      return { problem: "spans several lines", remedy: "write it on one line" };
    }
    if (controlCharacterPattern.test(text) || directionOverridePattern.test(text)) {
      return { problem: "holds a control character", remedy: "remove the control character" };
    }
    if (loneSurrogatePattern.test(text)) {
      return { problem: "holds half of a character (a lone surrogate)", remedy: "write the character again" };
    }
    return text === text.trim()
      ? undefined
      : { problem: "begins or ends with white space", remedy: "remove the white space around it" };
  };
}

/** Text of one form. */
export function matching(pattern: RegExp, problem: string): TextRule {
  return (text) => (pattern.test(text) ? undefined : { problem });
}

/** A description: may be empty, and must not hold anything that looks like the marker. */
export const descriptionRule: TextRule = (text) => {
  if (text === "") {
    return undefined;
  }
  if (text.includes(markerStart)) {
    return {
      problem: `holds "${markerStart}", the start of the marker that is appended`,
      remedy: "leave it out",
    };
  }
  return lineRule(descriptionLengthLimit)(text);
};

/** The name of a role or a division in Genesys. */
export const nameRule: TextRule = lineRule(nameLengthLimit);

/** The key of a role or a credential. */
export const keyRule: TextRule = (key) => {
  if (reservedKeys.has(key)) {
    return { problem: "is a reserved word", remedy: "choose another key" };
  }
  return keyPattern.test(key) ? undefined : { problem: "is not a valid key" };
};

/** An id of an object of Genesys: a user, a team, a queue. Genesys's are UUIDs; anything of letters, digits and `_-` is taken. */
export const idRule: TextRule = matching(
  /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/,
  "is not an id as Genesys writes them",
);
