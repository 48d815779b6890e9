// The harness's own runner: that it stops, skips, shares and refuses as GitHub does, so that a green run of ours means something.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Platform, type Settings, type Trigger, type WorkflowRun } from "./pipeline";
import { parseWorkflow } from "./workflowFile";
import { runWorkflow } from "./workflowRun";

const trigger: Trigger = {
  event: "push",
  payload: {},
  ref: "refs/heads/main",
  sha: "0".repeat(40),
  actor: "somebody",
  branch: "main",
  isForeign: false,
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "genesys-credentials-pipeline-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function run(jobs: string, settings: Settings = {}, environments = {}, head = ""): Promise<WorkflowRun> {
  const platform: Platform = {
    repositoryName: "acme/credentials",
    originUrl: "file:///nowhere",
    settings,
    environments,
    roles: {},
    cloudVariables: () => ({}),
    machineVariables: { PATH: process.env["PATH"] ?? "" },
    apiUrl: "http://127.0.0.1:1",
    tokenFor: ({ contents = "none" }) => `canary-token-that-may-${contents}`,
    folder,
  };
  const text = `name: trial\non: { push: { branches: [main] } }\npermissions: {}\n${head}jobs:\n${jobs}`;
  return runWorkflow(parseWorkflow(text), trigger, platform);
}

const job = (name: string, body: string): string =>
  `  ${name}:\n    runs-on: ubuntu-24.04\n    timeout-minutes: 1\n    permissions: { contents: read }\n${body}`;

const logs = ({ jobs }: WorkflowRun): string[] =>
  jobs.flatMap(({ steps }) => steps.map(({ log }) => log.trim()));
const outcomes = ({ jobs }: WorkflowRun): string[] =>
  jobs.flatMap(({ steps }) => steps.map(({ outcome }) => outcome));
const results = ({ jobs }: WorkflowRun): string[] => jobs.map(({ name, result }) => `${name}: ${result}`);

it("a pipe's failure counts only where the file says shell: bash", async () => {
  const steps = job("one", "    steps: [{ run: 'false | cat; echo went on' }]\n");
  expect(await run(steps)).toMatchObject({ conclusion: "success" });
  const strict = await run(steps, {}, {}, "defaults: { run: { shell: bash } }\n");
  expect(strict.conclusion).toBe("failure");
  expect(logs(strict)).toEqual(["Error: Process completed with exit code 1."]);
});

it("after a failure the later steps are skipped, but those that ask for it", async () => {
  const ran = await run(
    job(
      "one",
      `    steps:
      - { run: exit 3, continue-on-error: true, id: forgiven }
      - run: echo "\${{ steps.forgiven.outcome }} \${{ steps.forgiven.conclusion }}"
      - run: exit 4
      - run: echo not reached
      - { if: failure(), run: echo told }
      - { if: "!cancelled() && steps.forgiven.outcome == 'success'", run: echo no }
`,
    ),
  );
  expect(outcomes(ran)).toEqual(["failure", "success", "failure", "skipped", "success", "skipped"]);
  expect(logs(ran)).toContain("failure success");
  expect(ran.conclusion).toBe("failure");
});

it("steps hand on variables, outputs and the path, and jobs their outputs", async () => {
  const ran = await run(
    job(
      "one",
      `    outputs: { pages: "\${{ steps.count.outputs.pages }}" }
    env: { FROM_JOB: job }
    steps:
      - id: count
        run: |
          echo pages=2 >> "$GITHUB_OUTPUT"
          printf 'LONG<<END\\na\\nb\\nEND\\n' >> "$GITHUB_ENV"
          mkdir "$RUNNER_TEMP/bin"; printf '#!/bin/sh\\necho own tool\\n' > "$RUNNER_TEMP/bin/tool"; chmod +x "$RUNNER_TEMP/bin/tool"
          echo "$RUNNER_TEMP/bin" >> "$GITHUB_PATH"
          echo "# Summary" >> "$GITHUB_STEP_SUMMARY"
      - { run: 'tool; echo "$LONG $FROM_JOB $FROM_STEP"', env: { FROM_STEP: "\${{ env.FROM_JOB }} step" } }
`,
    ) +
      job(
        "two",
        "    needs: one\n    steps: [{ run: 'echo \"$P\"', env: { P: '${{ needs.one.outputs.pages }}' } }]\n",
      ),
  );
  expect(logs(ran)).toEqual(["", "own tool\na\nb job job step", "2"]);
  expect(ran.jobs[0]?.summary).toBe("# Summary\n");
});

