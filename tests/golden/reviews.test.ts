// The reviews of realistic pull requests: what each tells its reader, and the whole of it (tests/golden/reviews/*.txt, to be read as a
// reviewer would). REWRITE_GOLDEN=1 writes them anew; the previews come from the real engine (tests/engine/review.test.ts).
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { groupBy } from "../../common/groupBy";
import { classify, type StackReview } from "../../cli/review/classify/classify";
import { defaultSettings } from "../../cli/review/classify/exclusions";
import { lineLimit } from "../../cli/review/render/layout";
import { parsePreview } from "../../cli/review/plan/preview";
import { renderMarkdown } from "../../cli/review/render/renderMarkdown";
import { renderText } from "../../cli/review/render/renderText";
import { planOf } from "../../cli/review/plan/stackPlan";
import { deployedAtMs } from "./corpus/deployedStacks";
import { type Lines, type PullRequest } from "./corpus/pullRequest";
import { readPreview } from "./previewFixture";
import { pullRequests } from "./pullRequests";
import { type Kind, type ReadLine, readMarkdown, readText, withoutCode } from "./readComment";

const dayMs = 86_400_000;
/** Days after the deployment: some clients are young enough to be lost, or old enough to come back. */
const [youngDays, oldDays] = [9, 97];

const reviewOf = (name: string, days = youngDays): StackReview =>
  classify(planOf(parsePreview(readPreview(name), name)), defaultSettings, deployedAtMs + days * dayMs);

function golden(name: string, text: string): void {
  const path = join(__dirname, "reviews", `${name}.txt`);
  if (process.env["REWRITE_GOLDEN"] === "1") {
    writeFileSync(path, text);
  }
  expect(text).toBe(readFileSync(path, "utf8"));
}

const each = pullRequests.map((pullRequest) => [pullRequest.name, pullRequest] as const);

