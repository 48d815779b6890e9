// Runs `pulumi preview` for a stack, and gives back what it printed as JSON.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { oneLine } from "../../../common/oneLine";
import { type Environment } from "../../../declarations/endpoints";
import { OutsideError } from "../../terminal/cliError";
import { violationsIn } from "./policyEvents";
import { type PolicyViolation } from "./preview";

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
/** Time that Pulumi gets to end in order. Milliseconds. */
const endTimeoutMs = 10_000;
/** Characters of Pulumi's errors that are told. */
const toldLength = 1500;

/** Runs the `pulumi` that is on the PATH of the environment. Errors of the preview itself are in its JSON. */
export const runPulumiPreview: RunPreview = async (run) => {
  const logFolder = mkdtempSync(join(tmpdir(), "credentials-review-")); // readable by its owner only
  const eventLog = join(logFolder, "events.log");
  try {
    const { stdout, stderr } = await spawnPulumi(run, eventLog);
    if (!stdout.includes("{")) {
      const said = oneLine(stderr.trim() === "" ? stdout : stderr, toldLength);
      throw new OutsideError(
        `Previewing stack "${run.stack}": ${said === "" ? "Pulumi printed nothing" : said}`,
      );
    }
    return {
      text: stdout,
      violations: run.policyPacks.length === 0 ? [] : violationsIn(contentsOf(eventLog)),
    };
  } finally {
    rmSync(logFolder, { recursive: true, force: true });
  }
};

function spawnPulumi(
  { stack, folder, environment, policyPacks, policyPackConfigs }: PreviewRun,
  eventLog: string,
): Promise<{ readonly stdout: string; readonly stderr: string }> {
  const packs = [
    ...policyPacks.flatMap((pack) => ["--policy-pack", pack]),
    ...policyPackConfigs.flatMap((config) => ["--policy-pack-config", config]),
    ...(policyPacks.length === 0 ? [] : ["--event-log", eventLog]),
  ];
  const { PULUMI_ENABLE_STREAMING_JSON_PREVIEW: _streaming, ...kept } = environment;
  return new Promise((resolve, reject) => {
    const child = spawn(
      "pulumi",
      [
        "preview",
        "--json",
        "--show-sames",
        "--non-interactive",
        "--color",
        "never",
        "--stack",
        stack,
        ...packs,
      ],
      {
        cwd: folder,
        // The event log is an option of debugging; nothing else changes with it.
        env: { ...kept, PULUMI_DEBUG_COMMANDS: "true", PULUMI_SKIP_UPDATE_CHECK: "true" },
        stdio: ["ignore", "pipe", "pipe"],
      },
    );
    const chunks = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
    child.stdout.on("data", (chunk: Buffer) => chunks.stdout.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => chunks.stderr.push(chunk));
    let isLate = false;
    let timer = setTimeout(() => {
      isLate = true;
      child.kill("SIGINT");
      timer = setTimeout(() => child.kill("SIGKILL"), endTimeoutMs);
    }, previewTimeoutMs);
    child.on("error", (error) => {
      clearTimeout(timer);
      const isAbsent = "code" in error && error.code === "ENOENT";
      const reason = isAbsent
        ? "there is no `pulumi` on the PATH; install it, or give the preview's JSON with --file"
        : error.message;
      reject(new OutsideError(`Previewing stack "${stack}": ${reason}.`));
    });
    child.on("close", () => {
      clearTimeout(timer);
      if (isLate) {
        reject(
          new OutsideError(
            `Previewing stack "${stack}": it took longer than ${previewTimeoutMs / msPerMinute} minutes.`,
          ),
        );
        return;
      }
      resolve({
        stdout: Buffer.concat(chunks.stdout).toString("utf8"),
        stderr: Buffer.concat(chunks.stderr).toString("utf8"),
      });
    });
  });
}

/** Milliseconds. */
const msPerMinute = 60_000;

function contentsOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return ""; // Pulumi ended before it wrote anything
  }
}
