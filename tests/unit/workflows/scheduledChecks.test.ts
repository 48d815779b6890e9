// The audit, the search for drift, and the one issue that each of them keeps: what could not be looked at is never "in order".
import { existsSync } from "node:fs";
import { join } from "node:path";
import { readWorkflow, Runner, stepOf } from "./runner";

let runner: Runner;
beforeEach(() => {
  runner = new Runner();
});
afterEach(() => {
  runner.remove();
});

describe("the audit of one stack", () => {
  const emptyReport = '{"formatVersion":1,"findings":[],"notChecked":[]}';
  const audit = (exitCode: number, more = "") => {
    runner.program("npm", `echo '${emptyReport}'; ${more} exit ${exitCode}`);
    return runner.run("audit.yml", "Audit", { STACK: "dev" });
  };

  it("asks for all that a person has to do something about, as SARIF, page and JSON", () => {
    expect(audit(0).calls).toEqual([
      "npm run --silent credentials -- audit --stack dev --fail-on overdue,unused,unmanaged,drift,secret " +
        "--sarif audit/dev.sarif --html audit/dev.html --json",
    ]);
    expect(runner.read("audit/dev.json")).toBe(`${emptyReport}\n`);
  });

  it.each([
    [0, "clean"],
    [1, "findings"],
    [2, "failed"],
    [3, "failed"],
  ])("that ends with %d is kept as %s, and the job ends the same way", (exitCode, result) => {
    expect(audit(exitCode).status).toBe(exitCode);
    expect(runner.read("audit/dev.txt")).toBe(`${result}\n`);
  });

  const sarif = (invocations: string): string =>
    `echo '{"runs":[{"invocations":[${invocations}]}]}' > audit/dev.sarif;`;
  const whole = sarif('{"executionSuccessful":true}');

  it.each([
    [0, "whole", whole, { sarif: "audit/dev.sarif" }],
    [1, "whole", whole, { sarif: "audit/dev.sarif" }],
    [1, "absent", "", {}],
    // It would take every finding that is not in the log for fixed.
    [0, "partial", sarif('{"executionSuccessful":false}'), {}],
    [1, "partial", sarif('{"executionSuccessful":false}'), {}],
    [1, "told otherwise", sarif('{"executionSuccessful":"true"}'), {}],
    [1, "silent on it", sarif("{}"), {}],
    [1, "broken", "echo '{' > audit/dev.sarif;", {}],
    [3, "whole", whole, {}],
  ])(
    "that ends with %d offers SARIF that is %s to code scanning only of a whole audit",
    (exitCode, _what, written, outputs) => {
      const ended = audit(exitCode, written);
      expect([ended.status, ended.outputs]).toEqual([exitCode, outputs]);
    },
  );

  it("that printed no report has not looked, though Node ends with 1 for a crash as the audit does for findings", () => {
    runner.program("npm", `echo 'SyntaxError' >&2; ${whole} exit 1`);
    const { status, outputs } = runner.run("audit.yml", "Audit", { STACK: "dev" });
    expect({ status, outputs }).toEqual({ status: 1, outputs: {} });
    expect(runner.read("audit/dev.txt")).toBe("failed\n");
  });

  it("may read the run, without which code scanning refuses the SARIF of a private repository", () => {
    expect(readWorkflow("audit.yml").jobs["audit"]?.permissions).toMatchObject({
      actions: "read",
      "security-events": "write",
    });
  });
});

describe("the search for drift in one stack", () => {
  it.each([
    [0, "clean"],
    [7, "findings"],
    [1, "failed"],
    [255, "failed"],
  ])("that ends with %d is kept as %s, and the job ends the same way", (exitCode, result) => {
    runner.program("pulumi", `exit ${exitCode}`);
    expect(runner.run("drift.yml", "Compare", { STACK: "dev" })).toMatchObject({
      status: exitCode,
      calls: ["pulumi refresh --preview-only --expect-no-changes --diff --non-interactive --stack dev"],
    });
    expect(runner.read("drift/dev.txt")).toBe(`${result}\n`);
  });
});

