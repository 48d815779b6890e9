// Parts of a record, which holds a resource's inputs and outputs side by side (pure).

/** The inputs within a record, in the shape that `check` produces: everything that is not an output. */
export function inputsIn<T extends object>(record: T, outputNames: readonly string[]): T {
  return without(record, [...outputNames, "__provider"]);
}

/** The record with other inputs and its own outputs: an input that is not declared any more is not in it. */
export function withInputs<I extends object, O extends I>(
  record: O,
  inputs: I,
  outputNames: readonly string[],
): O {
  const outputs = Object.entries(record).filter(([name]) => outputNames.includes(name));
  return { ...(Object.fromEntries(outputs) as O), ...inputs };
}

/** The record without what has these names, and without what is undefined. */
export function without<T extends object>(record: T, names: readonly string[]): T {
  const entries = Object.entries(record).filter(
    ([name, value]) => value !== undefined && !names.includes(name),
  );
  return Object.fromEntries(entries) as T;
}
