// Sentences of a review: our own words, and in between names that somebody else chose and nobody may trust.

/** Our words as they are, or a name of somebody else. */
export type Part = string | { readonly name: string };

/** Words and names in turn. */
export type Phrase = readonly Part[];

/**
 * A sentence with names in it: texts that are filled in are names, numbers and phrases are words.
 * @example phrase`secret ${secretName} is kept for ${days} days`
 */
export function phrase(
  words: TemplateStringsArray,
  ...values: readonly (string | number | Phrase)[]
): Phrase {
  return words.flatMap((word, index): Part[] => {
    const value = values[index];
    const filled: Part[] =
      value === undefined
        ? []
        : typeof value === "string"
          ? [{ name: value }]
          : typeof value === "number"
            ? [String(value)]
            : [...value];
    return word === "" ? filled : [word, ...filled];
  });
}

/** Phrases with the separator in between. */
export function joined(phrases: readonly Phrase[], separator: string): Phrase {
  return phrases.flatMap((one, index) => (index === 0 ? one : [separator, ...one]));
}
