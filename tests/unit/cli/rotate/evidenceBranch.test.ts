// The scripts of the workflows that keep evidence on a branch and read it back, run by bash on real git repositories.
import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";

const workflows = join(__dirname, "../../../../.github/workflows");

function scriptOf(workflow: string, step: string): string {
  const { jobs } = parse(readFileSync(join(workflows, workflow), "utf8")) as {
    jobs: Record<string, { steps: { name?: string; run?: string }[] }>;
  };
  const found = Object.values(jobs)
    .flatMap(({ steps }) => steps)
    .find(({ name }) => name === step);
  return found?.run ?? `echo "there is no step ${step}"; exit 1`;
}

let world: string;
beforeEach(() => {
  world = mkdtempSync(join(tmpdir(), "credentials-evidence-branch-"));
  git(world, "init", "--quiet", "--bare", "--initial-branch=main", "origin.git");
  git(world, "init", "--quiet", "--initial-branch=main", "seed");
  const seed = join(world, "seed");
  writeFileSync(join(seed, "Pulumi.dev.yaml"), "config: {}\n");
  git(seed, "add", ".");
  git(seed, "-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "--quiet", "-m", "first");
  git(seed, "push", "--quiet", join(world, "origin.git"), "main");
});
afterEach(() => {
  rmSync(world, { recursive: true });
});

function git(folder: string, ...argv: string[]): string {
  const { status, stdout, stderr } = spawnSync("git", argv, { cwd: folder, encoding: "utf8" });
  if (status !== 0) {
    throw new Error(`git ${argv.join(" ")}: ${stderr}`);
  }
  return stdout;
}

/** One job in a fresh checkout, as on a runner. */
function runStep(script: string, runId: string, evidence: Readonly<Record<string, string>> = {}): string {
  const runner = mkdtempSync(join(world, "runner-"));
  git(runner, "clone", "--quiet", join(world, "origin.git"), "checkout");
  if (Object.keys(evidence).length > 0) {
    mkdirSync(join(runner, "evidence"));
  }
  for (const [name, text] of Object.entries(evidence)) {
    writeFileSync(join(runner, "evidence", name), text);
  }
  const { status, stderr } = spawnSync("bash", ["-eo", "pipefail", "-c", script], {
    cwd: join(runner, "checkout"),
    encoding: "utf8",
    env: {
      PATH: process.env["PATH"],
      HOME: world,
      RUNNER_TEMP: runner,
      BRANCH: "rotation-evidence",
      GITHUB_RUN_ID: runId,
    },
  });
  expect({ status, stderr: status === 0 ? "" : stderr }).toEqual({ status: 0, stderr: "" });
  return runner;
}

const record = scriptOf("deploy.yml", "Record it");
const fetchEvidence = scriptOf("rotate.yml", "Fetch the evidence of earlier rotations");

it("makes no branch when nothing was rotated, and the fetch then leaves an empty folder", () => {
  runStep(record, "1");
  expect(git(join(world, "origin.git"), "branch", "--list", "rotation-evidence")).toBe("");
  expect(readdirSync(join(runStep(fetchEvidence, "1"), "evidence"))).toEqual([]);
});

it("keeps every rotation, the second one of a generation that came back too, and nothing of the main branch", () => {
  runStep(record, "1", { "dev-a-1.json": "{1}", "staging-a-1.json": "{2}" });
  runStep(record, "2", { "dev-a-2.json": "{3}", "dev-a-1.json": "{other}" });
  runStep(record, "3", { "dev-a-2.json": "{3}" });
  const evidence = join(runStep(fetchEvidence, "4"), "evidence");
  expect(readdirSync(evidence).sort()).toEqual([
    "dev-a-1-run2.json",
    "dev-a-1.json",
    "dev-a-2.json",
    "staging-a-1.json",
  ]);
  expect(readFileSync(join(evidence, "dev-a-1.json"), "utf8")).toBe("{1}");
  expect(existsSync(join(evidence, "Pulumi.dev.yaml"))).toBe(false);
  expect(git(join(world, "origin.git"), "rev-list", "--count", "rotation-evidence").trim()).toBe("2");
});
