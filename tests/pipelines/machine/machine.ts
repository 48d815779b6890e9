// The machine of a workflow's jobs: the commands that would reach the internet are doubles, and Pulumi is something to be installed.
import { createHash } from "node:crypto";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { pluginVersion } from "../../../sandbox/aws-plugin/pluginVersion";
import { writeExecScript } from "../../../sandbox/shellScript";
import { findOnPath } from "../../../sandbox/toolchain/findOnPath";
import { type ResolvedPulumi } from "../../../sandbox/toolchain/resolvePulumi";
import { projectFolder } from "../../../sandbox/worldPaths";
import { registerTypeScript } from "../../engine/world";

/** As in every engine test; only for Pulumi's processes, since npm does not bear it. */
const quickStart = `--disable-warning=ExperimentalWarning -r ${JSON.stringify(join(__dirname, "..", "..", "engine", "compiledPackages.js"))}`;

/** What `gh` keeps, and what a test may change. */
export interface GithubState {
  readonly origin: string;
  pulls: { number: number; head: string; title: string; body: string; state: string; comments: string[] }[];
  issues: {
    number: number;
    title: string;
    body: string;
    state: string;
    labels: string[];
    /** What was started by `gh workflow run`. */
    started: { workflow: string; ref: string; field?: string }[];
    comments: string[];
  }[];
  labels: string[];
  /** What was started by `gh workflow run`. */
  started: { workflow: string; ref: string; field?: string }[];
  /** The setting of the repository that keeps workflows from proposing anything. */
  mayNotPropose?: boolean;
}

/** See the first line of this file. */
export class Machine {
  private readonly bin: string;
  private readonly downloads: string;
  private readonly githubFile: string;

  constructor(folder: string, origin: string) {
    this.bin = join(folder, "bin");
    this.downloads = join(folder, "downloads");
    this.githubFile = join(folder, "gh.json");
    mkdirSync(this.bin, { recursive: true });
    mkdirSync(this.downloads);
    this.github = { origin, pulls: [], issues: [], labels: [], started: [] };
    const double = (name: string, ...words: string[]): void => {
      writeExecScript(join(this.bin, name), [process.execPath, join(__dirname, `${name}.js`), ...words]);
    };
    double("gh", this.githubFile);
    double("curl", this.downloads);
    double("npm", join(projectFolder, "node_modules"), findOnPath("npm", process.env) ?? "npm");
    symlinkSync(process.execPath, join(this.bin, "node"));
  }

  get path(): string {
    return [this.bin, "/usr/local/bin", "/usr/bin", "/bin"].join(delimiter);
  }

  get github(): GithubState {
    return JSON.parse(readFileSync(this.githubFile, "utf8")) as GithubState;
  }

  set github(state: GithubState) {
    writeFileSync(this.githubFile, JSON.stringify(state));
  }

  /** Other bytes in every archive. @returns what puts them right again */
  replaceArchives(): () => void {
    const archives = readdirSync(this.downloads).filter((name) => name.endsWith(".tar.gz"));
    const former = archives.map(
      (name) => [join(this.downloads, name), readFileSync(join(this.downloads, name))] as const,
    );
    for (const [path, bytes] of former) {
      writeFileSync(path, Buffer.concat([bytes, Buffer.from("something else")]));
    }
    return () => {
      for (const [path, bytes] of former) {
        writeFileSync(path, bytes);
      }
    };
  }

  /**
   * Offers Pulumi and its AWS plugin for download, in the shape of the releases: the CLI of this computer, and the plugin's stand-in.
   * @returns the lines with their digests
   */
  offerPulumi(cli: ResolvedPulumi): string {
    const staging = mkdtempSync(join(this.downloads, "staging-"));
    mkdirSync(join(staging, "pulumi"));
    // A release holds programs; links and scripts are as good, and need no 100 MB for each job.
    for (const name of readdirSync(cli.binFolder).filter((file) => file.startsWith("pulumi-"))) {
      symlinkSync(join(cli.binFolder, name), join(staging, "pulumi", name));
    }
    writeExecScript(join(staging, "pulumi", "pulumi"), ["env", `NODE_OPTIONS=${quickStart}`, cli.command]);
    const main = join(projectFolder, "sandbox", "aws-plugin", "main.ts");
    writeExecScript(join(staging, "pulumi-resource-aws"), [process.execPath, "-r", registerTypeScript, main]);
    const archive = (name: string, content: string): string => {
      const path = join(this.downloads, name);
      execFileSync("tar", ["--create", "--gzip", "--file", path, "--directory", staging, content]);
      return `${createHash("sha256").update(readFileSync(path)).digest("hex")}  ${name}\n`;
    };
    const machines = { x64: "amd64", arm64: "arm64" };
    return Object.entries(machines)
      .map(
        ([ofCli, ofPlugin]) =>
          archive(`pulumi-v${cli.version}-linux-${ofCli}.tar.gz`, "pulumi") +
          archive(`pulumi-resource-aws-v${pluginVersion()}-linux-${ofPlugin}.tar.gz`, "pulumi-resource-aws"),
      )
      .join("");
  }
}
