// A review as plain text, for the terminal and for logs.
import { type Direction, type Finding } from "../classify/finding";
import { countsOf, headline } from "./headline";
import { fitToScreen, restOf, type Section } from "./layout";
import { nameLength, plainOf } from "./markdownText";
import { notesBelow } from "./notes";
import { type StackReview } from "../classify/classify";
import { oneLine } from "../../../common/oneLine";

const directionWords: Readonly<Record<Direction, string>> = {
  blocked: "BLOCKED",
  wider: "WIDER",
  lost: "LOST",
  rotated: "ROTATED",
  narrower: "NARROWER",
  neutral: "other",
};

/** At most 60 lines; its first line is the verdict. */
export function renderText(reviews: readonly StackReview[]): string {
  const isOne = reviews.length === 1;
  return fitToScreen(reviews, (sections, hiddenStacks) =>
    [
      plainOf(headline(reviews)),
      ...sections.flatMap((section) => sectionLines(section, isOne)),
      ...(hiddenStacks > 0 ? ["", `... and ${hiddenStacks} more stacks.`] : []),
    ].join("\n"),
  );
}

function sectionLines(section: Section, isOne: boolean): string[] {
  const { review, shown } = section;
  const title = isOne
    ? []
    : ["", `${oneLine(review.stack, nameLength)}: ${review.verdict}: ${countsOf(review)}`];
  const width = Math.max(
    0,
    ...shown.map(({ subject }) => (subject ?? "").length).filter((one) => one <= widest),
  );
  const rows = shown.length === 0 ? [] : ["", ...shown.map((one) => row(one, width))];
  const rest = restOf(section);
  return [
    ...title,
    ...rows,
    ...(rest === "" ? [] : ["", rest]),
    ...notesBelow(review).flatMap((note) => ["", plainOf(note)]),
  ];
}

/** A longer name does not push the others away. */
const widest = 32;

function row(finding: Finding, width: number): string {
  const { subject = "", direction, phrase, risks, accepted } = finding;
  const risk = risks.length === 0 ? "" : `  [${risks.join(", ")}]`;
  const exclusion =
    accepted === undefined ? "" : `  (accepted until ${accepted.expiresOn}: ${oneLine(accepted.reason)})`;
  const columns = [
    directionWords[direction].padEnd(directionWords.narrower.length),
    oneLine(subject).padEnd(width),
  ];
  return `  ${columns.join("  ")}  ${plainOf(phrase)}${risk}${exclusion}`;
}
