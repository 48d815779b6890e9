// The signals that ask this process to end, turned into an abort signal for waiting and a subscription for children.

/** Ctrl-C, a polite end, and the closing of the terminal. */
const endingSignals: readonly NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP"];

/** Milliseconds between two looks at whether the parent process is still there. */
const parentPollMs = 200;

/** The parent at the start of this process: the shell of `npm run`, the person's own, or Pulumi's engine. */
const firstParent = process.ppid;

/** Catches ending signals for as long as the process lives; the caller ends the process in order. */
export class ProcessSignals {
  private readonly controller = new AbortController();
  private readonly listeners = new Set<(signal: NodeJS.Signals) => void>();
  private firstSignal: NodeJS.Signals | undefined;
  /** Aborted by the first signal. */
  readonly aborted: AbortSignal = this.controller.signal;

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
    this.firstSignal ??= signal;
    this.controller.abort(new Error(`interrupted by ${signal}`));
    for (const listener of [...this.listeners]) {
      listener(signal);
    }
  }

  /** The first signal that arrived, if any. */
  get received(): NodeJS.Signals | undefined {
    return this.firstSignal;
  }

  /** Calls `listener` for each signal until the returned function is called. */
  subscribe(listener: (signal: NodeJS.Signals) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}
