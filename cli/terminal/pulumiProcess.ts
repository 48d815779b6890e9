// Asks the `pulumi` on the PATH: bounded in time and size, never for secrets.
import { spawn, spawnSync } from "node:child_process";
import { oneLine } from "../../common/oneLine";
import { type Environment } from "../../declarations/endpoints";
import { type Known } from "../../common/known";

/** Runs `pulumi` with these arguments and gives what it prints, or why it did not. Never rejects. */
export type AskPulumi = (pulumiArguments: readonly string[]) => Promise<Known<string>>;

/** Reading the state of a large stack from a remote backend takes seconds; after this long something hangs. Milliseconds. */
const answerTimeoutMs = 60_000;
/** Time that Pulumi gets to end in order. Milliseconds. */
const endTimeoutMs = 5000;
const msPerSecond = 1000;
/** The state of 1,000 credentials is below 10 MB. Bytes. */
const longestAnswer = 256 * 1024 * 1024;
/** Characters of Pulumi's errors that are told. */
const toldLength = 300;

/** The reason where there is no Pulumi at all. */
export const noPulumi = "there is no `pulumi` on the PATH";

/** Runs the `pulumi` that is on the PATH of the environment. */
export function askPulumiOnPath(
  folder: string,
  environment: Environment,
  timeoutMs: number = answerTimeoutMs,
): AskPulumi {
  return (pulumiArguments) =>
    new Promise((resolve) => {
      const child = spawn("pulumi", [...pulumiArguments], {
        cwd: folder,
        env: environmentOf(environment),
        stdio: ["ignore", "pipe", "pipe"],
      });
      const chunks = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
      let length = 0;
      let problem: string | undefined;
      const end = (reason: string): void => {
        problem ??= reason;
        child.kill("SIGINT");
        setTimeout(() => child.kill("SIGKILL"), endTimeoutMs).unref();
      };
      const timer = setTimeout(() => {
        end(`it did not answer within ${timeoutMs / msPerSecond} s`);
      }, timeoutMs);
      const keep = (stream: Buffer[]) => (chunk: Buffer) => {
        length += chunk.length;
        if (length > longestAnswer) {
          end("it printed more than is read");
        } else {
          stream.push(chunk);
        }
      };
      child.stdout.on("data", keep(chunks.stdout));
      child.stderr.on("data", keep(chunks.stderr));
      child.on("error", (error) => {
        clearTimeout(timer);
        resolve({ reason: startReason(pulumiArguments, error) });
      });
      child.on("close", (status) => {
        clearTimeout(timer);
        if (problem === undefined && status === 0) {
          resolve({ value: Buffer.concat(chunks.stdout).toString("utf8") });
          return;
        }
        resolve({
          reason: endReason(pulumiArguments, Buffer.concat(chunks.stderr).toString("utf8"), problem),
        });
      });
    });
}

/** As {@link askPulumiOnPath}, for what has to be known before anything else: nothing goes on meanwhile. */
export function askPulumiAtOnce(
  folder: string,
  environment: Environment,
): (pulumiArguments: readonly string[]) => Known<string> {
  return (pulumiArguments) => {
    const { error, status, stdout, stderr } = spawnSync("pulumi", pulumiArguments, {
      cwd: folder,
      env: environmentOf(environment),
      stdio: ["ignore", "pipe", "pipe"],
      encoding: "utf8",
      timeout: answerTimeoutMs,
      maxBuffer: longestAnswer,
    });
    if (error !== undefined) {
      return { reason: startReason(pulumiArguments, error) };
    }
    return status === 0 ? { value: stdout } : { reason: endReason(pulumiArguments, stderr) };
  };
}

function environmentOf(environment: Environment): NodeJS.ProcessEnv {
  return { ...environment, PULUMI_SKIP_UPDATE_CHECK: "true" };
}

function commandOf(pulumiArguments: readonly string[]): string {
  const words = pulumiArguments.slice(0, namedWords).filter((word) => !word.startsWith("-"));
  return `\`pulumi ${words.join(" ")}\``;
}

function startReason(pulumiArguments: readonly string[], error: Error): string {
  const isAbsent = "code" in error && error.code === "ENOENT";
  return isAbsent ? noPulumi : `${commandOf(pulumiArguments)} cannot be run: ${oneLine(error.message)}`;
}

/** @param problem Why it was ended, where it did not end by itself. */
function endReason(pulumiArguments: readonly string[], stderr: string, problem?: string): string {
  const said = oneLine(stderr.trim(), toldLength);
  const reason = problem ?? (said === "" ? "it failed and said nothing" : said.replace(/^error: /, ""));
  return `${commandOf(pulumiArguments)} gave no answer: ${reason}`;
}

/** Words of the command line that are told: `stack export`. */
const namedWords = 2;
