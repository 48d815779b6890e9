// Names of others in Markdown: shown as they are, and never obeyed.
import { oneLine } from "../../../common/oneLine";
import { type Phrase } from "../classify/phrase";

/** Characters of a name that are shown; a whole error of a check is one. */
export const nameLength = 700;

/**
 * A name as a code span: no HTML, no link, no mention, no reference comes out of it. The fence is longer than any run of
 * backticks within.
 */
export function code(name: string): string {
  const text = oneLine(name, nameLength);
  if (text === "") {
    return "(none)";
  }
  const longestRun = Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longestRun + 1);
  const padding = /^[` ]|[` ]$/.test(text) ? " " : "";
  return `${fence}${padding}${text}${padding}${fence}`;
}

/** A sentence in Markdown. */
export function markdownOf(phrase: Phrase): string {
  return phrase.map((part) => (typeof part === "string" ? part : code(part.name))).join("");
}

/** A cell of a table: there a bar ends the cell, even in a code span. */
export function cell(markdown: string): string {
  return markdown.replaceAll("|", "\\|");
}

/** A sentence without markup. */
export function plainOf(phrase: Phrase): string {
  return phrase
    .map((part) => (typeof part === "string" ? part : oneLine(part.name, nameLength) || "(none)"))
    .join("");
}
