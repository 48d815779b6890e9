// What makes a command fail, besides the settings.

/** The command line cannot be carried out as it was written; nothing was done. */
export class UsageError extends Error {
  override readonly name = "UsageError";
  /** Stable code, explained in docs/errors.md. */
  readonly code = "CLI_USAGE";
}

/** The outside world refused or could not be reached. The message says what was done before. */
export class OutsideError extends Error {
  override readonly name = "OutsideError";
  /** Stable code, explained in docs/errors.md. */
  readonly code = "CLI_OUTSIDE";
}
