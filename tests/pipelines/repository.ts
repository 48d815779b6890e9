// The team's repository: a bare one that stands for GitHub's, and a clone in which people commit, open pull requests and merge.
import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { projectFolder } from "../../sandbox/worldPaths";
import { type Git, gitIn } from "../git";
import { type Trigger } from "./pipeline";

/** What of this checkout the team's repository does not have. */
const notTheirs = [
  "node_modules",
  ".git",
  ".sandbox",
  ".probe",
  ".ci",
  "coverage",
  "tests",
  "bench",
  "probe",
  "sandbox",
];

export const repositoryName = "acme/credentials";

/** Text by path; undefined removes the file. */
export type Edits = Readonly<Record<string, string | undefined>>;

/** See the first line of this file. */
export class Repository {
  readonly bare: string;
  readonly clone: string;
  private readonly git: Git;
  private pullRequests = 0;

  constructor(folder: string) {
    this.bare = join(folder, "origin.git");
    this.clone = join(folder, "team");
    mkdirSync(this.clone, { recursive: true });
    const project = readdirSync(projectFolder).filter(
      (name) => !notTheirs.includes(name) && !/^Pulumi\..+\.yaml$/.test(name),
    );
    for (const name of project) {
      cpSync(join(projectFolder, name), join(this.clone, name), { recursive: true });
    }
    gitIn(folder)("init", "--quiet", "--bare", "--initial-branch", "main", this.bare);
    gitIn(this.bare)("config", "uploadpack.allowAnySHA1InWant", "true");
    this.git = gitIn(this.clone);
    this.git("init", "--quiet", "--initial-branch", "main");
    this.git("config", "user.name", "Somebody");
    this.git("config", "user.email", "somebody@acme.example");
    this.git("remote", "add", "origin", this.url);
  }

  get url(): string {
    return `file://${this.bare}`;
  }

  /** Everything that is in the clone, as the first commit of main. */
  publish(): void {
    this.git("add", "--all");
    this.git("commit", "--quiet", "--message", "Credentials");
    this.git("push", "--quiet", "origin", "main");
  }

  /** Commits to a branch that begins at main as it is. */
  branch(name: string, edits: Edits): void {
    this.standOnMain();
    this.git("checkout", "--quiet", "-B", name);
    this.commit(edits, name);
    this.git("push", "--quiet", "--force", "origin", name);
  }

  /** Commits to main past every review. */
  push(edits: Edits): Trigger {
    this.standOnMain();
    this.commit(edits, "Change");
    return this.pushed();
  }

  /** Merges a branch, whoever pushed it. */
  merge(name: string): Trigger {
    this.standOnMain();
    this.git("fetch", "--quiet", "origin", name);
    this.git("merge", "--quiet", "--no-ff", "--message", `Merge ${name}`, "FETCH_HEAD");
    return this.pushed();
  }

  /** A pull request of the branch. @param from another repository, and who started the run */
  pullRequest(name: string, from: { readonly repository?: string; readonly actor?: string } = {}): Trigger {
    const { repository = repositoryName, actor = "somebody" } = from;
    const number = (this.pullRequests += 1);
    this.standOnMain();
    this.git("checkout", "--quiet", "--detach");
    this.git("merge", "--quiet", "--no-ff", "--message", `Merge ${name}`, name);
    const ref = `refs/pull/${number}/merge`;
    this.git("push", "--quiet", "--force", "origin", `HEAD:${ref}`);
    const head = { sha: this.git("rev-parse", name), ref: name, repo: { full_name: repository } };
    return {
      event: "pull_request",
      payload: {
        action: "opened",
        number,
        pull_request: { number, head, user: { login: actor } },
        sender: { login: actor },
      },
      ref,
      sha: this.git("rev-parse", "HEAD"),
      actor,
      branch: "main",
      isForeign: repository !== repositoryName || actor === "dependabot[bot]",
    };
  }

  /** The clock of GitHub, or somebody who presses the button. */
  started(event: "schedule" | "workflow_dispatch" = "schedule"): Trigger {
    this.standOnMain();
    return { ...this.ofMain(), event, payload: { repository: { default_branch: "main" } } };
  }

  /** Somebody starts a workflow on a branch. */
  dispatched(name: string, inputs: Readonly<Record<string, string>>): Trigger {
    const sha = this.git("rev-parse", name);
    const branch = { ref: `refs/heads/${name}`, sha, branch: name };
    return { ...this.ofMain(), ...branch, event: "workflow_dispatch", payload: { inputs }, inputs };
  }

  /** The file as the remote has it. */
  read(branch: string, path: string): string {
    return gitIn(this.bare)("show", `${branch}:${path}`);
  }

  /** The names of the files of a branch of the remote; none where there is no such branch. */
  files(branch: string): string[] {
    const git = gitIn(this.bare);
    const isThere = git("branch", "--list", branch) !== "";
    return isThere ? git("ls-tree", "--name-only", branch).split("\n") : [];
  }

  private pushed(): Trigger {
    this.git("push", "--quiet", "origin", "main");
    return { ...this.ofMain(), event: "push", payload: { repository: { default_branch: "main" } } };
  }

  private ofMain(): Omit<Trigger, "event" | "payload"> {
    const sha = this.git("rev-parse", "main");
    return { ref: "refs/heads/main", sha, actor: "somebody", branch: "main", isForeign: false };
  }

  private standOnMain(): void {
    this.git("checkout", "--quiet", "--force", "main");
    this.git("fetch", "--quiet", "origin", "main");
    this.git("reset", "--quiet", "--hard", "FETCH_HEAD");
  }

  private commit(edits: Edits, message: string): void {
    for (const [name, text] of Object.entries(edits)) {
      const path = join(this.clone, name);
      if (text === undefined) {
        rmSync(path);
      } else {
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, text);
      }
    }
    this.git("add", "--all");
    this.git("commit", "--quiet", "--allow-empty", "--message", message); // a run again, where nothing is new
  }
}
