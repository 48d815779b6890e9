// Names that somebody chose with bad intent: never obeyed by Markdown, and never more than a screen.
import fc from "fast-check";
import { type StackReview } from "../../cli/review/classify/classify";
import { finding } from "../../cli/review/classify/finding";
import { characterLimit, lineLimit } from "../../cli/review/render/layout";
import { code } from "../../cli/terminal/markdownCode";
import { cell, markdownOf } from "../../cli/review/render/markdownText";
import { phrase } from "../../cli/review/classify/phrase";
import { renderMarkdown } from "../../cli/review/render/renderMarkdown";
import { renderText } from "../../cli/review/render/renderText";
import { verdicts } from "../../cli/review/classify/verdict";

const nasty = fc.oneof(
  fc.string({ unit: "binary" }),
  fc
    .array(
      fc.constantFrom(
        "`",
        "``",
        "|",
        "\\",
        "\n",
        "\r",
        "<b>",
        "-->",
        "<!--",
        "@team",
        "#1",
        "[x](y)",
        " ",
        "a",
        "\u202e",
        "\u2028",
      ),
      { maxLength: 12 },
    )
    .map((parts) => parts.join("")),
);

/** The text of a code span, read as CommonMark does; undefined when it is not exactly one span. */
function spanText(markdown: string): string | undefined {
  const fence = /^`+/.exec(markdown)?.[0] ?? "";
  const inner = markdown.slice(fence.length, markdown.length - fence.length);
  const runs = inner.match(/`+/g) ?? [];
  const closes = markdown.endsWith(fence) && !markdown.endsWith(`\`${fence}`);
  return fence !== "" && closes && runs.every((run) => run.length !== fence.length) ? inner : undefined;
}

describe("names in Markdown", () => {
  it("are one code span on one line", () => {
    fc.assert(
      fc.property(nasty, (name) => {
        const markdown = code(name);
        expect(markdown).not.toMatch(/[\n\r\u2028\u2029\u202e]/);
        if (markdown !== "(none)") {
          expect(spanText(markdown)).toBeDefined();
        }
      }),
      { numRuns: 2000 },
    );
  });

  it("never end a table's cell", () => {
    fc.assert(
      fc.property(nasty, (name) => {
        const text = cell(markdownOf(phrase`secret ${name} moves`));
        expect(text.replaceAll("\\|", "")).not.toContain("|");
      }),
    );
  });

  it("reviews of any size stay on one screen and below GitHub's limit", () => {
    const review: fc.Arbitrary<StackReview> = fc.record({
      stack: nasty,
      verdict: fc.constantFrom(...verdicts),
      findings: fc.array(
        fc
          .tuple(
            nasty,
            nasty,
            fc.constantFrom("PREVIEW_ERROR", "PERMISSION_ADDED", "SECRET_RENAMED", "LIST_LOSES" as const),
            fc.integer({ min: 1, max: 400 }),
          )
          .map(([subject, name, code, times]) =>
            finding(subject, code, phrase`is now ${name.repeat(times)}`),
          ),
        { maxLength: 90 },
      ),
      notes: fc.array(fc.constant("A note."), { maxLength: 1 }),
      expired: fc.array(
        fc.record({ credential: nasty, reason: nasty, expiresOn: fc.constant("2026-01-01") }),
        { maxLength: 20 },
      ),
    });
    fc.assert(
      fc.property(fc.array(review, { minLength: 1, maxLength: 40 }), (reviews) => {
        for (const render of [renderMarkdown, renderText]) {
          const text = render(reviews);
          expect(text.split("\n").length).toBeLessThanOrEqual(lineLimit);
          expect(text.length).toBeLessThanOrEqual(characterLimit);
          expect(verdicts.some((verdict) => text.split("\n")[0]!.includes(verdict))).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });
});