it("a matrix runs once for each value, with the variables of its environment", async () => {
  const ran = await run(
    job(
      "legs",
      `    strategy: { fail-fast: false, matrix: { stack: "\${{ fromJSON(vars.STACKS) }}" } }
    environment: \${{ matrix.stack }}
    steps: [{ run: 'echo "$V $S"; test "$V" != bad', env: { V: "\${{ vars.V }}", S: "\${{ secrets.S }}" } }]
`,
    ) +
      job(
        "after",
        "    needs: legs\n    if: needs.legs.result == 'failure' && !cancelled()\n    steps: [{ run: echo after }]\n",
      ),
    { vars: { STACKS: '["a", "b", "c"]', V: "repository" }, secrets: { S: "general" } },
    { b: { vars: { V: "bad" }, secrets: { S: "own" } } },
  );
  expect(results(ran)).toEqual([
    "legs (a): success",
    "legs (b): failure",
    "legs (c): success",
    "after: success",
  ]);
  expect(logs(ran)).toEqual([
    "repository general",
    expect.stringMatching(/^bad own\n/),
    "repository general",
    "after",
  ]);
});

it("one leg after the other, and none after a failure", async () => {
  const ran = await run(
    job(
      "legs",
      `    strategy: { max-parallel: 1, matrix: { stack: [a, b, c] } }
    steps: [{ run: 'test "$V" != b', env: { V: "\${{ matrix.stack }}" } }]
`,
    ) + job("after", "    needs: legs\n    steps: [{ run: echo after }]\n"),
  );
  expect(results(ran)).toEqual([
    "legs (a): success",
    "legs (b): failure",
    "legs (c): cancelled",
    "after: skipped",
  ]);
});

it("artefacts go from job to job, and a name is used once", async () => {
  const upload =
    "{ uses: actions/upload-artifact@1, with: { name: x-1, path: out/*.json, if-no-files-found: error } }";
  const steps = `    steps: [{ run: mkdir out && echo 1 > out/a.json && echo 2 > out/b.txt }, ${upload}]\n`;
  const get = (what: string): string =>
    `    needs: one\n    steps: [{ uses: actions/download-artifact@1, with: { ${what}, path: in, merge-multiple: true } }, { run: ls in }]\n`;
  const ran = await run(job("one", steps) + job("two", get('pattern: "x-*"')) + job("three", get("name: y")));
  expect(ran.jobs[1]?.steps[1]?.log).toBe("a.json\n");
  expect(results(ran)).toEqual(["one: success", "two: success", "three: failure"]);
  const twice = await run(
    job("one", `    steps: [{ run: mkdir out && touch out/a.json }, ${upload}, ${upload}]\n`),
  );
  expect(logs(twice)).toContain("Error: an artifact with the name x-1 exists already");
  const none = await run(job("one", `    steps: [${upload}]\n`));
  expect(outcomes(none)).toEqual(["failure"]);
});

it.each([
  ["an action without a double", "steps: [{ uses: owner/unheard-of@1 }]", "has no double here"],
  [
    "an input that the double ignores",
    "steps: [{ uses: actions/setup-node@1, with: { mirror: x } }]",
    "does not know mirror",
  ],
  [
    "a role without the right to ask for it",
    "steps: [{ uses: aws-actions/configure-aws-credentials@1, with: { role-to-assume: r, aws-region: e } }]",
    "id-token",
  ],
])("%s fails the job", async (_name, body, reason) => {
  const ran = await run(job("one", `    ${body}\n`));
  expect(ran.conclusion).toBe("failure");
  expect(logs(ran).join()).toContain(reason);
});

it.each([
  ["an unknown key", job("one", "    steps: [{ run: echo, retry: 3 }]\n"), /retry/],
  [
    "a secret in a condition",
    job("one", "    steps: [{ run: echo, if: secrets.S != '' }]\n"),
    /"secrets" is not known at this place/,
  ],
  ["a need that is not there", job("one", "    needs: zero\n    steps: []\n"), /not there: one/],
  [
    "a matrix of nothing",
    job("one", "    strategy: { matrix: { a: [] } }\n    steps: []\n"),
    /has no values/,
  ],
])("%s is an error of the file", async (_name, jobs, reason) => {
  await expect(async () => run(jobs)).rejects.toThrow(reason);
});
