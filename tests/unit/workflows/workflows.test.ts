// The workflows as files: pinned, without more rights than they need, and right in the eyes of actionlint and shellcheck where those can run.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { projectFolder, readWorkflow, workflowFiles, workflowFolder } from "./runner";

const actionlint = "github.com/rhysd/actionlint/cmd/actionlint@v1.7.7";
/** Looked for on the PATH. */
const goCommand = "go";
const shellcheckCommand = "shellcheck";
/** Milliseconds; the first run downloads and compiles it. */
const goTimeoutMs = 240_000;
const scriptFolder = join(projectFolder, ".github", "scripts");

const workflows = workflowFiles.map(
  (name) => [name, readFileSync(join(workflowFolder, name), "utf8"), readWorkflow(name)] as const,
);
const steps = workflows.flatMap(([, , { jobs }]) => Object.values(jobs).flatMap((job) => job.steps));

describe.each(workflows)("%s", (_name, text, workflow) => {
  const jobs = Object.values(workflow.jobs);

  it("is never run by pull_request_target", () => {
    expect(Object.keys(workflow.on)).not.toContain("pull_request_target");
    expect(Object.keys(workflow.on).length).toBeGreaterThan(0);
  });

  it("starts from no rights, and every job says what it needs and when it ends", () => {
    expect(workflow.permissions).toEqual({});
    for (const job of jobs) {
      expect(job.permissions).toBeDefined();
      expect(job["timeout-minutes"]).toBeGreaterThan(0);
    }
  });

  it("ends a script where the first command of a pipe fails", () => {
    expect(workflow.defaults?.run?.shell).toBe("bash");
  });

  it("uses actions by their full commit hash, with the version beside it", () => {
    const uses = jobs.flatMap((job) => job.steps.flatMap((step) => step.uses ?? []));
    for (const action of uses) {
      expect(action).toMatch(/^[\w-]+(\/[\w-]+){1,2}@[0-9a-f]{40}$/);
      expect(text).toMatch(new RegExp(`${action} # v\\d+\\.\\d+\\.\\d+`));
    }
  });

  it("puts no expression into a script, where its value would be code", () => {
    for (const { run = "" } of jobs.flatMap((job) => job.steps)) {
      expect(run).not.toContain("${{");
    }
  });
});

