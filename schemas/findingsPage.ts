// The page of everything that a review can say: made from the codes that the program itself uses.
import { type Direction, directions } from "../cli/review/classify/directions";
import { findingCodes, type Meaning } from "../cli/review/classify/findingCodes";
import { markdownTable } from "./markdownTable";

const introduction = `# What a review can say

Every line of a review has a code. \`review --json\` and \`review --format sarif\` tell it; the words of a line may get better, the code stays.
A line begins with what it says about access: each section below is one of these words, with the verdict that it makes
([reviewing.md](reviewing.md#the-verdict)). Where a code says that something cannot be undone, each of its lines is marked \`irreversible\`.

This page is generated from \`cli/review/classify/findingCodes.ts\` by \`schemas/generate.ts\`.`;

/** The whole page. */
export function renderFindingsPage(): string {
  const sections = (Object.keys(directions) as Direction[]).map(sectionOf);
  return `${[introduction, ...sections].join("\n\n")}\n`;
}

function sectionOf(direction: Direction): string {
  const { words, verdict } = directions[direction];
  const rows = Object.entries<Meaning>(findingCodes)
    .filter(([, meaning]) => meaning.direction === direction)
    .map(([code, { means, isIrreversible }]) => [
      `\`${code}\``,
      means,
      isIrreversible === true ? "cannot be undone" : "",
    ]);
  return `## ${direction}\n\nIn the review: "${words}". Verdict: \`${verdict}\`.\n\n${markdownTable(["code", "meaning", "irreversible"], rows)}`;
}
