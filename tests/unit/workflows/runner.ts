// Runs one `run` block of a workflow as GitHub's runner does, in a workspace of its own, with stand-ins for the programs that it calls.
import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parse } from "yaml";

export const projectFolder = join(__dirname, "..", "..", "..");
export const workflowFolder = join(projectFolder, ".github", "workflows");

export interface Step {
  readonly name?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, unknown>>;
}
export interface Job {
  readonly if?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly "timeout-minutes"?: number;
  readonly steps: readonly Step[];
}
export interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: object;
  readonly defaults?: { readonly run?: { readonly shell?: string } };
  readonly jobs: Readonly<Record<string, Job>>;
}

export const workflowFiles: readonly string[] = readdirSync(workflowFolder).sort();

export function readWorkflow(file: string): Workflow {
  return parse(readFileSync(join(workflowFolder, file), "utf8")) as Workflow;
}

/** The step of that name; there has to be one. */
export function stepOf(file: string, name: string): Step & { readonly run: string } {
  const { jobs } = readWorkflow(file);
  const found = Object.values(jobs)
    .flatMap(({ steps }) => steps)
    .find((step) => step.name === name);
  if (found?.run === undefined) {
    throw new Error(`${file} has no step "${name}" with a script`);
  }
  return { ...found, run: found.run };
}

export interface Result {
  readonly status: number | null;
  /** Both streams. */
  readonly said: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  /** What the stand-ins were called with, a line a call. */
  readonly calls: readonly string[];
}

const executable = 0o755;

export class Runner {
  readonly folder = mkdtempSync(join(tmpdir(), "credentials-workflow-"));
  readonly temporary = join(this.folder, "temp");

  /** @param workspace The checkout; without one, a folder that holds the scripts of the workflows and nothing else. */
  constructor(readonly workspace = "") {
    if (workspace === "") {
      this.workspace = join(this.folder, "work");
      mkdirSync(this.workspace);
      cpSync(join(projectFolder, ".github"), join(this.workspace, ".github"), { recursive: true });
    }
    mkdirSync(this.temporary);
    mkdirSync(join(this.folder, "bin"));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }

  write(path: string, text: string): void {
    const target = join(this.workspace, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
  }

  read(path: string): string {
    const target = join(this.workspace, path);
    return existsSync(target) ? readFileSync(target, "utf8") : "";
  }

  /** A stand-in on PATH that notes its arguments, then does what `body` says. */
  program(name: string, body = ""): void {
    const script = `#!/usr/bin/env bash\necho "${name} $*" >> "${join(this.folder, "calls")}"\n${body}\n`;
    writeFileSync(join(this.folder, "bin", name), script, { mode: executable });
  }

  /** With the flags of `shell: bash`, which every workflow has to ask for. */
  run(file: string, name: string, environment: Readonly<Record<string, string>> = {}): Result {
    expect(readWorkflow(file).defaults?.run?.shell).toBe("bash");
    const files = Object.fromEntries(
      ["GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY", "GITHUB_PATH", "GITHUB_ENV"].map((one) => [
        one,
        join(this.folder, one),
      ]),
    );
    for (const path of [...Object.values(files), join(this.folder, "calls")]) {
      writeFileSync(path, "");
    }
    const { status, stdout, stderr } = spawnSync(
      "bash",
      ["--noprofile", "--norc", "-eo", "pipefail", "-c", stepOf(file, name).run],
      {
        cwd: this.workspace,
        encoding: "utf8",
        env: {
          PATH: `${join(this.folder, "bin")}:${process.env["PATH"] ?? ""}`,
          HOME: this.folder,
          RUNNER_TEMP: this.temporary,
          GITHUB_REPOSITORY: "example/credentials",
          GITHUB_RUN_ID: "7",
          ...files,
          ...environment,
        },
      },
    );
    const lines = (path: string): string[] =>
      readFileSync(path, "utf8")
        .split("\n")
        .filter((line) => line !== "");
    return {
      status,
      said: `${stdout}${stderr}`,
      outputs: Object.fromEntries(
        lines(join(this.folder, "GITHUB_OUTPUT")).map((line) => [
          line.slice(0, line.indexOf("=")),
          line.slice(line.indexOf("=") + 1),
        ]),
      ),
      summary: readFileSync(join(this.folder, "GITHUB_STEP_SUMMARY"), "utf8"),
      calls: lines(join(this.folder, "calls")),
    };
  }
}
