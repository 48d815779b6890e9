// What a review keeps of what does not fit on one screen: the gravest lines of all stacks, and a count of all else.
import fc from "fast-check";
import { type StackReview } from "../../../../cli/review/classify/classify";
import { directions } from "../../../../cli/review/classify/directions";
import { type Finding, finding } from "../../../../cli/review/classify/finding";
import { type FindingCode } from "../../../../cli/review/classify/findingCodes";
import { phrase } from "../../../../cli/review/classify/phrase";
import { gravest } from "../../../../cli/review/classify/verdict";
import { lineLimit } from "../../../../cli/review/render/layout";
import { renderMarkdown } from "../../../../cli/review/render/renderMarkdown";
import { renderText } from "../../../../cli/review/render/renderText";

const order = Object.keys(directions);
const breakage = { who: phrase`its consumers`, when: phrase`now`, wayBack: phrase`revert` };

function reviewOf(stack: string, findings: readonly Finding[], more: Partial<StackReview> = {}): StackReview {
  return {
    stack,
    findings: [...findings].sort((a, b) => order.indexOf(a.direction) - order.indexOf(b.direction)),
    verdict: gravest(findings.map(({ direction }) => directions[direction].verdict)),
    notes: [],
    expired: [],
    ...more,
  };
}

const line = (code: FindingCode, name: string, subject = name): Finding =>
  finding(subject, code, phrase`about ${name}`, code === "SECRET_RENAMED" ? { breakage } : {});

const mild = (stack: string, more?: Partial<StackReview>): StackReview =>
  reviewOf(
    stack,
    ["a", "b", "c"].map((name) => line("SECRET_TAGS", `${stack}-${name}`)),
    more,
  );

const grave = reviewOf("last", [line("SECRET_TAGS", "tagged"), line("SECRET_RENAMED", "moved")]);
const stacksOf = (count: number, more?: Partial<StackReview>): StackReview[] =>
  Array.from({ length: count }, (_, index) => mild(`s${index + 1}`, more));

it.each([3, 19, 39])("after %d mild stacks the last one's consumers that stop are told in full", (count) => {
  const comment = renderMarkdown([...stacksOf(count), grave]);
  expect(comment.split("\n").length).toBeLessThanOrEqual(lineLimit);
  expect(comment).toMatch(
    /^- \*\*consumers stop\*\*: about `moved`\n {2}\*\*Who:\*\* its consumers\.\n {2}\*\*When:\*\* now\.\n {2}\*\*Way back:\*\* revert\.$/m,
  );
});

it("stacks without room are counted by their verdicts", () => {
  const text = renderText([...stacksOf(39), grave]);
  const [, hidden] =
    /^\.\.\. and (\d+) more stacks \(\1 NEUTRAL\); --json shows all of them\.$/m.exec(text) ?? [];
  const shown = text.match(/^(?:s\d+|last): /gm) ?? [];
  expect(Number(hidden) + shown.length).toBe(40);
});

it("an exclusion that expired is told once, and not once for each stack", () => {
  const expired = [{ credential: "*", reason: "was fine", expiresOn: "2026-01-01" }];
  const comment = renderMarkdown([...stacksOf(5, { expired }), { ...grave, expired }]);
  expect(comment.match(/An exclusion expired/g)).toHaveLength(1);
});

it("as many credentials as there are, where the same is said of all", () => {
  const keys = Array.from({ length: 100 }, (_, index) => `team-${index + 1}`);
  const same = (code: FindingCode): Finding[] => keys.map((key) => finding(key, code, phrase`the same`));
  const others = keys.map((key) => line("SECRET_CREATED", key));
  const text = renderText([reviewOf("dev", [...same("CREDENTIAL_ADDED"), ...same("LIST_GAINS"), ...others])]);
  expect(text).toMatch(/^team-1, .*, and 88 more$/m);
  expect(text).toContain("... and 100 more (100 other); --json shows all of them.");
});

const codes = ["PREVIEW_ERROR", "SECRET_RENAMED", "PERMISSION_ADDED", "CLIENT_DELETED", "ROTATED"] as const;
const mildCodes = ["LIST_LOSES", "SECRET_TAGS"] as const;

it("a line is hidden only where no lesser one is shown in its stack; of who stops only where nothing lesser is shown at all", () => {
  const some = fc.array(
    fc.array(fc.tuple(fc.constantFrom(...codes, ...mildCodes), fc.integer({ min: 0, max: 9 })), {
      maxLength: 40,
    }),
    { minLength: 1, maxLength: 40 },
  );
  fc.assert(
    fc.property(some, (stacks) => {
      const reviews = stacks.map((lines, stack) =>
        reviewOf(
          `stack-${stack}`,
          lines.map(([code, subject], index) => line(code, `f-${stack}-${index}-`, `c-${subject}`)),
        ),
      );
      const text = renderText(reviews);
      expect(text.split("\n").length).toBeLessThanOrEqual(lineLimit);
      const shown = ({ phrase: words }: Finding): boolean =>
        text.includes((words[1] as { name: string }).name);
      const gravity = (one: Finding): number => order.indexOf(one.direction);
      const all = reviews.flatMap(({ findings }) => findings);
      const mildest = Math.max(-1, ...all.filter(shown).map(gravity));
      for (const one of all.filter((finding) => !shown(finding) && gravity(finding) <= 1)) {
        expect(gravity(one)).toBeGreaterThanOrEqual(mildest);
      }
      for (const { stack, findings } of reviews) {
        const [seen, hidden] = [findings.filter(shown), findings.filter((one) => !shown(one))];
        for (const one of hidden) {
          expect(gravity(one)).toBeGreaterThanOrEqual(Math.max(-1, ...seen.map(gravity)));
        }
        if (seen.length > 0 && hidden.length > 0) {
          const section =
            reviews.length === 1 ? text : (text.split(`\n${stack}: `)[1]?.split(/\nstack-/)[0] ?? "");
          expect(section).toContain(`... and ${hidden.length} more (`);
        }
      }
    }),
    { numRuns: 60 },
  );
});
