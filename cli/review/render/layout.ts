// Fits a review onto one screen: as many lines as there is room for, the gravest of all stacks first, and a count of the rest.
import { type StackReview } from "../classify/classify";
import { directions, gravityOf } from "../classify/directions";
import { type Phrase } from "../classify/phrase";
import { verdicts } from "../classify/verdict";
import { countsOf, gravestFirst, headline } from "./headline";
import { groupsOf, type Item, type ItemGroup, itemsOf } from "./items";
import { expiredNotes, planNotes } from "./notes";

/** What a reviewer reads without scrolling far. Lines. */
export const lineLimit = 60;

/** GitHub's limit for a comment is 65,536 characters; the rest is for the hidden marker. */
export const characterLimit = 65_000;

/** How the parts of a review are written. */
export interface Form {
  readonly head: (words: Phrase) => string;
  /** Stands above a stack that is not the only one. */
  readonly title: (review: StackReview) => string;
  /** The lines of one credential or role, of at least one item. */
  readonly group: (group: ItemGroup) => readonly string[];
  readonly note: (words: Phrase) => string;
  /** The last lines. */
  readonly end: readonly string[];
}

/** The fullest rendering that fits: the headline, the lines of each stack's section, and how many stacks found no room. */
export function fitToScreen(unordered: readonly StackReview[], form: Form): string {
  const reviews = gravestFirst(unordered);
  const lines = gravestLines(reviews);
  const linesByStack = reviews.map((_review, stack) => lines.filter((line) => line.stack === stack));
  const head = form.head(headline(unordered));
  const titles = reviews.map((review) => (reviews.length === 1 ? [] : ["", form.title(review)]));
  const notes = reviews.map((review) => planNotes(review).flatMap((note) => ["", form.note(note)]));
  const end = [...expiredNotes(reviews).flatMap((note) => ["", form.note(note)]), ...form.end];
  const render = (sections: readonly (readonly string[])[], stacks: number): readonly string[] => {
    const left = reviews.slice(stacks);
    const more = left.length === 0 ? [] : ["", moreStacks(left)];
    return [head, ...sections.slice(0, stacks).flat(), ...more, ...end];
  };
  const grave = lines.filter(({ item }) => isGrave(item)).length;
  for (const count of countsToTry(lines, grave)) {
    const shown = new Set(lines.slice(0, count));
    const sections = linesByStack.map((own, stack) => [
      ...(titles[stack] ?? []),
      ...itemLines(own, shown, form),
      ...(notes[stack] ?? []),
    ]);
    // A stack without a grave line gives way to who stops elsewhere, and to nothing less.
    const least = count > grave ? reviews.length : Math.max(0, ...[...shown].map(({ stack }) => stack + 1));
    for (let stacks = reviews.length; stacks >= least; stacks--) {
      const rendered = render(sections, stacks);
      if (rendered.length <= lineLimit) {
        const text = rendered.join("\n");
        if (text.length <= characterLimit) {
          return text;
        }
      }
    }
  }
  return render([], 0).join("\n");
}

/** The lines of one stack that are shown, by whom they concern, and a count of the others. */
function itemLines(own: readonly Line[], shown: ReadonlySet<Line>, form: Form): readonly string[] {
  const items = own.filter((line) => shown.has(line)).map(({ item }) => item);
  const hidden = own.filter((line) => !shown.has(line)).map(({ item }) => item);
  // Where nothing of a stack is shown, its own line counts it.
  return items.length === 0
    ? []
    : [
        ...groupsOf(items).flatMap((group) => ["", ...form.group(group)]),
        ...(hidden.length === 0 ? [] : ["", restOf(hidden)]),
      ];
}

/** A line of the stack at a place in the order of the stacks. */
interface Line {
  readonly stack: number;
  readonly item: Item;
}

/** The lines of all stacks: gravest first, and of equals those of the gravest stack. */
function gravestLines(reviews: readonly StackReview[]): readonly Line[] {
  return reviews
    .flatMap(({ findings }, stack) => itemsOf(findings).map((item) => ({ stack, item })))
    .sort((one, other) => gravityOf(one.item) - gravityOf(other.item));
}

/** How many lines are shown: all, else all down to a gravity, since those of many credentials may be one; else one less each time. */
function countsToTry(lines: readonly Line[], grave: number): readonly number[] {
  const kinds = Object.keys(directions).map(
    (_direction, kind) => lines.filter(({ item }) => gravityOf(item) <= kind).length,
  );
  const few = Array.from({ length: Math.min(lines.length, lineLimit) + 1 }, (_, count) => count);
  return [...new Set([...kinds, grave, ...few])].sort((one, other) => other - one);
}

/** What nobody may miss for the sake of anything else. */
const isGrave = ({ direction }: Item): boolean => direction === "blocked" || direction === "breaks";

function moreStacks(left: readonly StackReview[]): string {
  const counts = verdicts
    .map((verdict) => [left.filter((one) => one.verdict === verdict).length, verdict] as const)
    .filter(([count]) => count > 0)
    .reverse();
  const words = counts.map(([count, verdict]) => `${count} ${verdict}`).join(", ");
  return `... and ${left.length} more ${left.length === 1 ? "stack" : "stacks"} (${words}); --json shows all of them.`;
}

function restOf(hidden: readonly Item[]): string {
  return `... and ${hidden.length} more (${countsOf({ findings: hidden })}); --json shows all of them.`;
}
