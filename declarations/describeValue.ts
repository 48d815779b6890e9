// How a wrong value, or the path to it, is shown in a message: shortly, printable, and never when it looks like a secret.
import { uuidPattern } from "../common/uuid";
import { configNamespace } from "./naming";

/** The longest text shown, quotes included. */
const shownLengthLimit = 60;

/** What stands in the place of a value that is not shown. */
const hiddenValue = "the value (not shown: it looks like a secret)";

/** Words that people put into secrets, names of secrets next to their values, and credentials inside URLs. */
const secretWordPattern = /secret|passw|token|bearer|private.?key|canary-|:\/\/[^/\s]*@/i;

/** An unbroken run this long that mixes letters and digits is how generated secrets look. */
const generatedRunPattern = /[A-Za-z0-9+=_~.-]{24,}|[A-Za-z0-9+/=]{30,}/g;

/** Dates and times, which are long runs too. */
const instantStartPattern = /^\d{4}-\d{2}-\d{2}/;

/** Characters that a terminal or a log could act upon or that cannot be seen. */
const unprintablePattern = /[\p{C}\p{Zl}\p{Zp}]/gu;

/** Keys that need no quotes in a path. */
const plainKeyPattern = /^[A-Za-z0-9_-]{1,64}$/;

/** Tells whether a text holds a secret known to the caller. */
export type SecretDetector = (text: string) => boolean;

/** Shorter texts are not looked for inside other texts: they would hide ordinary words. Characters. */
const detectedSecretLength = 6;

/** Finds the one secret, where there is one. */
export function detectorOf(secret: string | undefined): SecretDetector {
  const known = (secret ?? "").trim();
  return known.length < detectedSecretLength ? () => false : (text) => text.includes(known);
}

/** The value in words: text in quotes and cut, numbers as they are, lists and maps by their kind alone. */
export function describeValue(value: unknown, isKnownSecret: SecretDetector): string {
  if (typeof value === "string") {
    return isKnownSecret(value) || looksLikeSecret(value) ? hiddenValue : quote(value);
  }
  if (typeof value === "number" || typeof value === "boolean") {
    return String(value);
  }
  if (value === null) {
    return "an empty value";
  }
  const kind = Array.isArray(value) ? "a list" : "a map";
  return typeof value === "object" ? kind : "a value that YAML cannot hold";
}

/** `genesys-credentials:credentials.nightly-report.roles[1]`; keys with other characters are quoted in brackets. */
export function describePath(path: readonly PropertyKey[], isKnownSecret: SecretDetector): string {
  return path.reduce<string>((text, segment, index) => {
    if (typeof segment === "number") {
      return `${text}[${segment}]`;
    }
    const key = String(segment);
    if (plainKeyPattern.test(key) && !isKnownSecret(key)) {
      return `${text}${index === 0 ? ":" : "."}${key}`;
    }
    return `${text}[${isKnownSecret(key) ? hiddenValue : quote(key)}]`;
  }, configNamespace);
}

/** Text as a quoted literal of one printable line within the limit; a cut never goes through a character or an escape. */
export function quote(text: string): string {
  const room = shownLengthLimit - '""'.length;
  let whole = "";
  let cut = "";
  for (const character of text) {
    whole += printable(character);
    if (whole.length > room) {
      return `"${cut}…"`;
    }
    if (whole.length < room) {
      cut = whole;
    }
  }
  return `"${whole}"`;
}

function printable(character: string): string {
  return JSON.stringify(character)
    .slice(1, -1)
    .replace(unprintablePattern, (unprintable) => `\\u{${(unprintable.codePointAt(0) ?? 0).toString(16)}}`);
}

function looksLikeSecret(text: string): boolean {
  // Ids of organisations, clients and keys are no secrets.
  if (uuidPattern.test(text) || instantStartPattern.test(text)) {
    return false;
  }
  if (secretWordPattern.test(text)) {
    return true;
  }
  return (text.match(generatedRunPattern) ?? []).some((run) => /\d/.test(run) && /[A-Za-z]/.test(run));
}
