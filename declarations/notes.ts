// Where the checks between entries note mistakes, and how they show values.

/** Handed to every check that looks at raw values. What has the wrong shape is passed over by all of them: the schema reports it. */
export interface Notes {
  readonly note: (path: readonly PropertyKey[], problem: string, remedy: string) => void;
  readonly show: (value: unknown) => string;
}

/** Who had a value first; undefined where nobody had, and `holder` is remembered as the one. */
export function earlierHolder(
  holders: Map<string, string>,
  value: string,
  holder: string,
): string | undefined {
  const earlier = holders.get(value);
  if (earlier === undefined) {
    holders.set(value, holder);
  }
  return earlier;
}
