// Where the checks between entries note mistakes, and how they show values.

/** Handed to every check that looks at raw values. */
export interface Notes {
  readonly note: (path: readonly PropertyKey[], problem: string, remedy: string) => void;
  readonly show: (value: unknown) => string;
}
