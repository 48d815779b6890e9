// The scripts that keep evidence on a branch and read it back, on real git repositories; two jobs may push at once.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { GitWorld } from "./gitWorld";
import { type Result, type Runner } from "./runner";

let world: GitWorld;
beforeEach(() => {
  world = new GitWorld({ "Pulumi.dev.yaml": "config: {}\n" });
});
afterEach(() => {
  world.remove();
});

const branch = "rotation-evidence";
const names = (runner: Runner): string[] => readdirSync(join(runner.temporary, "evidence")).sort();

function record(
  runId: string,
  evidence: Readonly<Record<string, string>> = {},
  runner = world.runner(),
): Result {
  mkdirSync(join(runner.temporary, "evidence"));
  for (const [name, text] of Object.entries(evidence)) {
    writeFileSync(join(runner.temporary, "evidence", name), text);
  }
  runner.program("sleep");
  return runner.run("deploy.yml", "Record it", { BRANCH: branch, GITHUB_RUN_ID: runId });
}

function fetched(): Runner {
  const runner = world.runner();
  const result = runner.run("rotate.yml", "Fetch the evidence of earlier rotations", {
    EVIDENCE_BRANCH: branch,
  });
  expect(result.status).toBe(0);
  return runner;
}

it("makes no branch when nothing was rotated, and the fetch then leaves an empty folder", () => {
  expect(record("1")).toMatchObject({ status: 0, said: "Nothing was rotated.\n" });
  expect(world.has(branch)).toBe(false);
  expect(names(fetched())).toEqual([]);
});

it("keeps every rotation, the second one of a generation that came back too, and nothing of the main branch", () => {
  expect(record("1", { "dev-a-1.json": "{1}", "staging-a-1.json": "{2}" }).status).toBe(0);
  expect(record("2", { "dev-a-2.json": "{3}", "dev-a-1.json": "{other}" }).status).toBe(0);
  expect(record("3", { "dev-a-2.json": "{3}" })).toMatchObject({
    status: 0,
    said: "All of it is recorded already.\n",
  });
  const runner = fetched();
  expect(names(runner)).toEqual(["dev-a-1-run2.json", "dev-a-1.json", "dev-a-2.json", "staging-a-1.json"]);
  const evidence = join(runner.temporary, "evidence");
  expect(readFileSync(join(evidence, "dev-a-1.json"), "utf8")).toBe("{1}");
  expect(existsSync(join(evidence, "Pulumi.dev.yaml"))).toBe(false);
  expect(world.git(world.origin, "rev-list", "--count", branch)).toBe("2");
});

/** Git before whose first push another job pushes. @param push The arguments of that. */
function overtaken(runner: Runner, push: string): void {
  const git = join(world.git(world.folder, "--exec-path"), "git");
  const done = join(runner.folder, "overtaken");
  runner.program(
    "git",
    `if [ "$1" = push ] && [ ! -e "${done}" ]; then touch "${done}"; "${git}" ${push}; fi\nexec "${git}" "$@"`,
  );
}

it.each([
  ["the branch is there", true],
  ["both begin it", false],
])("what another job pushes meanwhile stays, and this one's comes on top, when %s", (_when, isThere) => {
  if (isThere) {
    record("1", { "dev-a-1.json": "{1}" });
  }
  // The other job: its evidence is pushed between our commit and our push.
  const other = world.runner();
  const start = isThere ? ["-B", branch, `origin/${branch}`] : ["--orphan", branch];
  world.git(other.workspace, "fetch", "--quiet", "origin");
  world.git(other.workspace, "checkout", "--quiet", ...start);
  if (!isThere) {
    world.git(other.workspace, "rm", "-r", "--force", "--quiet", ".");
  }
  writeFileSync(join(other.workspace, "staging-b-4.json"), "{4}");
  world.commit(other.workspace, "the other job");
  const runner = world.runner();
  overtaken(runner, `-C "${other.workspace}" push --quiet origin "HEAD:${branch}"`);
  const { status, said } = record("2", { "prod-c-1.json": "{5}" }, runner);
  expect({ status, said }).toEqual({ status: 0, said: expect.stringContaining("refused (attempt 1 of 5)") });
  expect(names(fetched())).toEqual([
    ...(isThere ? ["dev-a-1.json"] : []),
    "prod-c-1.json",
    "staging-b-4.json",
  ]);
});

it("is red, with the way out, where GitHub goes on refusing", () => {
  const hook = join(world.origin, "hooks", "pre-receive");
  mkdirSync(join(world.origin, "hooks"), { recursive: true });
  writeFileSync(hook, "#!/bin/sh\necho GH013: Repository rule violations; exit 1\n", { mode: 0o755 });
  const { status, said } = record("1", { "dev-a-1.json": "{1}" });
  expect(status).toBe(1);
  expect(said.match(/The push was refused/g)).toHaveLength(5);
  expect(said).toContain("::error title=Evidence is not recorded::");
});

it("a remote that does not answer is no empty branch", () => {
  for (const [file, step] of [
    ["rotate.yml", "Fetch the evidence of earlier rotations"],
    ["deploy.yml", "Record it"],
  ] as const) {
    const runner = world.runner();
    mkdirSync(join(runner.temporary, "evidence"));
    writeFileSync(join(runner.temporary, "evidence", "dev-a-1.json"), "{1}");
    world.git(runner.workspace, "remote", "set-url", "origin", "/nowhere");
    const { status } = runner.run(file, step, { BRANCH: branch, EVIDENCE_BRANCH: branch });
    expect(status).not.toBe(0);
  }
});
