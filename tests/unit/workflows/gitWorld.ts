// A repository on GitHub's side, and checkouts of it as the jobs have them.
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gitIn } from "../../git";
import { projectFolder, Runner } from "./runner";

const person = { name: "A Person", email: "person@example.com" };

export class GitWorld {
  readonly folder = mkdtempSync(join(tmpdir(), "credentials-git-"));
  readonly origin = join(this.folder, "origin.git");
  private readonly runners: Runner[] = [];

  /** @param files What `main` holds besides the scripts of the workflows. */
  constructor(files: Readonly<Record<string, string>>) {
    this.git(this.folder, "init", "--quiet", "--bare", "--initial-branch=main", this.origin);
    const seed = join(this.folder, "seed");
    this.git(this.folder, "init", "--quiet", "--initial-branch=main", seed);
    cpSync(join(projectFolder, ".github"), join(seed, ".github"), { recursive: true });
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(seed, path)), { recursive: true });
      writeFileSync(join(seed, path), text);
    }
    this.commit(seed, "first");
    this.git(seed, "remote", "add", "origin", this.origin);
    this.git(seed, "push", "--quiet", "origin", "main");
  }

  remove(): void {
    for (const runner of this.runners) {
      runner.remove();
    }
    rmSync(this.folder, { recursive: true });
  }

  /** A job's machine, with `main` checked out whole. */
  runner(): Runner {
    const checkout = mkdtempSync(join(this.folder, "checkout-"));
    this.git(this.folder, "clone", "--quiet", this.origin, checkout);
    const runner = new Runner(checkout);
    this.runners.push(runner);
    return runner;
  }

  /** Changes files of a branch as a person does, from `main` where there is no such branch. */
  change(branch: string, files: Readonly<Record<string, string>>): void {
    const checkout = mkdtempSync(join(this.folder, "change-"));
    this.git(this.folder, "clone", "--quiet", this.origin, checkout);
    if (this.has(branch)) {
      this.git(checkout, "checkout", "--quiet", branch);
    } else {
      this.git(checkout, "checkout", "--quiet", "-b", branch);
    }
    for (const [path, text] of Object.entries(files)) {
      writeFileSync(join(checkout, path), text);
    }
    this.commit(checkout, "by hand");
    this.git(checkout, "push", "--quiet", "origin", branch);
  }

  has(branch: string): boolean {
    return this.git(this.origin, "branch", "--list", branch) !== "";
  }

  tip(branch: string): string {
    return this.git(this.origin, "rev-parse", branch);
  }

  commit(checkout: string, message: string): void {
    this.git(checkout, "add", "--all");
    this.git(
      checkout,
      ...["-c", `user.name=${person.name}`, "-c", `user.email=${person.email}`],
      ...["commit", "--quiet", "--message", message],
    );
  }

  git(folder: string, ...argv: string[]): string {
    return gitIn(folder)(...argv);
  }
}
