// Asks the `pulumi` on the PATH: bounded in time and size, never for secrets.
import { spawn } from "node:child_process";
import { oneLine } from "../common/oneLine";
import { type Environment } from "../declarations/endpoints";
import { type Known } from "./known";

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
        env: { ...environment, PULUMI_SKIP_UPDATE_CHECK: "true" },
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
      const command = `\`pulumi ${pulumiArguments.slice(0, namedWords).join(" ")}\``;
      child.on("error", (error) => {
        clearTimeout(timer);
        const isAbsent = "code" in error && error.code === "ENOENT";
        resolve({ reason: isAbsent ? noPulumi : `${command} cannot be run: ${oneLine(error.message)}` });
      });
      child.on("close", (status) => {
        clearTimeout(timer);
        if (problem === undefined && status === 0) {
          resolve({ value: Buffer.concat(chunks.stdout).toString("utf8") });
          return;
        }
        const said = oneLine(Buffer.concat(chunks.stderr).toString("utf8").trim(), toldLength);
        const reason = problem ?? (said === "" ? "it failed and said nothing" : said.replace(/^error: /, ""));
        resolve({ reason: `${command} gave no answer: ${reason}` });
      });
    });
}

/** Words of the command line that are told: `stack export`. */
const namedWords = 2;
