// Asks the `pulumi` on the PATH: what it prints, or why it gave no answer; never for secrets.
import { msPerSecond } from "../../common/clock";
import { spawnSync } from "node:child_process";
import { type Known } from "../../common/known";
import { oneLine } from "../../common/oneLine";
import { type Environment } from "../../common/environmentVariables";
import { longestAnswer, pulumiEnvironment, type PulumiRun, runPulumi, startProblem } from "./pulumiRun";

/** Runs `pulumi` with these arguments and gives what it prints, or why it did not. Never rejects. */
export type AskPulumi = (pulumiArguments: readonly string[]) => Promise<Known<string>>;

/** Reading the state of a large stack from a remote backend takes seconds; after this long something hangs. Milliseconds. */
const answerTimeoutMs = 60_000;
/** Characters of Pulumi's errors that are told. */
const toldLength = 300;
/** Words of the command line that are told: `stack export`. */
const namedWords = 2;

/** The reason where there is no Pulumi at all. */
export const noPulumi = "there is no `pulumi` on the PATH";

/** Runs the `pulumi` that is on the PATH of the environment. */
export function askPulumiOnPath(
  folder: string,
  environment: Environment,
  timeoutMs: number = answerTimeoutMs,
): AskPulumi {
  return async (pulumiArguments) =>
    answerOf(
      pulumiArguments,
      await runPulumi(pulumiArguments, { folder, environment }, timeoutMs),
      timeoutMs,
    );
}

/** As {@link askPulumiOnPath}, for what has to be known before anything else: nothing goes on meanwhile. */
export function askPulumiAtOnce(
  folder: string,
  environment: Environment,
  pulumiArguments: readonly string[],
): Known<string> {
  const { error, ...run } = spawnSync("pulumi", pulumiArguments, {
    cwd: folder,
    env: pulumiEnvironment(environment),
    stdio: ["ignore", "pipe", "pipe"],
    encoding: "utf8",
    timeout: answerTimeoutMs,
    maxBuffer: longestAnswer,
  });
  const answer = error === undefined ? run : { ...run, problem: startProblem(error) };
  return answerOf(pulumiArguments, answer, answerTimeoutMs);
}

function answerOf(
  pulumiArguments: readonly string[],
  { status, stdout, stderr, problem }: PulumiRun,
  timeoutMs: number,
): Known<string> {
  if (problem === undefined && status === 0) {
    return { value: stdout };
  }
  if (problem === "absent") {
    return { reason: noPulumi };
  }
  const words = pulumiArguments.slice(0, namedWords).filter((word) => !word.startsWith("-"));
  const command = `\`pulumi ${words.join(" ")}\``;
  if (typeof problem === "object") {
    return { reason: `${command} cannot be run: ${oneLine(problem.message)}` };
  }
  const said = oneLine(stderr.trim(), toldLength).replace(/^error: /, "");
  const reasons = {
    late: `it did not answer within ${timeoutMs / msPerSecond} s`,
    long: "it printed more than is read",
    none: said === "" ? "it failed and said nothing" : said,
  };
  return { reason: `${command} gave no answer: ${reasons[problem ?? "none"]}` };
}
