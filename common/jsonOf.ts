// The value of a JSON text that somebody else wrote.

/** The value; undefined where the text is no JSON, which no schema takes. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
