// A list of texts in a sentence, cut where it would get too long (pure).

/** `a, b and 3 more`. @param most Texts that are told. @param joint Stands before the number of the others. */
export function listed(texts: readonly string[], most: number, joint = " and "): string {
  const rest = texts.length - most;
  return `${texts.slice(0, most).join(", ")}${rest > 0 ? `${joint}${rest} more` : ""}`;
}
