// The SARIF log that commands write: right by the standard's schema, and a finding is known again in the next run.
import { sarifLog, type SarifFinding, type SarifRun } from "../../../../cli/terminal/sarifLog";
import { documentUrl } from "../../../../cli/terminal/documentUrl";
import { type Sarif, sarifProblems, type SarifResult } from "../../../sarifSchema";

const finding: SarifFinding = {
  ruleId: "SOMETHING",
  level: "error",
  text: "crm-sync: something is the matter.",
  place: { uri: "stacks/Pulumi.dev.yaml", startLine: 7 },
  identity: ["dev", "crm-sync"],
  properties: { stack: "dev" },
};

const run: SarifRun = {
  tool: "genesys-credentials test",
  rules: [
    { id: "OTHER", means: "Other.", help: "Look.", level: "note", tags: [] },
    {
      id: "SOMETHING",
      means: "Something.",
      help: "Do it.",
      level: "error",
      tags: ["drift"],
      securitySeverity: 8,
      helpUri: "https://github.com/example/credentials/blob/HEAD/docs/auditing.md#what-it-finds",
    },
  ],
  findings: [finding],
  notices: [{ level: "warning", text: "Not checked: usage." }],
  isSuccessful: true,
  properties: {},
};

const logOf = (changes: Partial<SarifRun> = {}): Sarif => sarifLog({ ...run, ...changes }) as Sarif;
const resultOf = (changes: Partial<SarifFinding>): SarifResult | undefined =>
  logOf({ findings: [{ ...finding, ...changes }] }).runs[0].results[0];
const markOf = (changes: Partial<SarifFinding>): string | undefined =>
  resultOf(changes)?.partialFingerprints.primaryLocationLineHash;

it("is right by the schema, and says everything that code scanning shows", () => {
  const log = logOf();
  expect(sarifProblems(log)).toEqual([]);
  const [{ tool, results, invocations }] = log.runs;
  expect(tool.driver.rules[1]?.properties).toEqual({
    tags: ["security", "drift"],
    "security-severity": "8.0",
  });
  expect(results).toMatchObject([
    {
      ruleId: "SOMETHING",
      ruleIndex: 1,
      level: "error",
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: "stacks/Pulumi.dev.yaml", uriBaseId: "%SRCROOT%" },
            region: { startLine: 7 },
          },
        },
      ],
    },
  ]);
  expect(invocations[0].toolExecutionNotifications).toEqual([
    { level: "warning", message: { text: "Not checked: usage." } },
  ]);
});

it("of nothing is right, too", () => {
  expect(sarifProblems(logOf({ findings: [], notices: [] }))).toEqual([]);
});

describe("a fingerprint", () => {
  it("stays when the file grows above, the words get better, or a figure is another one", () => {
    const changes = {
      text: "other words, 12 days",
      level: "note",
      place: { ...finding.place, startLine: 70 },
    } as const;
    expect(markOf(changes)).toBe(markOf({}));
  });

  it.each([
    { identity: ["dev", "wallboard"] },
    { identity: ["prod", "crm-sync"] },
    { ruleId: "OTHER" },
    { place: { uri: "Pulumi.dev.yaml", startLine: 7 } },
  ])("is another one with %j", (changes) => {
    expect(markOf(changes)).not.toBe(markOf({}));
  });

  it("tells two apart that differ in their words alone", () => {
    const log = logOf({ findings: [finding, { ...finding, text: "The same again." }] });
    expect(sarifProblems(log)).toEqual([]);
    const marks = log.runs[0].results.map((one) => one.partialFingerprints.primaryLocationLineHash);
    expect(marks.map((mark) => mark.split(":")[1])).toEqual(["1", "2"]);
  });
});

it("a name with brackets becomes no link", () => {
  const text = "client [click](https://evil.example) \\ is here";
  expect(resultOf({ text })?.message.text).toBe("client \\[click\\](https://evil.example) \\\\ is here");
});

describe("the address of a page", () => {
  it("is that of the workflow's repository", () => {
    const environment = {
      GITHUB_SERVER_URL: "https://github.example.com",
      GITHUB_REPOSITORY: "example/credentials",
    };
    expect(documentUrl(environment, "docs/auditing.md")).toBe(
      "https://github.example.com/example/credentials/blob/HEAD/docs/auditing.md",
    );
  });

  it.each([
    {},
    { GITHUB_REPOSITORY: "../evil" },
    { GITHUB_SERVER_URL: "javascript:x", GITHUB_REPOSITORY: "a/b" },
  ])("is not known of %j", (environment) => {
    expect(documentUrl(environment, "docs/auditing.md")).toBeUndefined();
  });
});
