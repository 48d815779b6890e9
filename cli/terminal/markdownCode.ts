// Names of others in Markdown, shown as they are and never obeyed.
import { oneLine } from "../../common/oneLine";

/** Characters of a name that are shown; a whole error of a check is one. */
export const nameLength = 700;

/** A block of code begins with so many backticks. */
const shortestBlockFence = 3;

/** A name as a code span: no HTML, no link, no mention, no reference comes out of it. */
export function code(name: string, maximumLength: number = nameLength): string {
  const text = oneLine(name, maximumLength);
  if (text === "") {
    return "(none)";
  }
  const fence = fenceAround(text, 1);
  const padding = /^[` ]|[` ]$/.test(text) ? " " : "";
  return `${fence}${padding}${text}${padding}${fence}`;
}

/** Lines as a block of code, as they are. */
export function codeBlock(text: string): string {
  const fence = fenceAround(text, shortestBlockFence);
  return `${fence}text\n${text}\n${fence}`;
}

/** Longer than any run of backticks within, so that nothing there can end it. */
function fenceAround(text: string, shortest: number): string {
  const longestRun = Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  return "`".repeat(Math.max(shortest, longestRun + 1));
}
