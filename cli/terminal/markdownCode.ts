// Names of others in Markdown, shown as they are and never obeyed.
import { oneLine } from "../../common/oneLine";

/** Characters of a name that are shown; a whole error of a check is one. */
export const nameLength = 700;

/**
 * A name as a code span: no HTML, no link, no mention, no reference comes out of it. The fence is longer than any run of
 * backticks within.
 */
export function code(name: string, maximumLength: number = nameLength): string {
  const text = oneLine(name, maximumLength);
  if (text === "") {
    return "(none)";
  }
  const longestRun = Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longestRun + 1);
  const padding = /^[` ]|[` ]$/.test(text) ? " " : "";
  return `${fence}${padding}${text}${padding}${fence}`;
}
