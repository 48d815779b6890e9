// Text of others on one line: nothing in it can move a terminal's cursor, forge a line of a log, or fill it.

/** Longest text that is passed on in full. */
const defaultMaximumLength = 500;

/** Control characters, line separators and marks that turn the direction of writing. */
const unsafeCharacters = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+/g;

/** The text without control characters, cut at `maximumLength` characters. */
export function oneLine(text: string, maximumLength: number = defaultMaximumLength): string {
  const isTooLong = text.length > maximumLength;
  const line = text.slice(0, maximumLength).replace(unsafeCharacters, " ").trim();
  return isTooLong ? `${line}…` : line;
}
