// A review as plain text, for the terminal and for logs.
import { directions } from "../classify/directions";
import { type Origin, textFooter } from "./footer";
import { countsOf } from "./headline";
import { type Item, titleOf } from "./items";
import { fitToScreen } from "./layout";
import { nameLength } from "../../terminal/markdownCode";
import { plainOf } from "./markdownText";
import { type StackReview } from "../classify/classify";
import { oneLine } from "../../../common/oneLine";

/** At most 60 lines; its first line is the verdict. */
export function renderText(reviews: readonly StackReview[], origin: Origin = {}): string {
  const footer = textFooter(reviews, origin);
  return fitToScreen(reviews, {
    head: plainOf,
    title: (review) => `${oneLine(review.stack, nameLength)}: ${review.verdict}: ${countsOf(review)}`,
    group: (group) => [plainOf(titleOf(group)), ...group.items.flatMap(lines)],
    note: plainOf,
    end: footer === undefined ? [] : ["", footer],
  });
}

/** The longest word that a line starts with. */
const directionWidth = Math.max(...Object.values(directions).map(({ words }) => words.length));

function lines({
  direction,
  phrase,
  risks,
  accepted,
  breakage,
  breakageOf,
  remedy,
  details = [],
}: Item): string[] {
  const risk = risks.length === 0 ? "" : `  [${risks.join(", ")}]`;
  const exclusion =
    accepted === undefined ? "" : `  (accepted until ${accepted.expiresOn}: ${oneLine(accepted.reason)})`;
  const { words } = directions[direction];
  const change = direction === "neutral" ? words : words.toUpperCase();
  const below = [
    ...(breakage === undefined
      ? []
      : [
          `who${breakageOf === undefined ? "" : ` (these ${breakageOf} lines)`}: ${plainOf(breakage.who)}`,
          `when: ${plainOf(breakage.when)}`,
          `way back: ${plainOf(breakage.wayBack)}`,
        ]),
    ...(remedy === undefined ? [] : [`remedy: ${plainOf(remedy)}`]),
    ...details.map(plainOf),
  ];
  const indent = " ".repeat(directionWidth + 2);
  return [
    `  ${change.padEnd(directionWidth)}  ${plainOf(phrase)}${risk}${exclusion}`,
    ...below.map((line) => `  ${indent}${line}`),
  ];
}
