// Sentences of a review: our own words, and in between names that somebody else chose and nobody may trust.

/** Our words as they are, or a name of somebody else. */
export type Part = string | { readonly name: string };

/** Words and names in turn. */
export type Phrase = readonly Part[];

/** What is filled in between words. */
export type PhraseValue = string | number | Phrase;

/**
 * A sentence with names in it: texts that are filled in are names, numbers and phrases are words.
 * @example phrase`secret ${secretName} is kept for ${days} days`
 */
export function phrase(words: TemplateStringsArray, ...values: readonly PhraseValue[]): Phrase {
  return words.flatMap((word, index): Part[] => {
    const value = values[index];
    const part =
      typeof value === "string" ? { name: value } : typeof value === "number" ? String(value) : value;
    const filled = part === undefined ? [] : [part].flat();
    return word === "" ? filled : [word, ...filled];
  });
}

/** A name, or that there is none to tell. */
export function shownName(name: string | undefined): string {
  return name ?? "with a name that the preview does not show";
}

/** Phrases with the separator in between. */
export function joined(phrases: readonly Phrase[], separator: string): Phrase {
  return phrases.flatMap((one, index) => (index === 0 ? one : [separator, ...one]));
}
