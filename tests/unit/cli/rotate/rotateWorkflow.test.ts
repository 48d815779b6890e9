// The scheduled rotation: pinned actions, few rights, no secrets, and a command line that exists.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";

const text = readFileSync(join(__dirname, "../../../../.github/workflows/rotate.yml"), "utf8");
const workflow = parse(text) as {
  permissions: unknown;
  defaults: { run: { shell: string } };
  jobs: Record<
    string,
    { env: Record<string, string>; permissions: unknown; steps: { uses?: string; run?: string }[] }
  >;
};
const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);

it("pins every action by commit", () => {
  const used = steps.flatMap(({ uses }) => uses ?? []);
  expect(used.length).toBeGreaterThan(0);
  expect(used.filter((action) => !/^actions\/[a-z-]+@[0-9a-f]{40}$/.test(action))).toEqual([]);
});

it("has no right but to push a branch and open a pull request, and no secret", () => {
  expect(workflow.permissions).toEqual({});
  expect(Object.values(workflow.jobs).map((job) => job.permissions)).toEqual([
    { contents: "write", "pull-requests": "write" },
  ]);
  expect(text).not.toMatch(/secrets\.|pull_request_target/);
});

it("puts nothing that others write into its scripts", () => {
  const scripts = steps.flatMap(({ run }) => run ?? []);
  expect(scripts.join("\n")).toContain("rotate --due --stack");
  expect(scripts.filter((script) => script.includes("${{"))).toEqual([]);
});

describe("raising the generations", () => {
  const script = steps.find(({ run }) => run?.includes("rotate --due"))?.run ?? "";
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "credentials-workflow-"));
    mkdirSync(join(folder, "stacks"));
    mkdirSync(join(folder, "bin"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  /** As GitHub runs a script of shell `bash`: it ends at the first failure, in a pipe too. */
  const raise = (npm: string, stackFolder: string): { status: number | null; stdout: string } => {
    expect(workflow.defaults.run.shell).toBe("bash");
    writeFileSync(join(folder, "bin", "npm"), `#!/bin/sh\n${npm}\n`, { mode: 0o755 });
    const PATH = `${join(folder, "bin")}:${process.env["PATH"] ?? ""}`;
    const env = { PATH, RUNNER_TEMP: folder, STACK_FOLDER: stackFolder };
    return spawnSync("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", script], {
      cwd: folder,
      env,
      encoding: "utf8",
    });
  };

  it("is done for every stack file beside Pulumi.yaml, or in the folder that it names", () => {
    expect(workflow.jobs["propose"]?.env["STACK_FOLDER"]).toBe(".");
    for (const [place, stack] of [
      [".", "dev"],
      ["stacks", "prod"],
    ] as const) {
      writeFileSync(join(folder, place, `Pulumi.${stack}.yaml`), "");
      expect(raise('echo "$@"', place)).toMatchObject({
        status: 0,
        stdout: `run --silent credentials -- rotate --due --stack ${stack}\n`,
      });
    }
  });

  it("fails with the command, so that nobody is told that nothing is due", () => {
    writeFileSync(join(folder, "Pulumi.dev.yaml"), "");
    expect(raise("exit 3", ".").status).toBe(3);
  });
});
