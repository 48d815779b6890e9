// Brings Pulumi's state in line with Genesys after a revocation, where there is a Pulumi to do it with.
import { type Environment } from "../../common/environmentVariables";
import { runPulumi } from "../terminal/pulumiRun";

/** What came of it. `output` is Pulumi's own, to be shown on failure only. */
export type RefreshOutcome =
  { readonly kind: "done" | "absent" | "timedOut" } | { readonly kind: "failed"; readonly output: string };

/** Runs `pulumi refresh` for a stack and never throws. */
export type RefreshState = (stack: string) => Promise<RefreshOutcome>;

/** A refresh of a large stack takes a minute; after this long something hangs. Milliseconds. */
const refreshTimeoutMs = 300_000;
/** Characters of Pulumi's output that are kept: its errors come last. */
const keptOutputLength = 4000;

/** Runs the `pulumi` that is on the PATH of the environment. */
export function pulumiRefresh(
  folder: string,
  environment: Environment,
  timeoutMs: number = refreshTimeoutMs,
): RefreshState {
  return async (stack) => {
    const { status, stdout, stderr, problem } = await runPulumi(
      ["refresh", "--yes", "--skip-preview", "--non-interactive", "--color", "never", "--stack", stack],
      { folder, environment },
      timeoutMs,
    );
    if (problem === "absent") {
      return { kind: "absent" };
    }
    if (problem === "late") {
      return { kind: "timedOut" };
    }
    const output = typeof problem === "object" ? problem.message : `${stdout}${stderr}`;
    return problem === undefined && status === 0
      ? { kind: "done" }
      : { kind: "failed", output: output.slice(-keptOutputLength).trim() };
  };
}
