// The workflows: pinned, without more rights than they need, and right in actionlint's eyes where Go is there to run it.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parse } from "yaml";

const projectFolder = join(__dirname, "..", "..", "..", "..");
const folder = join(projectFolder, ".github", "workflows");
const actionlint = "github.com/rhysd/actionlint/cmd/actionlint@v1.7.7";
/** Looked for on the PATH. */
const goCommand = "go";
/** Milliseconds; the first run downloads and compiles it. */
const goTimeoutMs = 240_000;

interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly "timeout-minutes"?: number;
  readonly steps: readonly { readonly uses?: string; readonly run?: string }[];
}
interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions?: object;
  readonly jobs: Readonly<Record<string, Job>>;
}

const workflows = readdirSync(folder).map((name) => {
  const text = readFileSync(join(folder, name), "utf8");
  return [name, text, parse(text) as Workflow] as const;
});

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

  it("uses actions by their full commit hash, with the version beside it", () => {
    const uses = jobs.flatMap(({ steps }) => steps.flatMap((step) => step.uses ?? []));
    for (const action of uses) {
      expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/);
      expect(text).toMatch(new RegExp(`${action} # v\\d+\\.\\d+\\.\\d+`));
    }
  });

  it("puts no expression into a script, where its value would be code", () => {
    for (const { run = "" } of jobs.flatMap(({ steps }) => steps)) {
      expect(run).not.toContain("${{");
    }
  });
});

it("only the comment of a preview, and the proposal of a rotation, may write to pull requests", () => {
  const writers = workflows.flatMap(([name, , { jobs }]) =>
    Object.entries(jobs)
      .filter(([, { permissions }]) => permissions?.["pull-requests"] === "write")
      .map(([job]) => `${name} ${job}`),
  );
  expect(writers).toEqual(["preview.yml comment", "rotate.yml propose"]);
});

describe("actionlint", () => {
  const run = (...argv: string[]): { status: number | null; output: string } => {
    const { status, stdout, stderr } = spawnSync(goCommand, ["run", actionlint, ...argv], {
      cwd: projectFolder,
      encoding: "utf8",
      timeout: goTimeoutMs,
    });
    return { status, output: `${stdout}${stderr}` };
  };
  const isThere = run("-version");
  const reason = isThere.output.trim().split("\n").at(-1) ?? "";
  if (isThere.status !== 0) {
    process.stderr.write(`SKIPPED, no actionlint (Go is missing or has no network): ${reason}\n`);
  }
  (isThere.status === 0 ? it : it.skip)(
    "finds nothing",
    () => {
      const paths = workflows.map(([name]) => join(folder, name));
      expect(run(...paths)).toEqual({ status: 0, output: "" });
    },
    goTimeoutMs,
  );
  (isThere.status === 0 ? it : it.skip)(
    "would find a mistake",
    () => {
      const wrong = join(mkdtempSync(join(tmpdir(), "credentials-workflow-")), "wrong.yml");
      writeFileSync(wrong, "on: pushed\njobs: { one: { runs-on: ubuntu-24.04, steps: [{ run: echo }] } }\n");
      const { status, output } = run(wrong);
      rmSync(dirname(wrong), { recursive: true });
      expect(status).toBe(1);
      expect(output).toContain('unknown Webhook event "pushed"');
    },
    goTimeoutMs,
  );
});
