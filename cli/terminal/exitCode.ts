// The exit codes of every command, and the one that each kind of failure has.
import { isConfigError } from "../../declarations/configError";
import { SettingsError } from "../../genesys/errors";
import { UsageError } from "./cliError";

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

/** The exit code of a command that ended with this error. */
export function exitCodeOf(error: unknown): ExitCode {
  return error instanceof UsageError || error instanceof SettingsError || isConfigError(error)
    ? exitCodes.usage
    : exitCodes.outside;
}
