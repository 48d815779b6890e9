// A review as plain text, for the terminal and for logs.
import { directions, type Finding } from "../classify/finding";
import { countsOf } from "./headline";
import { fitToScreen } from "./layout";
import { nameLength, plainOf } from "./markdownText";
import { type StackReview } from "../classify/classify";
import { oneLine } from "../../../common/oneLine";

/** At most 60 lines; its first line is the verdict. */
export function renderText(reviews: readonly StackReview[]): string {
  return fitToScreen(reviews, {
    head: plainOf,
    title: (review) => `${oneLine(review.stack, nameLength)}: ${review.verdict}: ${countsOf(review)}`,
    rows: (shown) => {
      const lengths = shown.map(({ subject = "" }) => subject.length).filter((length) => length <= widest);
      return shown.map((one) => row(one, Math.max(0, ...lengths)));
    },
    note: plainOf,
    end: [],
  });
}

/** A longer name does not push the others away. */
const widest = 32;

/** The longest word in capitals that {@link row} starts with. */
const directionWidth = Math.max(...Object.keys(directions).map(({ length }) => length));

function row(finding: Finding, width: number): string {
  const { subject = "", direction, phrase, risks, accepted } = finding;
  const risk = risks.length === 0 ? "" : `  [${risks.join(", ")}]`;
  const exclusion =
    accepted === undefined ? "" : `  (accepted until ${accepted.expiresOn}: ${oneLine(accepted.reason)})`;
  const change = direction === "neutral" ? directions.neutral.words : direction.toUpperCase();
  const columns = [change.padEnd(directionWidth), oneLine(subject).padEnd(width)];
  return `  ${columns.join("  ")}  ${plainOf(phrase)}${risk}${exclusion}`;
}