it("uses one version of each action", () => {
  const uses = [...new Set(steps.flatMap(({ uses: action }) => action ?? []))];
  const names = uses.map((action) => action.split("@")[0]);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

it("only these jobs may write anything", () => {
  const writers = workflows.flatMap(([name, , { jobs }]) =>
    Object.entries(jobs).flatMap(([job, { permissions = {} }]) => {
      const rights = Object.keys(permissions).filter((one) => permissions[one] === "write");
      return rights.length === 0 ? [] : [`${name} ${job}: ${rights.join(", ")}`];
    }),
  );
  expect(writers).toEqual([
    "audit.yml audit: id-token, security-events",
    "audit.yml report: issues",
    "deploy.yml deploy: id-token",
    "deploy.yml record: contents",
    "drift.yml drift: id-token",
    "drift.yml report: issues",
    "preview.yml preview: id-token",
    "preview.yml comment: pull-requests",
    "rotate.yml propose: contents, pull-requests, actions",
  ]);
});

it("only these workflows see a secret, and none that writes to the repository sees one of Genesys", () => {
  const seeing = workflows.filter(([, text]) => text.includes("secrets.GENESYS")).map(([name]) => name);
  expect(seeing).toEqual(["audit.yml", "deploy.yml", "drift.yml", "preview.yml"]);
  for (const [, , { jobs }] of workflows) {
    for (const job of Object.values(jobs)) {
      const isWriting = ["contents", "issues", "pull-requests"].some(
        (right) => job.permissions?.[right] === "write",
      );
      expect(isWriting && JSON.stringify(job).includes("secrets.GENESYS")).toBe(false);
    }
  }
});

it("every script is run by a test of this folder", () => {
  const names = steps.flatMap(({ run, name }) => (run === undefined ? [] : [name ?? run]));
  expect([...new Set(names)].sort()).toEqual([
    "Audit", // scheduledChecks.test.ts
    "Check that main has not moved on", // stackSteps.test.ts
    "Check that the pull request is of this commit", // settings.test.ts
    "Check the settings", // settings.test.ts
    "Compare", // scheduledChecks.test.ts
    "Deploy and prove", // stackSteps.test.ts
    "Fetch the evidence of earlier rotations", // evidenceBranch.test.ts
    "Find the stacks", // stacks.test.ts
    "Have the proposal checked and previewed", // rotation.test.ts
    "Install Pulumi", // installPulumi.test.ts
    "Preview", // stackSteps.test.ts
    "Propose it", // proposal.test.ts
    "Raise the generation of what is due", // rotation.test.ts
    "Record it", // evidenceBranch.test.ts
    "Report it", // scheduledChecks.test.ts
    "Review", // stackSteps.test.ts
    "Say whether all could be decided", // rotation.test.ts
    "See whether the run gets secrets", // settings.test.ts
    // One command each, of which the next two are run below.
    "bash .ci/run",
    `go run ${actionlint}`,
    "npm ci --ignore-scripts",
    "shellcheck .github/scripts/*.sh .ci/run",
  ]);
});

interface Said {
  readonly status: number | null;
  readonly output: string;
}

function run(command: string, ...argv: string[]): Said {
  const { status, stdout, stderr, error } = spawnSync(command, argv, {
    cwd: projectFolder,
    encoding: "utf8",
    timeout: goTimeoutMs,
  });
  return { status, output: error === undefined ? `${stdout}${stderr}` : error.message };
}

const shellcheckThere = run(shellcheckCommand, "--version");
if (shellcheckThere.status !== 0) {
  process.stderr.write(`SKIPPED, no shellcheck: ${shellcheckThere.output.trim()}\n`);
}
const actionlintThere = run(goCommand, "run", actionlint, "-version");
if (actionlintThere.status !== 0) {
  const reason = actionlintThere.output.trim().split("\n").at(-1) ?? "";
  process.stderr.write(`SKIPPED, no actionlint (Go is missing or has no network): ${reason}\n`);
}
const hasShellcheck = shellcheckThere.status === 0;
const hasActionlint = actionlintThere.status === 0;

describe("shellcheck", () => {
  const scripts = readdirSync(scriptFolder)
    .filter((name) => name.endsWith(".sh"))
    .map((name) => join(scriptFolder, name));
  (hasShellcheck ? it : it.skip)("finds nothing", () => {
    expect(scripts.length).toBeGreaterThan(0);
    expect(run(shellcheckCommand, ...scripts, join(projectFolder, ".ci", "run"))).toEqual({
      status: 0,
      output: "",
    });
  });
});

/** A workflow with one script, looked at by actionlint. */
function lint(text: string): Said {
  const path = join(mkdtempSync(join(tmpdir(), "credentials-workflow-")), "wrong.yml");
  writeFileSync(path, text);
  const said = run(goCommand, "run", actionlint, path);
  rmSync(dirname(path), { recursive: true });
  return said;
}

describe("actionlint", () => {
  (hasActionlint ? it : it.skip)(
    "finds nothing",
    () => {
      const paths = workflows.map(([name]) => join(workflowFolder, name));
      expect(run(goCommand, "run", actionlint, ...paths)).toEqual({ status: 0, output: "" });
    },
    goTimeoutMs,
  );

  (hasActionlint ? it : it.skip)(
    "would find a mistake",
    () => {
      const { status, output } = lint(
        "on: pushed\njobs: { one: { runs-on: ubuntu-24.04, steps: [{ run: echo }] } }\n",
      );
      expect(status).toBe(1);
      expect(output).toContain('unknown Webhook event "pushed"');
    },
    goTimeoutMs,
  );

  (hasActionlint && hasShellcheck ? it : it.skip)(
    "would find, with shellcheck, what a script says and does not mean",
    () => {
      const { status, output } = lint(
        "on: push\njobs: { one: { runs-on: ubuntu-24.04, steps: [{ run: \"echo '`date`'\" }] } }\n",
      );
      expect(status).toBe(1);
      expect(output).toContain("SC2016");
    },
    goTimeoutMs,
  );
});
