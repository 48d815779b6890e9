// The reviews of realistic pull requests in the forms for programs: JSON by its published schema, SARIF by the standard's.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Ajv from "ajv";
import { classify, type StackReview } from "../../cli/review/classify/classify";
import { defaultSettings, parseReviewSettings } from "../../cli/review/classify/exclusions";
import { parsePreview } from "../../cli/review/plan/preview";
import { planOf } from "../../cli/review/plan/stackPlan";
import { jsonOf } from "../../cli/review/render/renderJson";
import { sarifOf } from "../../cli/review/render/renderSarif";
import { WrittenPlaces } from "../../cli/stackFile/writtenPlaces";
import { type Sarif, sarifProblems, type SarifResult } from "../sarifSchema";
import { readPreview } from "./previewFixture";

const names = readdirSync(join(__dirname, "previews")).map((file) => file.replace(/\.json$/, ""));
const nowMs = Date.parse("2026-11-01T09:00:00Z");

/** Accepts, forbids, and has something that is over. */
const settings = parseReviewSettings(
  `forbid: { wildcards: true, allDivisions: true }
exclusions:
  - { credential: "*", risk: data export, reason: what they are for, expiresOn: 2027-03-31 }
  - { credential: archive, permission: "recording:*:*", reason: over, expiresOn: 2026-03-31 }`,
  "review.yaml",
);

const schemaPath = join(__dirname, "..", "..", "schemas", "review.schema.json");
const isReview = new Ajv().compile(JSON.parse(readFileSync(schemaPath, "utf8")) as object);

const reviewsOf = (name: string): StackReview[] =>
  [defaultSettings, settings].map((one) =>
    classify(planOf(parsePreview(readPreview(name), name)), one, nowMs),
  );

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "program-forms-"));
  writeFileSync(join(folder, "Pulumi.yaml"), "name: genesys-credentials\nruntime: nodejs\n");
  const keys = ["roles", "credentials"].map((section) => `  genesys-credentials:${section}:\n`);
  writeFileSync(
    join(folder, "Pulumi.dev.yaml"),
    `config:\n${keys[0] ?? ""}    crm-writer: {}\n${keys[1] ?? ""}    nightly-report: {}\n    crm-sync: {}\n`,
  );
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const sarif = (reviews: readonly StackReview[]): Sarif =>
  sarifOf(reviews, new WrittenPlaces(folder), {}) as Sarif;
const resultsOf = (reviews: readonly StackReview[]): readonly SarifResult[] => sarif(reviews).runs[0].results;

