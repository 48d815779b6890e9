// The pull request of due rotations, on real git repositories: opened, renewed, left alone, closed; work of people is never pushed over.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { GitWorld } from "./gitWorld";
import { type Result, type Runner } from "./runner";

const branch = "rotate/due";
const stackFile = (generation: number, rotatedAt: string, more = ""): string =>
  `config:\n  x:credentials:\n    report:\n      rotation:\n        generation: ${generation}\n        rotatedAt: "${rotatedAt}"\n        every: P90D\n${more}`;
const today = "2026-11-28T06:23:00Z";
const yesterday = "2026-11-27T06:23:00Z";

let world: GitWorld;
beforeEach(() => {
  world = new GitWorld({
    "Pulumi.yaml": "name: example\n",
    "stacks/Pulumi.dev.yaml": stackFile(1, "2026-01-01T00:00:00Z"),
    "stacks/Pulumi.prod.yaml": stackFile(1, "2026-01-01T00:00:00Z"),
  });
});
afterEach(() => {
  world.remove();
});

interface Run {
  /** What `rotate` has written. */
  readonly files?: Readonly<Record<string, string>>;
  readonly report?: string;
  readonly status?: string;
  /** Number of the open pull request. */
  readonly open?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly before?: (runner: Runner) => void;
}

function propose({
  files = {},
  report = "dev: rotated",
  status = "0",
  open = "",
  environment = {},
  before,
}: Run): Result {
  const runner = world.runner();
  for (const [path, text] of Object.entries(files)) {
    runner.write(path, text);
  }
  writeFileSync(join(runner.temporary, "rotations.md"), `${report}\n`);
  runner.program(
    "gh",
    `case "$1 $2" in
      "api "*) echo "${open}" ;;
      "pr create") cat "\${@: -1}" > "${world.folder}/body.md"; echo https://github.com/example/credentials/pull/12 ;;
      "pr edit") cat "\${@: -1}" > "${world.folder}/body.md" ;;
    esac`,
  );
  before?.(runner);
  return runner.run("rotate.yml", "Propose it", { BRANCH: branch, STATUS: status, ...environment });
}

const due = (rotatedAt = today) => ({ "stacks/Pulumi.dev.yaml": stackFile(2, rotatedAt) });
const question = "gh api repos/example/credentials/pulls?state=open&head=example:rotate/due --jq .[].number";
const shown = (path: string): string => world.git(world.origin, "show", `${branch}:${path}`);

it("opens a pull request with the stack files alone, and the report as its text", () => {
  const { status, calls, outputs } = propose({
    files: { ...due(), "package-lock.json": "{}" },
    report: "dev: `+` a line",
  });
  expect({ status, outputs }).toEqual({ status: 0, outputs: { "pull-request": "12" } });
  expect(calls).toEqual([
    question,
    expect.stringMatching(/^gh pr create --head rotate\/due --title .* --body-file /),
  ]);
  expect(readFileSync(join(world.folder, "body.md"), "utf8")).toBe("dev: `+` a line\n");
  expect(world.git(world.origin, "diff", "--name-only", "main", branch)).toBe("stacks/Pulumi.dev.yaml");
  expect(shown("stacks/Pulumi.dev.yaml")).toContain("generation: 2");
});

it("proposes nothing, and touches nothing, when nothing is due", () => {
  expect(propose({})).toMatchObject({ status: 0, calls: [question], outputs: {} });
  expect(world.has(branch)).toBe(false);
});

it("proposes what could be decided though a stack failed", () => {
  expect(propose({ files: due(), status: "2" }).outputs).toEqual({ "pull-request": "12" });
});

