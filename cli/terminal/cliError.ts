// What makes a command fail, and the exit code that each kind of failure has.
import { isConfigError } from "../../declarations/configError";
import { SettingsError } from "../../genesys/errors";

/** The exit codes of every command. */
export const exitCodes = {
  /** Done, nothing to report. */
  fine: 0,
  /** Done, and there is something that a person should look at. */
  findings: 1,
  /** The command line, the stack file or the environment is wrong; nothing was done. */
  usage: 2,
  /** Genesys, AWS or the file system failed. */
  outside: 3,
} as const;

/** One of {@link exitCodes}. */
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

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

/** The exit code of a command that ended with this error. */
export function exitCodeOf(error: unknown): ExitCode {
  return error instanceof UsageError || error instanceof SettingsError || isConfigError(error)
    ? exitCodes.usage
    : exitCodes.outside;
}
