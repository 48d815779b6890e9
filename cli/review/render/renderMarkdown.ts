// A review as Markdown, for the comment of a pull request.
import { type Direction, directions } from "../classify/directions";
import { type Breakage } from "../classify/finding";
import { markdownFooter, type Origin } from "./footer";
import { countsOf } from "./headline";
import { fitToScreen } from "./layout";
import { type Item, titleOf } from "./items";
import { code } from "../../terminal/markdownCode";
import { markdownOf } from "./markdownText";
import { type StackReview } from "../classify/classify";
import { joined, type Phrase } from "../classify/phrase";

/** What nobody may overlook. */
const emphasised: readonly Direction[] = ["blocked", "breaks", "wider", "lost"];

/** At most 60 lines, below GitHub's limit; its first line is the verdict. */
export function renderMarkdown(reviews: readonly StackReview[], origin: Origin = {}): string {
  return fitToScreen(reviews, {
    head: (words) => `## ${markdownOf(words)}`,
    title: (review) => `### ${code(review.stack)} ${review.verdict}: ${countsOf(review)}`,
    group: (group) => [`**${markdownOf(titleOf(group))}**`, "", ...group.items.flatMap(lines)],
    note: (words) => `> ${markdownOf(words)}`,
    end: ["", markdownFooter(reviews, origin), ""],
  });
}

function lines(item: Item): string[] {
  const { direction, phrase, breakage, breakageOf, remedy, details = [] } = item;
  const { words } = directions[direction];
  const change = emphasised.includes(direction) ? `**${words}**` : words;
  const below = [
    ...(breakage === undefined ? [] : belowOf(breakage, breakageOf)),
    ...(remedy === undefined ? [] : [`**Remedy:** ${markdownOf(remedy)}`]),
  ];
  return [
    `- ${change}: ${markdownOf(phrase)}${riskWords(item)}`,
    ...below.map((line) => `  ${line}`),
    ...details.map((detail) => `  - ${markdownOf(marked(detail))}`),
  ];
}

/** A line each, which is one in a comment: each answers a question of its own. */
function belowOf({ who, when, wayBack }: Breakage, lineCount: number | undefined): string[] {
  return [
    `**Who${lineCount === undefined ? "" : ` (these ${lineCount} lines)`}:** ${markdownOf(who)}.`,
    `**When:** ${markdownOf(when)}.`,
    `**Way back:** ${markdownOf(wayBack)}.`,
  ];
}

/** A plus or minus at the beginning would begin a list in Markdown. */
function marked([first = "", ...rest]: Phrase): Phrase {
  return typeof first === "string" && /^[-+=~] /.test(first)
    ? [{ name: first.slice(0, 1) }, first.slice(1), ...rest]
    : [first, ...rest];
}

function riskWords({ risks, accepted }: Item): string {
  const named = risks.map((risk) => [`**${risk}**`]);
  const exclusion =
    accepted === undefined ? [] : [[`accepted until ${accepted.expiresOn}: `, { name: accepted.reason }]];
  const all = markdownOf(joined([...named, ...exclusion], ", "));
  return all === "" ? "" : ` (${all})`;
}