describe.each([
  ["audit.yml", "credentials-audit"],
  ["drift.yml", "credentials-drift"],
])("the issue of %s", (file, label) => {
  const results = (byStack: Readonly<Record<string, string>>): void => {
    for (const [stack, result] of Object.entries(byStack)) {
      runner.write(`results/${stack}.txt`, `${result}\n`);
    }
  };
  const report = (open: string, environment: Readonly<Record<string, string>> = {}) => {
    runner.program("gh", `if [ "$1 $2" = "issue list" ]; then echo "${open}"; fi`);
    return runner.run(file, "Report it", {
      STACKS: '["dev","prod"]',
      STACKS_RESULT: "success",
      JOBS_RESULT: "success",
      RUN_URL: "https://github.com/example/credentials/actions/runs/7",
      ...environment,
    });
  };
  const list = `gh issue list --label ${label} --state open --json number --jq .[].number`;

  it("is opened on findings, with each stack and the way to the run", () => {
    results({ dev: "clean", prod: "findings" });
    const { status, calls, summary } = report("");
    expect(status).toBe(0);
    expect(calls).toEqual([
      list,
      `gh label create ${label} --description Kept by a scheduled workflow --force`,
      expect.stringMatching(new RegExp(`^gh issue create --title .+ --label ${label} --body-file `)),
    ]);
    expect(summary).toContain("| `dev` | in order |\n| `prod` | **findings** |");
    expect(summary).toContain("https://github.com/example/credentials/actions/runs/7");
  });

  it("is updated, not doubled", () => {
    results({ dev: "clean", prod: "findings" });
    expect(report("5").calls).toEqual([list, expect.stringMatching(/^gh issue edit 5 --body-file /)]);
  });

  it("is closed when every stack is in order, and nothing is opened then", () => {
    results({ dev: "clean", prod: "clean" });
    expect(report("5").calls).toEqual([list, expect.stringMatching(/^gh issue close 5 --comment /)]);
    expect(report("")).toMatchObject({ status: 0, calls: [list] });
  });

  it.each([
    ["has no result", { dev: "clean" }],
    ["could not be looked at", { dev: "clean", prod: "failed" }],
    ["has a result that nobody knows", { dev: "clean", prod: "" }],
  ])("stays open, and the job is red, when a stack %s", (_what, byStack) => {
    results(byStack);
    const { status, calls, summary } = report("5");
    expect({ status, closed: calls.some((call) => call.includes("close")) }).toEqual({
      status: 1,
      closed: false,
    });
    expect(summary).toContain("| `prod` | **could not be looked at** |");
  });

  it.each(["failure", "cancelled", "skipped"])(
    "stays open, and the job is red, where the results are in order and the jobs ended in %s: those of an earlier attempt stand",
    (JOBS_RESULT) => {
      results({ dev: "clean", prod: "clean" });
      const { status, calls, summary } = report("5", { JOBS_RESULT });
      expect(status).toBe(1);
      expect(calls).toEqual([list, expect.stringMatching(/^gh issue edit 5 /)]);
      expect(summary).toContain("not every job came to its end");
      expect(stepOf(file, "Report it").env?.["JOBS_RESULT"]).toBe(
        `\${{ needs.${file.replace(".yml", "")}.result }}`,
      );
    },
  );

  it("is of findings, and of nothing else, where the jobs are red for them", () => {
    results({ dev: "clean", prod: "findings" });
    const { status, summary } = report("5", { JOBS_RESULT: "failure" });
    expect(status).toBe(0);
    expect(summary).not.toContain("not every job came to its end");
  });

  it.each([{ STACKS: "" }, { STACKS_RESULT: "failure" }])(
    "does not pass where the stacks themselves are not in order: %p",
    (environment) => {
      results({ dev: "clean", prod: "clean" });
      const { status, calls, summary } = report("5", environment);
      expect({ status, closed: calls.some((call) => call.includes("close")) }).toEqual({
        status: 1,
        closed: false,
      });
      expect(summary).toContain("which stacks there are is not in order");
    },
  );

  it("fails where GitHub does", () => {
    results({ dev: "clean", prod: "findings" });
    runner.program("gh", "exit 4");
    const { status } = runner.run(file, "Report it", {
      STACKS: '["dev","prod"]',
      STACKS_RESULT: "success",
      JOBS_RESULT: "success",
      RUN_URL: "x",
    });
    expect(status).not.toBe(0);
    expect(existsSync(join(runner.temporary, "issue.md"))).toBe(true);
  });
});
