// Runs a command in the foreground, as a shell would: terminal, streams, signals and exit code are the command's own.
import { spawn } from "node:child_process";
import { exitCodeOfSignal } from "../program";
import { type ProcessSignals } from "./processSignals";

/** How the command runs. */
export interface CommandOptions {
  readonly environment: NodeJS.ProcessEnv;
  readonly folder?: string;
  /** Signals that this process receives meanwhile. */
  readonly signals: ProcessSignals;
}

/** Shells' exit codes: command not found, and found but not runnable. */
const notFoundExitCode = 127;
const notRunnableExitCode = 126;

/**
 * Runs the command to its end and returns its exit code.
 *
 * Ctrl-C in a terminal reaches the command by itself, because it shares the terminal; forwarding it would make two of
 * one, and a second SIGINT makes Pulumi give up at once. Without a terminal the command gets a process group of its own and
 * exactly one of each signal, from here.
 */
export function runCommand(
  command: string,
  commandArguments: readonly string[],
  options: CommandOptions,
): Promise<number> {
  return new Promise((resolve) => {
    const hasTerminal = process.stdin.isTTY;
    const child = spawn(command, commandArguments, {
      cwd: options.folder,
      env: options.environment,
      stdio: "inherit",
      detached: !hasTerminal,
    });
    const unsubscribe = options.signals.subscribe((signal) => {
      if (!(hasTerminal && signal === "SIGINT")) {
        child.kill(signal);
      }
    });
    child.once("error", (error: NodeJS.ErrnoException) => {
      unsubscribe();
      const isMissing = error.code === "ENOENT";
      process.stderr.write(
        isMissing
          ? `Running ${command}: there is no such command.\n`
          : `Running ${command}: ${error.message}.\n`,
      );
      resolve(isMissing ? notFoundExitCode : notRunnableExitCode);
    });
    child.once("exit", (code, signal) => {
      unsubscribe();
      resolve(signal === null ? (code ?? 1) : exitCodeOfSignal(signal));
    });
  });
}
