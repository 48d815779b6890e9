// Fits a review onto one screen: as many lines as there is room for, the gravest first, and a count of the rest.
import { notManaged } from "../../../genesys/knowledge/grant";
import { groupBy } from "../../../common/groupBy";
import { type Finding } from "../classify/finding";
import { describeGrant } from "../classify/classifyGrants";
import { type StackReview } from "../classify/classify";
import { type Phrase } from "../classify/phrase";
import { gravestFirst, headline } from "./headline";
import { notesBelow } from "./notes";

/** What a reviewer reads without scrolling far. Lines. */
export const lineLimit = 60;

/** GitHub's limit for a comment is 65,536 characters; the rest is for the hidden marker. */
export const characterLimit = 65_000;

/** A part of a review: for each stack its first findings. */
interface Section {
  readonly review: StackReview;
  readonly shown: readonly Finding[];
  readonly hiddenCount: number;
}

/** How the parts of a review are written. */
export interface Form {
  readonly head: (words: Phrase) => string;
  /** Stands above a stack that is not the only one. */
  readonly title: (review: StackReview) => string;
  /** Of at least one finding. */
  readonly rows: (shown: readonly Finding[]) => readonly string[];
  readonly note: (words: Phrase) => string;
  /** The last lines. */
  readonly end: readonly string[];
}

/** The fullest rendering that fits: the headline, the lines of each stack's section, and how many stacks found no room. */
export function fitToScreen(unordered: readonly StackReview[], form: Form): string {
  const linesOf = ({ review, shown, hiddenCount }: Section): readonly string[] => [
    ...(unordered.length === 1 ? [] : ["", form.title(review)]),
    ...(shown.length === 0 ? [] : ["", ...form.rows(shown)]),
    // Where nothing of a stack is shown, its own line counts it.
    ...(hiddenCount === 0 || shown.length === 0 ? [] : ["", restOf(hiddenCount)]),
    ...notesBelow(review).flatMap((note) => ["", form.note(note)]),
  ];
  const render = (sections: readonly Section[], hiddenStacks: number): string =>
    [
      form.head(headline(unordered)),
      ...sections.flatMap(linesOf),
      ...(hiddenStacks > 0 ? ["", `... and ${hiddenStacks} more stacks.`] : []),
      ...form.end,
    ].join("\n");
  const reviews = gravestFirst(unordered);
  const fits = (text: string): boolean =>
    text.split("\n").length <= lineLimit && text.length <= characterLimit;
  for (let rows = lineLimit; rows >= 0; rows--) {
    const sections = reviews.map((review) => sectionOf(review, rows));
    const text = render(sections, 0);
    if (fits(text)) {
      return text;
    }
  }
  const bare = reviews.map((review) => sectionOf(review, 0));
  for (let stacks = reviews.length - 1; stacks > 0; stacks--) {
    const text = render(bare.slice(0, stacks), reviews.length - stacks);
    if (fits(text)) {
      return text;
    }
  }
  return render([], reviews.length);
}

function sectionOf(review: StackReview, rows: number): Section {
  const findings = review.findings.length <= rows ? review.findings : grouped(review.findings);
  return { review, shown: findings.slice(0, rows), hiddenCount: Math.max(0, findings.length - rows) };
}

/** Tuples that differ in their action only become one line, at the place of the first. */
function grouped(findings: readonly Finding[]): Finding[] {
  const groups = groupBy(findings, (one) =>
    one.grant === undefined || one.grant.domain === notManaged
      ? one
      : JSON.stringify([
          one.subject,
          one.direction,
          one.risks,
          one.accepted,
          { ...one.grant, action: undefined },
        ]),
  );
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    const { grant } = first ?? {};
    if (first === undefined || grant === undefined || group.length === 1) {
      return group;
    }
    const actions = group.flatMap((one) => one.grant?.action ?? []).join(",");
    return [{ ...first, phrase: describeGrant({ ...grant, action: `{${actions}}` }) }];
  });
}

function restOf(hiddenCount: number): string {
  return `... and ${hiddenCount} more ${hiddenCount === 1 ? "line" : "lines"}; --json shows all of them.`;
}
