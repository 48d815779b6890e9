// What an audit found, named in the summary and in the issue: gravest first, bounded, and no name of others is obeyed.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type AuditFinding, type AuditReport, auditReportSchema } from "../../../cli/audit/auditReport";
import { finding } from "../../../cli/audit/judge/finding";
import { code } from "../../../cli/terminal/markdownCode";
import { sampleReport } from "../../browser/sampleReport";
import { type Result, Runner } from "./runner";

/** GitHub takes no longer body of an issue. */
const githubLimit = 65_536;
/** Characters of one text, lines of one list. */
const longestText = 300;
const longestList = 20;

let runner: Runner;
beforeEach(() => {
  runner = new Runner();
});
afterEach(() => {
  runner.remove();
});

/** The step "Audit" after an audit that printed this. */
function audited(printed: string, exitCode: number): Result {
  runner.write("printed.json", printed);
  runner.program("npm", `cat printed.json; exit ${exitCode}`);
  return runner.run("audit.yml", "Audit", { STACK: "dev" });
}

function reportOf(findings: readonly AuditFinding[], notChecked: AuditReport["notChecked"] = []): string {
  return JSON.stringify(auditReportSchema.parse({ ...sampleReport(), findings, notChecked }));
}

/** The body of the issue on these stacks, whose jobs kept what is in `results`. */
function issueOn(stacks: readonly string[]): string {
  runner.program("gh");
  const { summary } = runner.run("audit.yml", "Report it", {
    STACKS: JSON.stringify(stacks),
    STACKS_RESULT: "success",
    JOBS_RESULT: "failure",
    RUN_URL: "https://github.com/example/credentials/actions/runs/7",
  });
  const body = readFileSync(join(runner.temporary, "issue.md"), "utf8");
  expect(summary).toBe(body);
  return body;
}

const linesIn = (text: string): string[] => text.split("\n").filter((line) => line.startsWith("- "));

const words = {
  place: 'OAuth client "made-by-hand" (f1)',
  problem: "is managed by no stack",
  remedy: "adopt it",
};
const line =
  '- **medium** `unmanaged-client`: `OAuth client "made-by-hand" (f1)`: `is managed by no stack`. To do: `adopt it`';

it("a clean audit says so in the summary, and nothing in the issue", () => {
  const { status, summary } = audited(reportOf([]), 0);
  expect({ status, summary }).toEqual({
    status: 0,
    summary: "### Audit of `dev`\n\nNothing was found, and all was looked at.\n\n",
  });
  expect(runner.read("audit/dev.md")).toBe("");
});

it("findings are named, gravest first, with their credential", () => {
  const about = { stack: "dev", credential: "nightly-report" };
  const { status, summary } = audited(
    reportOf([
      finding("rotation-due-soon", { ...words, ...about }),
      finding("unmanaged-client", words),
      finding("missing-secret", { ...about, place: "secret x", problem: "is gone", remedy: "restore it" }),
    ]),
    1,
  );
  const markdown = [
    "Found: 1 high, 1 medium, 1 low\n",
    "- **high** `missing-secret`: credential `nightly-report`, `secret x`: `is gone`. To do: `restore it`",
    line,
    line
      .replace("medium", "low")
      .replace("`unmanaged-client`:", "`rotation-due-soon`: credential `nightly-report`,"),
    "",
  ].join("\n");
  expect({ status, summary }).toEqual({ status: 1, summary: `### Audit of \`dev\`\n\n${markdown}\n` });
  expect(runner.read("audit/dev.md")).toBe(markdown);
});

it.each([0, 1, 3])("an audit that ends with %d names what could not be looked at", (exitCode) => {
  const notChecked = [{ stack: "dev", what: "usage of <b>", reason: "Genesys\nrefused" }];
  const { status, summary } = audited(reportOf([], notChecked), exitCode);
  expect(status).toBe(exitCode);
  expect(summary).toContain("Not checked: 1\n\n- `usage of <b>`: `Genesys refused`\n");
});

