// Names of others in Markdown: shown as they are, and never obeyed.
import { oneLine } from "../../../common/oneLine";
import { code, nameLength } from "../../terminal/markdownCode";
import { type Phrase } from "../classify/phrase";

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
