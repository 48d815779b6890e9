// Fits a review onto one screen: as many lines as there is room for, the gravest first, and a count of the rest.
import { type StackReview } from "../classify/classify";
import { type Phrase } from "../classify/phrase";
import { countsOf, gravestFirst, headline } from "./headline";
import { groupsOf, type Item, type ItemGroup, itemsOf } from "./items";
import { notesBelow } from "./notes";

/** What a reviewer reads without scrolling far. Lines. */
export const lineLimit = 60;

/** GitHub's limit for a comment is 65,536 characters; the rest is for the hidden marker. */
export const characterLimit = 65_000;

/** A part of a review: for each stack its first lines. */
interface Section {
  readonly review: StackReview;
  readonly shown: readonly Item[];
  readonly hidden: readonly Item[];
}

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
  const linesOf = ({ review, shown, hidden }: Section): readonly string[] => [
    ...(unordered.length === 1 ? [] : ["", form.title(review)]),
    ...groupsOf(shown).flatMap((group) => ["", ...form.group(group)]),
    // Where nothing of a stack is shown, its own line counts it.
    ...(hidden.length === 0 || shown.length === 0 ? [] : ["", restOf(hidden)]),
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
  const items = itemsOf(review.findings);
  return { review, shown: items.slice(0, rows), hidden: items.slice(rows) };
}

function restOf(hidden: readonly Item[]): string {
  return `... and ${hidden.length} more (${countsOf({ findings: hidden })}); --json shows all of them.`;
}
