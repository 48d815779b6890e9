// The signals that ask this process to end, turned into an abort signal for waiting and a subscription for children.
import { constants } from "node:os";
import { SandboxError } from "../sandboxError";

/** Ctrl-C, a polite end, and the closing of the terminal. */
const endingSignals: readonly NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP"];

/** Milliseconds between two looks at whether the parent process is still there. */
const parentPollMs = 200;

/** What shells add to the number of a signal. */
const signalExitBase = 128;

/** The exit code that shells report for a signal: 130 for SIGINT. */
export function exitCodeOfSignal(signal: NodeJS.Signals): number {
  return signalExitBase + constants.signals[signal];
}

/** The parent at the start of this process: the shell of `npm run`, the person's own, or Pulumi's engine. */
const firstParent = process.ppid;

/** Catches ending signals for as long as the process lives; the caller ends the process in order. */
export class ProcessSignals {
  private readonly controller = new AbortController();
  private readonly listeners = new Set<(signal: NodeJS.Signals) => void>();
  /** Aborted by the first signal. */
  readonly aborted: AbortSignal = this.controller.signal;
  /** The first signal that arrived, if any. */
  received: NodeJS.Signals | undefined;

  constructor() {
    for (const signal of endingSignals) {
      process.on(signal, () => {
        this.receive(signal);
      });
    }
    // npm passes a signal on to the shell that it started and to nothing below: the shell ends, and this process would stay.
    const watch = setInterval(() => {
      if (process.ppid !== firstParent) {
        clearInterval(watch);
        this.receive("SIGTERM");
      }
    }, parentPollMs);
    watch.unref();
  }

  private receive(signal: NodeJS.Signals): void {
    this.received ??= signal;
    this.controller.abort(new Error(`interrupted by ${signal}`));
    for (const listener of [...this.listeners]) {
      listener(signal);
    }
  }

  /** Calls `listener` for each signal until the returned function is called. */
  subscribe(listener: (signal: NodeJS.Signals) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
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
