// What a check answers to the engine: the inputs in one form, and what is wrong with them.

/** Inputs as the engine hands them over: those in state, or those of the program. */
export type Inputs = Readonly<Record<string, unknown>>;

/**
 * Why the inputs of a resource are refused. No property is named: the engine would print its whole value before the reason, however long
 * it is and whatever it holds (docs/platform-facts.md 1.2).
 */
export interface CheckFailure {
  readonly property: "";
  readonly reason: string;
}

/** An answer to the engine. */
export interface Checked {
  readonly inputs: Record<string, unknown>;
  readonly failures: CheckFailure[];
}

/** All that is wrong with one resource as the one failure that the engine prints; several reasons are a line each. */
export function refusedFor(reasons: readonly string[]): CheckFailure[] {
  const [first, ...others] = reasons;
  if (first === undefined) {
    return [];
  }
  const lines = [`${reasons.length} problems:`, ...reasons.map((reason) => `  ${reason}`)];
  return [{ property: "", reason: others.length === 0 ? first : lines.join("\n") }];
}
