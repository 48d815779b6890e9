// A review as Markdown, for the comment of a pull request.
import { type Direction, directions, type Finding } from "../classify/finding";
import { countsOf } from "./headline";
import { fitToScreen } from "./layout";
import { cell, code, markdownOf } from "./markdownText";
import { type StackReview } from "../classify/classify";
import { joined } from "../classify/phrase";

/** What nobody may overlook. */
const emphasised: readonly Direction[] = ["blocked", "wider", "lost"];

/** At most 60 lines, below GitHub's limit; its first line is the verdict. */
export function renderMarkdown(reviews: readonly StackReview[]): string {
  return fitToScreen(reviews, {
    head: (words) => `## ${markdownOf(words)}`,
    title: (review) => `### ${code(review.stack)} ${review.verdict}: ${countsOf(review)}`,
    rows: (shown) => ["| Who | Change | What | Risk |", "|---|---|---|---|", ...shown.map(row)],
    note: (words) => `> ${markdownOf(words)}`,
    end: [""],
  });
}

function row(finding: Finding): string {
  const { subject, direction, phrase } = finding;
  const { words } = directions[direction];
  const change = emphasised.includes(direction) ? `**${words}**` : words;
  const cells = [subject === undefined ? "" : code(subject), change, markdownOf(phrase), riskCell(finding)];
  return `| ${cells.map(cell).join(" | ")} |`;
}

function riskCell({ risks, accepted }: Finding): string {
  const named = risks.map((risk) => [`**${risk}**`]);
  const exclusion =
    accepted === undefined ? [] : [[`accepted until ${accepted.expiresOn}: `, { name: accepted.reason }]];
  return markdownOf(joined([...named, ...exclusion], ", "));
}