describe("a proposal that stands", () => {
  let tip: string;
  beforeEach(() => {
    propose({ files: due(yesterday) });
    tip = world.tip(branch);
  });

  it("is left alone when only the time of it differs", () => {
    const { status, calls, said, outputs } = propose({ files: due(), open: "12" });
    expect({ status, calls, outputs }).toEqual({ status: 0, calls: [question], outputs: {} });
    expect(said).toContain("Pull request 12 proposes the same already");
    expect(world.tip(branch)).toBe(tip);
  });

  it("is left alone when main has moved on elsewhere, in the same file too", () => {
    world.change("main", {
      "README.md": "more\n",
      "stacks/Pulumi.dev.yaml": stackFile(1, "2026-01-01T00:00:00Z", "    other: {}\n"),
    });
    propose({ files: { "stacks/Pulumi.dev.yaml": stackFile(2, today, "    other: {}\n") }, open: "12" });
    expect(world.tip(branch)).toBe(tip);
  });

  it("is renewed when another stack is due too", () => {
    const { calls, outputs } = propose({
      files: { ...due(), "stacks/Pulumi.prod.yaml": stackFile(2, today) },
      open: "12",
      report: "dev and prod",
    });
    expect(calls).toEqual([question, expect.stringMatching(/^gh pr edit 12 --body-file /)]);
    expect(outputs).toEqual({ "pull-request": "12" });
    expect(shown("stacks/Pulumi.prod.yaml")).toContain("generation: 2");
    expect(world.git(world.origin, "rev-list", "--count", `main..${branch}`)).toBe("1");
  });

  it("is renewed when it would conflict", () => {
    world.change("main", { "stacks/Pulumi.dev.yaml": stackFile(1, "2026-02-02T00:00:00Z") });
    propose({ files: due(), open: "12" });
    expect(world.tip(branch)).not.toBe(tip);
    expect(shown("stacks/Pulumi.dev.yaml")).toContain(today);
  });

  it("is renewed after a week, since the overlap counts from its time", () => {
    const weekLater = String(Math.floor(Date.now() / 1000) + 8 * 86_400);
    propose({
      files: due(),
      open: "12",
      before: (runner) => {
        runner.program("date", `echo ${weekLater}`);
      },
    });
    expect(shown("stacks/Pulumi.dev.yaml")).toContain(today);
  });

  it("is closed, with its branch, when nothing of it is due any more", () => {
    expect(propose({ open: "12" }).calls).toEqual([
      question,
      expect.stringMatching(/^gh pr close 12 --delete-branch --comment /),
    ]);
  });

  it("is not closed by a run that could not read every stack", () => {
    expect(propose({ open: "12", status: "2" }).calls).toEqual([question]);
  });

  it("is opened again where somebody closed it and it is due all the same", () => {
    expect(propose({ files: due() }).calls[1]).toMatch(/^gh pr create/);
    expect(shown("stacks/Pulumi.dev.yaml")).toContain(today);
  });

  it("is not pushed over where a person has committed to it", () => {
    world.change(branch, { "note.md": "not before Monday\n" });
    tip = world.tip(branch);
    const { status, calls, said } = propose({
      files: { ...due(), "stacks/Pulumi.prod.yaml": stackFile(2, today) },
      open: "12",
    });
    expect({ status, calls }).toEqual({ status: 0, calls: [question] });
    expect(said).toContain("::warning title=Left alone::");
    expect(world.tip(branch)).toBe(tip);
  });
});

describe("a branch without an open pull request", () => {
  beforeEach(() => {
    propose({ files: due(yesterday) });
  });

  it("is not pushed over where a person has committed to it: red, since what is due is not proposed", () => {
    world.change(branch, { "note.md": "kept for later\n" });
    const tip = world.tip(branch);
    const { status, calls, said } = propose({ files: due() });
    expect({ status, calls }).toEqual({ status: 1, calls: [question] });
    expect(said).toContain(
      "::error title=Nothing is proposed::The branch rotate/due has commits of somebody else and no open pull request",
    );
    expect(world.tip(branch)).toBe(tip);
    expect(propose({})).toMatchObject({ status: 0, calls: [question] });
  });

  it("is made anew where all that the person committed is in main already, as after a squash", () => {
    world.change(branch, { "note.md": "now\n" });
    world.change("main", { "note.md": "now\n", ...due(yesterday) });
    const next = { "stacks/Pulumi.prod.yaml": stackFile(2, today) };
    expect(propose({ files: next }).outputs).toEqual({ "pull-request": "12" });
    expect(shown("stacks/Pulumi.prod.yaml")).toContain("generation: 2");
  });
});

describe("failures end red", () => {
  it("of GitHub, before anything is pushed", () => {
    const { status } = propose({
      files: due(),
      before: (runner) => {
        runner.program("gh", "exit 4");
      },
    });
    expect(status).not.toBe(0);
    expect(world.has(branch)).toBe(false);
  });

  it("of a remote that does not answer", () => {
    const { status } = propose({
      files: due(),
      before: ({ workspace }) => {
        world.git(workspace, "remote", "set-url", "origin", "/nowhere");
      },
    });
    expect(status).not.toBe(0);
  });

  it("of a pull request that the repository does not allow", () => {
    const { status, outputs } = propose({
      files: due(),
      before: (runner) => {
        runner.program(
          "gh",
          '[ "$1" = api ] || { echo "not permitted to create pull requests" >&2; exit 1; }',
        );
      },
    });
    expect({ status, outputs }).toEqual({ status: 1, outputs: {} });
  });
});
