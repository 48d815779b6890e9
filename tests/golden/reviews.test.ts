// The reviews of realistic pull requests, whole: read tests/golden/reviews/*.txt as a reviewer would.
// REWRITE_GOLDEN=1 writes them anew; the previews come from the real engine (tests/engine/review.test.ts).
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { classify, type StackReview } from "../../cli/review/classify/classify";
import { defaultSettings } from "../../cli/review/classify/exclusions";
import { lineLimit } from "../../cli/review/render/layout";
import { parsePreview } from "../../cli/review/plan/preview";
import { renderMarkdown } from "../../cli/review/render/renderMarkdown";
import { renderText } from "../../cli/review/render/renderText";
import { planOf } from "../../cli/review/plan/stackPlan";
import { type Verdict } from "../../cli/review/classify/verdict";
import { readPreview } from "./previewFixture";
import { deployedAtMs, pullRequests } from "./pullRequests";

const dayMs = 86_400_000;
/** Days after the deployment: some clients are young enough to be lost, or old enough to come back. */
const [youngDays, oldDays] = [9, 97];

const reviewOf = (name: string, days: number): StackReview =>
  classify(planOf(parsePreview(readPreview(name), name)), defaultSettings, deployedAtMs + days * dayMs);

function golden(name: string, text: string): void {
  const path = join(__dirname, "reviews", `${name}.txt`);
  if (process.env["REWRITE_GOLDEN"] === "1") {
    writeFileSync(path, text);
  }
  expect(text).toBe(readFileSync(path, "utf8"));
}

const verdicts: Readonly<Record<string, Verdict>> = {
  "01-no-change": "NO CHANGE",
  "02-new-credential": "WIDENED",
  "03-permission-added": "WIDENED",
  "04-permission-removed": "NARROWED",
  "05-division-to-all": "WIDENED",
  "06-rotation": "ROTATED",
  "07-emergency-rotation": "BREAKS",
  "08-credential-deleted": "BREAKS",
  "09-description-only": "NEUTRAL",
  "10-secret-moved": "BREAKS",
  "11-overlap-closed": "NARROWED",
  "12-unknown-division": "BLOCKED",
  "13-escalation": "WIDENED",
  "14-role-renamed": "NEUTRAL",
  "15-overlap-none": "BREAKS",
  "16-first-rotation": "BREAKS",
  "17-revoked": "BREAKS",
  "18-payload-spelling": "BREAKS",
  "19-everything-deleted": "BREAKS",
  "20-shown-sames": "WIDENED",
  "21-first-update": "WIDENED",
  "22-policy-violated": "BLOCKED",
  "23-wildcard": "WIDENED",
  "24-integration-credential": "WIDENED",
  "25-clients-kept": "NEUTRAL",
  "26-rotation-reverted": "ROTATED",
  "27-rotation-kept": "ROTATED",
  "28-emergency-kept": "BREAKS",
  "29-clients-replaced": "NEUTRAL",
  "30-rotation-kept-reverted": "ROTATED",
  "31-upgrade": "NEUTRAL",
  "32-upgrade-and-rotation": "ROTATED",
  "33-adopted-rotation": "ROTATED",
  "34-integration-rotation": "ROTATED",
  "35-restored": "WIDENED",
  "36-key-removed": "BLOCKED",
};

describe("reviews of realistic pull requests", () => {
  it("there is a verdict for each", () => {
    expect(pullRequests.map(({ name }) => name)).toEqual(Object.keys(verdicts));
  });

  it.each(pullRequests.map(({ name, title }) => [name, title] as const))("%s: %s", (name, title) => {
    const review = reviewOf(name, youngDays);
    expect(review.verdict).toBe(verdicts[name]);
    const text = renderText([review]);
    expect(text).toMatch(new RegExp(`^${review.verdict}: dev`));
    golden(name, `Pull request: ${title}\n\n${renderMarkdown([review])}\n--- as text ---\n\n${text}\n`);
  });

  it.each(pullRequests.map(({ name }) => [name]))("%s: the preview holds no secret", (name) => {
    expect(readPreview(name)).not.toContain("canary-");
  });

  it("the same deletion 97 days later can be undone", () => {
    const review = reviewOf("08-credential-deleted", oldDays);
    golden("08-credential-deleted-later", renderMarkdown([review]));
    expect(review.findings.flatMap(({ risks }) => risks)).toEqual([]);
  });

  it("all of them in one comment stay on one screen", () => {
    const text = renderMarkdown(pullRequests.map(({ name }) => reviewOf(name, youngDays)));
    expect(text.split("\n").length).toBeLessThanOrEqual(lineLimit);
    golden("several-stacks", text);
  });

  it("what the preview leaves out because it stays the same changes nothing in the review", () => {
    const lines = (name: string): string => renderText([reviewOf(name, youngDays)]);
    expect(lines("20-shown-sames")).toBe(lines("03-permission-added"));
  });
});
