// Brings Pulumi's state in line with Genesys after a revocation, where there is a Pulumi to do it with.
import { spawn } from "node:child_process";
import { type Environment } from "../../declarations/endpoints";

/** What came of it. `output` is Pulumi's own, to be shown on failure only. */
export type RefreshOutcome =
  { readonly kind: "done" | "absent" | "timedOut" } | { readonly kind: "failed"; readonly output: string };

/** Runs `pulumi refresh` for a stack and never throws. */
export type RefreshState = (stack: string) => Promise<RefreshOutcome>;

/** A refresh of a large stack takes a minute; after this long something hangs. Milliseconds. */
const refreshTimeoutMs = 300_000;
/** Time that Pulumi gets to end in order. Milliseconds. */
const endTimeoutMs = 10_000;
/** Characters of Pulumi's output that are kept: its errors come last. */
const keptOutputLength = 4000;

/** Runs the `pulumi` that is on the PATH of the environment. */
export function pulumiRefresh(
  folder: string,
  environment: Environment,
  timeoutMs: number = refreshTimeoutMs,
): RefreshState {
  return (stack) =>
    new Promise((resolve) => {
      const child = spawn(
        "pulumi",
        ["refresh", "--yes", "--skip-preview", "--non-interactive", "--color", "never", "--stack", stack],
        { cwd: folder, env: { ...environment }, stdio: ["ignore", "pipe", "pipe"] },
      );
      let output = "";
      const keep = (chunk: Buffer): void => {
        output = `${output}${chunk.toString("utf8")}`.slice(-keptOutputLength);
      };
      child.stdout.on("data", keep);
      child.stderr.on("data", keep);
      let isTimedOut = false;
      let timer = setTimeout(() => {
        isTimedOut = true;
        child.kill("SIGINT"); // Pulumi ends in order and releases its lock
        timer = setTimeout(() => child.kill("SIGKILL"), endTimeoutMs);
      }, timeoutMs);
      const settle = (outcome: RefreshOutcome): void => {
        clearTimeout(timer);
        resolve(isTimedOut ? { kind: "timedOut" } : outcome);
      };
      child.on("error", (error) => {
        const isAbsent = "code" in error && error.code === "ENOENT";
        settle(isAbsent ? { kind: "absent" } : { kind: "failed", output: error.message });
      });
      child.on("close", (status) => {
        settle(status === 0 ? { kind: "done" } : { kind: "failed", output: output.trim() });
      });
    });
}
