// A checkout of its own for tests of `npm run sandbox`, so that the developer's `.sandbox/` is never touched.
import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { projectFolder } from "../../sandbox/worldPaths";

/** What one run of the sandbox did. */
export interface SandboxResult {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A run that goes on. */
export interface RunningSandbox {
  readonly child: ChildProcess;
  /** Resolves when standard output holds the text; rejects when the run ends without it. */
  untilPrinted(text: string): Promise<void>;
  readonly ended: Promise<SandboxResult>;
}

/** How a run is started. */
export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Standard input of the run; empty when absent. */
  readonly input?: string;
}

/** Folders that the sandbox needs none of, or that are linked instead of copied. */
const notCopied = ["node_modules", ".git", ".sandbox", "coverage", "tests", "docs", "examples", "bench"];

/** Variables of the developer's own environment that would change what a test sees. */
const foreignVariables = /^(AWS|GENESYSCLOUD|PULUMI|NODE_COMPILE_CACHE)/;

/** See the first line of this file. */
export class SandboxCheckout {
  readonly folder = mkdtempSync(join(tmpdir(), "genesys-credentials-sandbox-"));
  private readonly running = new Set<RunningSandbox>();

  constructor() {
    for (const name of readdirSync(projectFolder).filter((entry) => !notCopied.includes(entry))) {
      cpSync(join(projectFolder, name), join(this.folder, name), { recursive: true });
    }
    symlinkSync(join(projectFolder, "node_modules"), join(this.folder, "node_modules"));
  }

  /** The content of a file of the checkout. */
  read(path: string): string {
    return readFileSync(join(this.folder, path), "utf8");
  }

  /** Starts `npm run sandbox -- <arguments>`, without npm. */
  start(commandLine: readonly string[], options: RunOptions = {}): RunningSandbox {
    const base = Object.entries(process.env).filter(([name]) => !foreignVariables.test(name));
    const child = spawn(process.execPath, ["-r", "./common/register.js", "sandbox/main.ts", ...commandLine], {
      cwd: this.folder,
      env: { ...Object.fromEntries(base), ...options.env },
      stdio: ["pipe", "pipe", "pipe"],
    });
    let stdout = "";
    let stderr = "";
    const onOutput = new Set<() => void>();
    child.stdout.on("data", (data: Buffer) => {
      stdout += data.toString();
      onOutput.forEach((listener) => {
        listener();
      });
    });
    child.stderr.on("data", (data: Buffer) => (stderr += data.toString()));
    child.stdin.on("error", () => undefined); // A run that ends early does not read its input.
    child.stdin.end(options.input ?? "");
    const ended = new Promise<SandboxResult>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (exitCode, signal) => {
        this.running.delete(run);
        resolve({ exitCode, signal, stdout, stderr });
      });
    });
    const run: RunningSandbox = {
      child,
      ended,
      untilPrinted: (text) =>
        new Promise((resolve, reject) => {
          const look = (): void => {
            if (stdout.includes(text)) {
              onOutput.delete(look);
              resolve();
            }
          };
          onOutput.add(look);
          look();
          void ended.then((result) => {
            reject(new Error(`ended without printing ${text}: ${JSON.stringify(result)}`));
          });
        }),
    };
    this.running.add(run);
    return run;
  }

  /** Runs to the end. */
  run(commandLine: readonly string[], options: RunOptions = {}): Promise<SandboxResult> {
    return this.start(commandLine, options).ended;
  }

  /** Ends what still runs and removes the checkout. */
  async remove(): Promise<void> {
    const runs = [...this.running];
    for (const { child } of runs) {
      child.kill("SIGKILL");
    }
    await Promise.all(runs.map(({ ended }) => ended));
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  /** Command lines of processes that belong to this checkout, other than the runs themselves. Linux only; elsewhere none are seen. */
  processes(): string[] {
    let entries: string[];
    try {
      entries = readdirSync("/proc").filter((entry) => /^\d+$/.test(entry));
    } catch {
      return [];
    }
    return entries
      .map((entry) => {
        try {
          return readFileSync(`/proc/${entry}/cmdline`, "utf8").replaceAll("\0", " ");
        } catch {
          return ""; // Ended meanwhile.
        }
      })
      .filter((line) => line.includes(this.folder));
  }
}
