// A review as Markdown, for the comment of a pull request.
import { type Direction, type Finding } from "../classify/finding";
import { countsOf, headline } from "./headline";
import { fitToScreen, restOf, type Section } from "./layout";
import { cell, code, markdownOf } from "./markdownText";
import { type StackReview } from "../classify/classify";
import { notesBelow } from "./notes";
import { joined } from "../classify/phrase";

const directionWords: Readonly<Record<Direction, string>> = {
  blocked: "**blocked**",
  wider: "**wider**",
  lost: "**lost for good**",
  rotated: "rotated",
  narrower: "narrower",
  neutral: "other",
};

/** At most 60 lines, below GitHub's limit; its first line is the verdict. */
export function renderMarkdown(reviews: readonly StackReview[]): string {
  const isOne = reviews.length === 1;
  return fitToScreen(reviews, (sections, hiddenStacks) =>
    [
      `## ${markdownOf(headline(reviews))}`,
      ...sections.flatMap((section) => sectionLines(section, isOne)),
      ...(hiddenStacks > 0 ? ["", `... and ${hiddenStacks} more stacks.`] : []),
      "",
    ].join("\n"),
  );
}

function sectionLines(section: Section, isOne: boolean): string[] {
  const { review, shown } = section;
  const title = isOne ? [] : ["", `### ${code(review.stack)} ${review.verdict}: ${countsOf(review)}`];
  const rows =
    shown.length === 0 ? [] : ["", "| Who | Change | What | Risk |", "|---|---|---|---|", ...shown.map(row)];
  const rest = restOf(section);
  const notes = notesBelow(review).flatMap((note) => ["", `> ${markdownOf(note)}`]);
  return [...title, ...rows, ...(rest === "" ? [] : ["", rest]), ...notes];
}

function row(finding: Finding): string {
  const who = finding.subject === undefined ? "" : code(finding.subject);
  const cells = [who, directionWords[finding.direction], markdownOf(finding.phrase), riskCell(finding)];
  return `| ${cells.map(cell).join(" | ")} |`;
}

function riskCell({ risks, accepted }: Finding): string {
  const named = risks.map((risk) => `**${risk}**`).join(", ");
  return accepted === undefined
    ? named
    : markdownOf(
        joined(
          [
            ...(named === "" ? [] : [[named]]),
            [`accepted until ${accepted.expiresOn}: `, { name: accepted.reason }],
          ],
          ", ",
        ),
      );
}
