// Fits a review onto one screen: as many lines as there is room for, the gravest first, and a count of the rest.
import { type Finding } from "../classify/finding";
import { phrase } from "../classify/phrase";
import { type StackReview } from "../classify/classify";
import { verdicts } from "../classify/verdict";

/** What a reviewer reads without scrolling far. Lines. */
export const lineLimit = 60;

/** GitHub's limit for a comment is 65,536 characters; the rest is for the hidden marker. */
export const characterLimit = 65_000;

/** A part of a review: for each stack its first findings. */
export interface Section {
  readonly review: StackReview;
  readonly shown: readonly Finding[];
  readonly hiddenCount: number;
}

/** Renders the sections of `shown` stacks; `hiddenStacks` are named only by their number. */
export type RenderSections = (sections: readonly Section[], hiddenStacks: number) => string;

/** The fullest rendering that fits. */
export function fitToScreen(unordered: readonly StackReview[], render: RenderSections): string {
  // What does not fit is cut at the end: there the mildest stacks are.
  const reviews = [...unordered].sort((a, b) => verdicts.indexOf(b.verdict) - verdicts.indexOf(a.verdict));
  const fits = (text: string): boolean =>
    text.split("\n").length <= lineLimit && text.length <= characterLimit;
  for (let rows = lineLimit; rows >= 0; rows--) {
    const text = render(
      reviews.map((review) => sectionOf(review, rows)),
      0,
    );
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
  const groups = new Map<string, Finding[]>();
  for (const [index, one] of findings.entries()) {
    const { grant } = one;
    const key =
      grant === undefined || grant.existingRole !== undefined
        ? String(index)
        : JSON.stringify([
            one.subject,
            one.direction,
            one.risks,
            one.accepted,
            { ...grant, action: undefined },
          ]);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    const { grant } = first ?? {};
    if (first === undefined || grant === undefined || group.length === 1) {
      return group;
    }
    const actions = group.flatMap((one) => one.grant?.action ?? []).join(",");
    const place = grant.division === "*" ? phrase`every division` : phrase`${grant.division}`;
    const condition = grant.condition === undefined ? phrase`` : phrase` if ${grant.condition}`;
    return [
      {
        ...first,
        phrase: phrase`${`${grant.domain}:${grant.entity}:{${actions}}`} in ${place}${condition}`,
      },
    ];
  });
}

/** The sentence about what did not fit; empty where everything did, or where the stack's own line counts it. */
export function restOf({ shown, hiddenCount }: Section): string {
  return hiddenCount === 0 || shown.length === 0
    ? ""
    : `... and ${hiddenCount} more ${hiddenCount === 1 ? "line" : "lines"}; --json shows all of them.`;
}
