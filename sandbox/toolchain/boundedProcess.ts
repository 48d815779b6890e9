// Runs a helper process to its end within a bounded time, keeping its output; it never outlives this process.
import { spawn } from "node:child_process";
import { msPerSecond } from "../../common/clock";

/** How to run the helper. */
export interface BoundedOptions {
  readonly environment: NodeJS.ProcessEnv;
  /** Milliseconds after which the process and everything that it started are killed. */
  readonly timeoutMs: number;
  readonly folder?: string;
  /** Aborting ends the process and everything that it started. */
  readonly signal?: AbortSignal | undefined;
}

/** What the helper did. */
export interface BoundedResult {
  /** Undefined when the process could not be started, ran out of time, was aborted or was ended by a signal. */
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
  /** Why there is no exit code, in words. */
  readonly problem: string | undefined;
}

/** Characters of output that are kept of each stream: the end of it, where the reason of a failure stands. */
const keptOutput = 64 * 1024;

/** Runs `command` and never rejects: whatever goes wrong is told in the result. */
export function runBounded(
  command: string,
  commandArguments: readonly string[],
  options: BoundedOptions,
): Promise<BoundedResult> {
  return new Promise((resolve) => {
    let stdout = "";
    let stderr = "";
    let problem: string | undefined;
    // Its own process group, so that its children (compilers, curl) end with it.
    const child = spawn(command, commandArguments, {
      cwd: options.folder,
      env: options.environment,
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    const kill = (): void => {
      if (child.pid !== undefined) {
        try {
          process.kill(-child.pid, "SIGKILL");
        } catch {
          // The group is gone already.
        }
      }
    };
    const end = (reason: string): void => {
      problem ??= reason;
      kill();
    };
    const timer = setTimeout(() => {
      end(`no answer within ${Math.round(options.timeoutMs / msPerSecond)} s`);
    }, options.timeoutMs);
    const onAbort = (): void => {
      end("interrupted");
    };
    options.signal?.addEventListener("abort", onAbort, { once: true });
    if (options.signal?.aborted === true) {
      onAbort();
    }
    process.once("exit", kill);
    const finish = (exitCode: number | null, signal: NodeJS.Signals | null): void => {
      clearTimeout(timer);
      options.signal?.removeEventListener("abort", onAbort);
      process.removeListener("exit", kill);
      problem ??= signal === null ? undefined : `ended by signal ${signal}`;
      resolve({
        exitCode: problem === undefined ? (exitCode ?? undefined) : undefined,
        stdout,
        stderr,
        problem,
      });
    };
    child.stdout.on("data", (data: Buffer) => (stdout = (stdout + data.toString()).slice(-keptOutput)));
    child.stderr.on("data", (data: Buffer) => (stderr = (stderr + data.toString()).slice(-keptOutput)));
    child.once("error", (error) => {
      problem ??= error.message;
      finish(null, null);
    });
    child.once("close", finish);
  });
}
