// What a check answers to the engine: the inputs in one form, and what is wrong with them.

/** Inputs as the engine hands them over: those in state, or those of the program. */
export type Inputs = Readonly<Record<string, unknown>>;

/** A problem with an input: the engine prints the property and the reason. */
export interface CheckFailure {
  readonly property: string;
  readonly reason: string;
}

/** An answer to the engine. */
export interface Checked {
  readonly inputs: Record<string, unknown>;
  readonly failures: CheckFailure[];
}
