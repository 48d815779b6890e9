// How the programs of the sandbox end: with the exit code of their work, of a signal, or of a failure that a person is told.
import { constants } from "node:os";
import { SandboxError } from "./sandboxError";
import { ProcessSignals } from "./toolchain/processSignals";

/** What shells add to the number of a signal. */
const signalExitBase = 128;

/** The exit code that shells report for a signal: 130 for SIGINT. */
export function exitCodeOfSignal(signal: NodeJS.Signals): number {
  return signalExitBase + constants.signals[signal];
}

/**
 * Does the work of a program and returns its exit code. A signal ends it as shells report that signal; a failure that a person can
 * act on is told on standard error.
 */
export async function withSignals(work: (signals: ProcessSignals) => Promise<number>): Promise<number> {
  const signals = new ProcessSignals();
  try {
    return await work(signals);
  } catch (error) {
    if (signals.received !== undefined) {
      return exitCodeOfSignal(signals.received);
    }
    if (error instanceof SandboxError) {
      process.stderr.write(`${error.message}\n`);
      return 1;
    }
    throw error;
  }
}
