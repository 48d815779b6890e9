// One order for what people may write in any order, so that the same declarations always resolve to the same text.

/** Entries by key in the order of UTF-16 code units, which no locale changes. */
export function entriesByKey<Value>(
  map: Readonly<Record<string, Value>>,
): readonly (readonly [string, Value])[] {
  return Object.entries(map).sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0));
}

/** Each text once, in the order of UTF-16 code units. */
export function sorted(texts: readonly string[] = []): string[] {
  return [...new Set(texts)].sort();
}
