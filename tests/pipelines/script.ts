// One `run` block in a process of its own, as GitHub's runner starts it, and what it leaves in the runner's files.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What is run, and where. */
export interface Script {
  readonly text: string;
  /** What `shell` says; nothing is not the same as `bash`. */
  readonly shell: string | undefined;
  readonly workingFolder: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Where the script and the runner's files for it are put. */
  readonly temporaryFolder: string;
}

/** What became of it. */
export interface ScriptResult {
  readonly exitCode: number;
  readonly log: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly exported: Readonly<Record<string, string>>;
  readonly path: readonly string[];
  readonly summary: string;
}

/** As GitHub documents them: without `shell` there is no pipefail. */
const shells: Readonly<Record<string, readonly string[]>> = {
  unset: ["bash", "-e"],
  bash: ["bash", "--noprofile", "--norc", "-eo", "pipefail"],
  sh: ["sh", "-e"],
};

/** Milliseconds, of which a script needs few: it would wait for a terminal or a service. */
const scriptTimeoutMs = 480_000;

export async function runScript(script: Script): Promise<ScriptResult> {
  const folder = mkdtempSync(join(script.temporaryFolder, "step-"));
  const files = { output: "", env: "", path: "", step_summary: "" };
  const places = Object.fromEntries(
    Object.keys(files).map((name) => [`GITHUB_${name.toUpperCase()}`, join(folder, name)]),
  );
  for (const path of Object.values(places)) {
    writeFileSync(path, "");
  }
  const path = join(folder, "script.sh");
  writeFileSync(path, script.text);
  const shell = shells[script.shell ?? "unset"];
  if (shell === undefined) {
    throw new Error(`shell: ${script.shell ?? ""} is not known here`);
  }
  const { exitCode, log } = await start([...shell, path], script.workingFolder, {
    ...script.environment,
    ...places,
  });
  const left = (name: keyof typeof files): string => readFileSync(join(folder, name), "utf8");
  return {
    exitCode,
    log: exitCode === 0 ? log : `${log}\nError: Process completed with exit code ${exitCode}.`,
    outputs: assignments(left("output")),
    exported: assignments(left("env")),
    path: left("path").split("\n").filter(Boolean),
    summary: left("step_summary"),
  };
}

function start(
  [command = "", ...argv]: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>>,
): Promise<{ exitCode: number; log: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, argv, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
    let log = "";
    const timer = setTimeout(() => {
      log += `\nStill running after ${scriptTimeoutMs} ms, and killed.`;
      child.kill("SIGKILL");
    }, scriptTimeoutMs);
    child.stdout.on("data", (data: Buffer) => (log += data.toString()));
    child.stderr.on("data", (data: Buffer) => (log += data.toString()));
    child.once("error", reject);
    child.once("close", (code) => {
      clearTimeout(timer);
      resolve({ exitCode: code ?? -1, log });
    });
  });
}

/** `name=value`, and `name<<MARK`, lines, `MARK`. */
function assignments(text: string): Record<string, string> {
  const values: Record<string, string> = {};
  const lines = text.split("\n");
  for (let line = lines.shift(); line !== undefined; line = lines.shift()) {
    const [, name = "", sign, rest = ""] = /^([\w-]+)(=|<<)(.*)$/.exec(line) ?? [];
    if (sign === "<<") {
      const end = lines.indexOf(rest);
      if (end < 0) {
        throw new Error(`${name}<<${rest}: no line ${rest} follows`);
      }
      values[name] = lines
        .splice(0, end + 1)
        .slice(0, -1)
        .join("\n");
    } else if (sign === "=") {
      values[name] = rest;
    } else if (line !== "") {
      throw new Error(`not an assignment in a file of the runner: ${line}`);
    }
  }
  return values;
}