describe.each([
  ["the comment", renderMarkdown, readMarkdown, (text: string) => withoutCode(text).replace(/^## /, "")],
  ["the text", renderText, readText, (text: string) => text],
] as const)("%s of realistic pull requests", (_form, render, read, shown) => {
  it.each(each)("%s begins with what matters most", (name, { firstLine }) => {
    expect(shown(render([reviewOf(name)])).split("\n")[0]).toBe(firstLine);
  });

  it.each(each)(
    "%s: a reader knows what gets wider, who stops and when, and what cannot be undone",
    (name, { mustKnow }) => {
      const comment = render([reviewOf(name)]);
      const lines = read(comment);
      const isCut = mustKnow.says?.some((words) => words.includes("--json")) === true;
      if (!isCut) {
        expect(linesOf(lines, "wider")).toEqual(matching(mustKnow.wider));
      }
      expect(linesOf(lines, "blocked")).toEqual(matching(subjectsOf(mustKnow.blocked, ({ what }) => what)));
      expect(linesOf(lines, "breaks")).toEqual(matching(subjectsOf(mustKnow.stops, ({ line }) => line)));
      expect(linesOf(lines, "narrower")).toEqual(matching(mustKnow.narrower));
      expect(linesOf(lines, "rotated")).toEqual(matching(mustKnow.rotated));
      const forGood = lines.filter(({ kind, isForGood }) => kind === "lost" || isForGood);
      expect(bySubject(forGood)).toEqual(matching(mustKnow.forGood));
      for (const [subject, stops] of Object.entries(mustKnow.stops ?? {})) {
        expect(belowOf(lines, subject, "breaks")).toEqual(
          stops.map(({ who, when, wayBack }) => ({
            who: containing(who),
            when: containing(when),
            "way back": containing(wayBack),
          })),
        );
      }
      for (const [subject, blocks] of Object.entries(mustKnow.blocked ?? {})) {
        expect(belowOf(lines, subject, "blocked")).toEqual(
          blocks.map(({ remedy }) => ({ remedy: containing(remedy) })),
        );
      }
      for (const words of mustKnow.says ?? []) {
        expect(shown(comment)).toContain(words);
      }
      for (const words of mustKnow.saysNot ?? []) {
        expect(shown(comment)).not.toContain(words);
      }
    },
  );

  it.each(each)("%s fits on a screen, and no line leaves a question open", (name) => {
    const comment = render([reviewOf(name)]);
    expect(comment.split("\n").length).toBeLessThanOrEqual(lineLimit);
    expect(comment).not.toMatch(
      /undefined|NaN|\[object |\bnull\b|04da6b54-80e4-46f7-96ec-b56ff0331ba9|canary-/,
    );
    for (const { kind, below, text } of read(comment)) {
      // Who may do less may or may not stop.
      const wanted = kind === "narrower" && Object.keys(below).length > 0 ? labels.breaks : labels[kind];
      expect([text, Object.keys(below).sort()]).toEqual([text, wanted ?? []]);
      expect(text).toMatch(/\S/);
    }
  });
});

/** What has to stand below a line of a kind. */
const labels: Readonly<Partial<Record<Kind, readonly string[]>>> = {
  blocked: ["remedy"],
  breaks: ["way back", "when", "who"],
};

const containing = (words: string): string => expect.stringContaining(words) as string;

const subjectsOf = <T>(
  all: Readonly<Record<string, readonly T[]>> | undefined,
  words: (one: T) => string,
): Lines =>
  Object.fromEntries(Object.entries(all ?? {}).map(([subject, some]) => [subject, some.map(words)]));

const matching = (lines: Lines = {}): Lines =>
  Object.fromEntries(Object.entries(lines).map(([subject, some]) => [subject, some.map(containing)]));

const bySubject = (lines: readonly ReadLine[]): Lines =>
  Object.fromEntries(
    [...groupBy(lines, ({ subject }) => subject)].map(([subject, some]) => [
      subject,
      some.map(({ text }) => text),
    ]),
  );

const linesOf = (lines: readonly ReadLine[], kind: Kind): Lines =>
  bySubject(lines.filter((line) => line.kind === kind));

const belowOf = (lines: readonly ReadLine[], of: string, kind: Kind): ReadLine["below"][] =>
  lines.filter((line) => line.subject === of && line.kind === kind).map(({ below }) => below);

describe("reviews of realistic pull requests", () => {
  it("each has a fixture and a golden, and there is no other", () => {
    const names = pullRequests.map(({ name }) => name);
    const files = (folder: string): string[] =>
      readdirSync(join(__dirname, folder)).map((file) => file.replace(/\.\w+$/, ""));
    expect(files("previews").sort()).toEqual(names);
    expect(files("reviews").sort()).toEqual(
      [...names, "08-credential-deleted-later", "one-stack-broken", "several-stacks"].sort(),
    );
  });

  it.each(each)("%s, whole", (name, { title, mustKnow }: PullRequest) => {
    const review = reviewOf(name);
    golden(
      name,
      `Pull request: ${title}\nA reviewer must know: ${mustKnow.inWords}\n\n${renderMarkdown([review])}\n--- as text ---\n\n${renderText([review])}\n`,
    );
  });

  it.each(each)("%s: the preview holds no secret", (name) => {
    expect(readPreview(name)).not.toContain("canary-");
  });

  it("the same deletion 97 days later can be undone", () => {
    const review = reviewOf("08-credential-deleted", oldDays);
    golden("08-credential-deleted-later", renderMarkdown([review]));
    expect(review.findings.flatMap(({ risks }) => risks)).toEqual([]);
  });

  it("two stacks in one comment, one of them broken: both are told, the broken one first", () => {
    const comment = renderMarkdown([reviewOf("84-integration-renamed"), reviewOf("12-unknown-division")]);
    golden("one-stack-broken", comment);
    expect(comment).toMatch(/^## BLOCKED: `dev` BLOCKED, `prod` NEUTRAL\n/);
    expect(readMarkdown(comment).map(({ kind }) => kind)).toEqual(["blocked", "neutral"]);
  });

  it("all of them in one comment stay on one screen", () => {
    const text = renderMarkdown(pullRequests.map(({ name }) => reviewOf(name)));
    expect(text.split("\n").length).toBeLessThanOrEqual(lineLimit);
    golden("several-stacks", text);
  });

  it("what the preview leaves out because it stays the same changes nothing in the review", () => {
    const lines = (name: string): string => renderText([reviewOf(name)]);
    expect(lines("20-shown-sames")).toBe(lines("03-permission-added"));
  });
});
