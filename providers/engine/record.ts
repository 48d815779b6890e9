// Parts of a record, which holds a resource's inputs and outputs side by side (pure).

/** The inputs within a record, in the shape that `check` produces: everything that is not an output. */
export function inputsIn<T extends object>(record: T, outputNames: readonly string[]): T {
  return without(record, [...outputNames, "__provider"]);
}

/** The outputs of a record, to be put beside other inputs: an input that is not declared any more is not in them. */
export function outputsIn<T extends object>(record: T, outputNames: readonly string[]): T {
  return Object.fromEntries(Object.entries(record).filter(([name]) => outputNames.includes(name))) as T;
}

/** The record without what has these names, and without what is undefined. */
export function without<T extends object>(record: T, names: readonly string[]): T {
  const entries = Object.entries(record).filter(
    ([name, value]) => value !== undefined && !names.includes(name),
  );
  return Object.fromEntries(entries) as T;
}
