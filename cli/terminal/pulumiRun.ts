// Runs the `pulumi` on the PATH: bounded in time and size, and ended in order, so that it releases its locks.
import { spawn } from "node:child_process";
import { type Environment } from "../../common/environmentVariables";

/** How a run ended. */
export interface PulumiRun {
  /** Exit status; null where a signal ended it or it did not start. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Why it did not run to its end: there is none, it cannot be started, it took too long, it printed too much. */
  readonly problem?: "absent" | Error | "late" | "long";
}

/** Time that Pulumi gets to end in order. Milliseconds. */
const endTimeoutMs = 10_000;
/** The state of 1,000 credentials is below 10 MB. Bytes. */
export const longestAnswer = 256 * 1024 * 1024;

/** Never rejects. @param timeoutMs After this long something hangs. */
export function runPulumi(
  pulumiArguments: readonly string[],
  { folder, environment }: { readonly folder: string; readonly environment: Environment },
  timeoutMs: number,
): Promise<PulumiRun> {
  return new Promise((resolve) => {
    const child = spawn("pulumi", [...pulumiArguments], {
      cwd: folder,
      env: pulumiEnvironment(environment),
      stdio: ["ignore", "pipe", "pipe"],
    });
    const chunks = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
    let length = 0;
    let problem: PulumiRun["problem"];
    const end = (why: "late" | "long"): void => {
      clearTimeout(timer);
      problem ??= why;
      child.kill("SIGINT");
      timer = setTimeout(() => child.kill("SIGKILL"), endTimeoutMs);
    };
    let timer = setTimeout(() => {
      end("late");
    }, timeoutMs);
    const keep = (stream: Buffer[]) => (chunk: Buffer) => {
      length += chunk.length;
      if (length <= longestAnswer) {
        stream.push(chunk);
      } else if (problem === undefined) {
        end("long");
      }
    };
    child.stdout.on("data", keep(chunks.stdout));
    child.stderr.on("data", keep(chunks.stderr));
    const settle = (status: number | null): void => {
      clearTimeout(timer);
      const [stdout, stderr] = [chunks.stdout, chunks.stderr].map((all) => Buffer.concat(all).toString());
      const texts = { status, stdout: stdout ?? "", stderr: stderr ?? "" };
      resolve(problem === undefined ? texts : { ...texts, problem });
    };
    child.on("error", (error) => {
      problem ??= startProblem(error);
      settle(null);
    });
    child.on("close", settle);
  });
}

/** What an error of starting it means. */
export function startProblem(error: Error): "absent" | Error {
  return "code" in error && error.code === "ENOENT" ? "absent" : error;
}

/** Nothing else may stand among the answers. */
export function pulumiEnvironment(environment: Environment): NodeJS.ProcessEnv {
  return { ...environment, PULUMI_SKIP_UPDATE_CHECK: "true" };
}