it("names of others stay code spans on their line", () => {
  const hostile = [
    "x\n\n# Heading\r\n::error::forged",
    "`closes` ``twice`` <!-- @team #1 [x](https://evil.example)",
    "`".repeat(longestText),
    "\u202egnp.exe\u2028- **high**",
    " `",
    "",
    "a".repeat(longestText + 1),
  ];
  const { said, summary } = audited(
    reportOf(
      hostile.map((text) =>
        finding("orphan-client", { credential: text, place: text, problem: text, remedy: text }),
      ),
      hostile.map((text) => ({ stack: null, what: text, reason: text })),
    ),
    1,
  );
  const spans = hostile.map((text) => code(text, longestText));
  expect(linesIn(summary)).toEqual([
    ...spans.map(
      (span) => `- **high** \`orphan-client\`: credential ${span}, ${span}: ${span}. To do: ${span}`,
    ),
    ...spans.map((span) => `- ${span}: ${span}`),
  ]);
  expect(summary.split("\n").filter((one) => one !== "" && !one.startsWith("- "))).toEqual([
    "### Audit of `dev`",
    `Found: ${hostile.length} high`,
    `Not checked: ${hostile.length}`,
  ]);
  expect(said).toBe("");
});

it("of forty findings and forty gaps the first twenty are named, and the others are counted", () => {
  const twice = Array.from({ length: longestList }, () => 0);
  const { summary } = audited(
    reportOf(
      [
        ...twice.map(() => finding("rotation-due-soon", words)),
        ...twice.slice(1).map(() => finding("unmanaged-client", words)),
        finding("orphan-client", words),
      ],
      [...twice, ...twice].map((_zero, index) => ({ stack: null, what: `thing ${index}`, reason: "r" })),
    ),
    1,
  );
  const lines = linesIn(summary);
  expect(lines.slice(0, longestList + 1)).toEqual([
    expect.stringMatching(/^- \*\*high\*\* `orphan-client`/),
    ...twice.slice(1).map(() => line),
    "- and 20 more (20 low): see the artefact",
  ]);
  expect(lines.slice(-2)).toEqual(["- `thing 19`: `r`", "- and 20 more: see the artefact"]);
  expect(lines).toHaveLength(2 * (longestList + 1));
});

it.each([
  ["is broken", "{"],
  ["is cut short", '{"formatVersion":1,"findings":['],
  ["is empty", ""],
  ["has no findings", '{"formatVersion":1,"notChecked":[]}'],
  ["does not say what was not checked", '{"formatVersion":1,"findings":[]}'],
  ["is of another format", '{"formatVersion":2,"findings":[],"notChecked":[]}'],
  [
    "knows another severity",
    JSON.stringify({ formatVersion: 1, findings: [{ severity: "worst" }], notChecked: [] }),
  ],
  [
    "has a finding without words",
    JSON.stringify({ formatVersion: 1, findings: [{ severity: "high" }], notChecked: [] }),
  ],
])("a report that %s is red, and of a stack that could not be looked at", (_what, printed) => {
  const { status, said, outputs, summary } = audited(printed, 0);
  expect({ status, outputs, summary }).toEqual({ status: 3, outputs: {}, summary: "" });
  expect(said).toContain("::error title=Audit::audit/dev.json is no report of an audit in format 1");
  expect(runner.read("audit/dev.txt")).toBe("failed\n");
  expect(runner.read("audit/dev.md")).toBe("");
});

it("the issue has what was found below the table, by stack", () => {
  audited(reportOf([finding("unmanaged-client", words)]), 1);
  runner.write("results/dev.txt", runner.read("audit/dev.txt"));
  runner.write("results/dev.md", runner.read("audit/dev.md"));
  runner.write("results/prod.txt", "clean\n");
  runner.write("results/other.md", "of no stack\n");
  const body = issueOn(["dev", "prod"]);
  expect(body).toMatch(/^\| stack \| result \|\n\| --- \| --- \|\n\| `dev` \| \*\*findings\*\* \|\n/);
  expect(body).toMatch(/closes the issue\.\n\n### `dev`\n\nFound: 1 medium\n\n- [^\n]+\n$/);
  expect(linesIn(body)).toEqual([line]);
});

it.each([2, 40, 250])("the issue on %d stacks stays below GitHub's limit, in whole lines", (count) => {
  const stacks = Array.from({ length: count }, (_, index) => `stack-${index}`);
  const long = `- \`${"ä".repeat(longestText)}\``;
  for (const stack of stacks) {
    runner.write(`results/${stack}.txt`, "findings\n");
    runner.write(`results/${stack}.md`, `Found: 90 high\n\n${`${long}\n`.repeat(90)}`);
  }
  const body = issueOn(stacks);
  expect(Buffer.byteLength(body)).toBeLessThan(githubLimit);
  expect(new Set(linesIn(body))).toEqual(new Set(count < 100 ? [long] : []));
  expect(body.match(/^### `stack-\d+`$/gm)).toHaveLength(count);
  expect(body.match(/^… and more: see the artefacts of the run\.$/gm)).toHaveLength(count);
});
