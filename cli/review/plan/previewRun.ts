// Runs `pulumi preview` for a stack, and gives back what it printed as JSON.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { oneLine } from "../../../common/oneLine";
import { type Environment } from "../../../common/environmentVariables";
import { OutsideError } from "../../terminal/cliError";
import { type PulumiRun, runPulumi } from "../../terminal/pulumiRun";
import { violationsIn } from "./policyEvents";
import { type PolicyViolation } from "./policyViolation";

/** What to preview. */
export interface PreviewRun {
  readonly stack: string;
  /** The folder of Pulumi.yaml. */
  readonly folder: string;
  readonly environment: Environment;
  readonly policyPacks: readonly string[];
  readonly policyPackConfigs: readonly string[];
}

/** Runs it. @throws OutsideError when there is no Pulumi, or it prints no preview. */
export type RunPreview = (run: PreviewRun) => Promise<PreviewOutput>;

/** What came of it. */
export interface PreviewOutput {
  /** JSON. */
  readonly text: string;
  readonly violations: readonly PolicyViolation[];
}

/** A preview of a large stack takes a minute; after this long something hangs. Milliseconds. */
const previewTimeoutMs = 900_000;
/** Milliseconds. */
const msPerMinute = 60_000;
/** Characters of Pulumi's errors that are told. */
const toldLength = 1500;

/** Runs the `pulumi` that is on the PATH of the environment. Errors of the preview itself are in its JSON. */
export const runPulumiPreview: RunPreview = async (run) => {
  const logFolder = mkdtempSync(join(tmpdir(), "credentials-review-")); // readable by its owner only
  const eventLog = join(logFolder, "events.log");
  try {
    const { stdout, stderr, problem } = await runPulumi(
      argumentsOf(run, eventLog),
      surroundingsOf(run),
      previewTimeoutMs,
    );
    const reason = problem === undefined ? saidInstead(stdout, stderr) : reasonOf(problem);
    if (reason !== undefined) {
      throw new OutsideError(`Previewing stack "${run.stack}": ${reason}`);
    }
    return {
      text: stdout,
      violations: run.policyPacks.length === 0 ? [] : violationsIn(contentsOf(eventLog)),
    };
  } finally {
    rmSync(logFolder, { recursive: true, force: true });
  }
};

function argumentsOf(
  { stack, policyPacks, policyPackConfigs }: PreviewRun,
  eventLog: string,
): readonly string[] {
  return [
    ...["preview", "--json", "--show-sames", "--non-interactive", "--color", "never", "--stack", stack],
    ...policyPacks.flatMap((pack) => ["--policy-pack", pack]),
    ...policyPackConfigs.flatMap((config) => ["--policy-pack-config", config]),
    ...(policyPacks.length === 0 ? [] : ["--event-log", eventLog]),
  ];
}

function surroundingsOf({ folder, environment }: PreviewRun): Pick<PreviewRun, "folder" | "environment"> {
  const { PULUMI_ENABLE_STREAMING_JSON_PREVIEW: _streaming, ...kept } = environment;
  // The event log is an option of debugging; nothing else changes with it.
  return { folder, environment: { ...kept, PULUMI_DEBUG_COMMANDS: "true" } };
}

/** Undefined where a preview was printed. */
function saidInstead(stdout: string, stderr: string): string | undefined {
  const said = oneLine(stderr.trim() === "" ? stdout : stderr, toldLength);
  return stdout.includes("{") ? undefined : said === "" ? "Pulumi printed nothing" : said;
}

function reasonOf(problem: NonNullable<PulumiRun["problem"]>): string {
  if (typeof problem === "object") {
    return `${problem.message}.`;
  }
  return {
    absent: "there is no `pulumi` on the PATH; install it, or give the preview's JSON with --file.",
    late: `it took longer than ${previewTimeoutMs / msPerMinute} minutes.`,
    long: "it printed more than is read.",
  }[problem];
}

function contentsOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return ""; // Pulumi ended before it wrote anything
  }
}