/** Whether the repository has the page, and the page the heading. */
function isThere(top: string, uri: string): boolean {
  const [, page = "", anchor = ""] = /\/blob\/HEAD\/([^#]+)#(.+)$/.exec(uri) ?? [];
  const headings = [...readFileSync(join(top, page), "utf8").matchAll(/^#+ (.*)$/gm)].map(
    ([, text = ""]) => text,
  );
  return headings.some((text) => text.toLowerCase().replaceAll(" ", "-") === anchor);
}

describe("as JSON", () => {
  it.each(names)("%s is right by the schema and has every line", (name) => {
    const reviews = reviewsOf(name);
    const report = JSON.parse(JSON.stringify(jsonOf(reviews))) as ReturnType<typeof jsonOf>;
    expect(
      isReview(report) ? [] : isReview.errors?.map(({ instancePath, message }) => [instancePath, message]),
    ).toEqual([]);
    expect(report.stacks.map(({ findings }) => findings.map(({ code }) => code))).toEqual(
      reviews.map(({ findings }) => findings.map(({ code }) => code)),
    );
  });

  it("nothing that does not apply is absent", () => {
    const [first] = jsonOf(reviewsOf("03-permission-added")).stacks;
    expect({ ...first, summary: "", findings: first?.findings.slice(0, 1) }).toEqual({
      stack: "dev",
      previewedAt: null,
      verdict: "WIDENED",
      summary: "",
      findings: [
        {
          code: "PERMISSION_ADDED",
          subject: "nightly-report",
          direction: "wider",
          text: "outbound:contact:view in home",
          details: [],
          breakage: null,
          remedy: null,
          risks: ["data export"],
          grant: {
            domain: "outbound",
            entity: "contact",
            action: "view",
            division: "home",
            condition: null,
            existingRole: null,
            generalPermission: null,
            role: "reporting-reader",
          },
          formerDivisions: [],
          accepted: null,
        },
      ],
      notes: [],
      expiredExclusions: [],
    });
  });

  it("says what is accepted, and what counts no more", () => {
    const [, second] = jsonOf(reviewsOf("03-permission-added")).stacks;
    expect(second?.findings[0]).toMatchObject({
      risks: [],
      accepted: { reason: "what they are for", expiresOn: "2027-03-31" },
    });
    expect(second?.expiredExclusions).toEqual([
      {
        credential: "archive",
        risk: null,
        permission: "recording:*:*",
        reason: "over",
        expiresOn: "2026-03-31",
      },
    ]);
  });

  it("says when the preview was made, where that is known", () => {
    const previewedAt = "2026-11-28T09:00:00.000Z";
    const saved = { ...(JSON.parse(readPreview("06-rotation")) as object), savedForm: 1, previewedAt };
    const review = classify(planOf(parsePreview(JSON.stringify(saved), "test")), defaultSettings, nowMs);
    expect(jsonOf([review]).stacks[0]?.previewedAt).toBe(previewedAt);
  });

  it.each([{ formatVersion: 2 }, { verdict: "FINE" }, { stacks: [{ stack: "dev" }] }, { more: 1 }])(
    "the schema refuses %j",
    (change) => {
      expect(isReview({ ...jsonOf(reviewsOf("06-rotation")), ...change })).toBe(false);
    },
  );
});

describe("as SARIF", () => {
  it.each(names)("%s is right by the schema and has every line", (name) => {
    const reviews = reviewsOf(name);
    expect(sarifProblems(sarif(reviews))).toEqual([]);
    expect(resultsOf(reviews).map(({ ruleId }) => ruleId)).toEqual(
      reviews.flatMap(({ findings }) => findings.map(({ code }) => code)),
    );
  });

  it.each([
    ["06-rotation", "nightly-report", "Pulumi.dev.yaml:5"],
    ["08-credential-deleted", "crm-sync", "Pulumi.dev.yaml:6"],
    ["02-new-credential", "archive", "Pulumi.dev.yaml:4"], // is not in this file: where it would be
    ["23-wildcard", "role crm-writer", "Pulumi.dev.yaml:3"],
    ["22-policy-violated", undefined, "Pulumi.dev.yaml:1"],
  ])("%s: %s is at %s", (name, subject, place) => {
    const result = resultsOf(reviewsOf(name)).find(({ properties }) => properties["subject"] === subject);
    const { artifactLocation, region } = result?.locations[0].physicalLocation ?? {};
    expect(`${artifactLocation?.uri ?? ""}:${region?.startLine ?? ""}`).toBe(place);
  });

  it("says who stops, when, and the way back", () => {
    const [stops] = resultsOf(reviewsOf("07-emergency-rotation"));
    expect(stops).toMatchObject({ ruleId: "COPIES_STOP", level: "error" });
    expect(stops?.message.text).toMatch(
      /^nightly-report: consumers stop: every copy of the present secret stops working.*\. Who: .*\. When: .*\. Way back: .*\.$/,
    );
  });

  it("each code leads to a section of the page that there is", () => {
    const environment = { GITHUB_REPOSITORY: "example/credentials" };
    const [{ tool }] = (sarifOf([], new WrittenPlaces(folder), environment) as Sarif).runs;
    const top = join(__dirname, "..", "..");
    expect(tool.driver.rules.map(({ helpUri = "" }) => helpUri).filter((uri) => !isThere(top, uri))).toEqual(
      [],
    );
  });

  it("the same preview a week later has the same fingerprints", () => {
    const marks = (days: number): string[] => {
      const weekMs = days * 86_400_000;
      const plan = planOf(parsePreview(readPreview("07-emergency-rotation"), "test"));
      return resultsOf([classify(plan, defaultSettings, nowMs + weekMs)]).map(
        (one) => one.partialFingerprints.primaryLocationLineHash,
      );
    };
    expect(marks(7)).toEqual(marks(0));
  });

  it("tells what the review could not see, and exclusions that are over", () => {
    const [{ invocations }] = sarif(reviewsOf("12-unknown-division")).runs;
    const told = invocations[0].toolExecutionNotifications.map(({ message }) => message.text).join("\n");
    expect(told).toContain("dev: The preview did not get to its end");
    expect(told).toContain("An exclusion expired after 2026-03-31: archive");
  });
});
