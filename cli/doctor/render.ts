// The doctor's lines as text: by area, the status first, the remedy below.
import pc from "picocolors";
import { oneLine } from "../../common/oneLine";
import { areas, type Line, type Status } from "./line";

/** How many lines have each status. */
export function countLines(lines: readonly Line[]) {
  const count = (wanted: Status): number => lines.filter(({ status }) => status === wanted).length;
  return { passed: count("pass"), warned: count("warn"), failed: count("fail") };
}

/** Characters of what others said in one line: several names and ids have room. */
const longestFound = 600;

/** Remedies stand below the place. */
const remedyIndent = "        ";

/** The whole answer. */
export function renderLines(
  lines: readonly Line[],
  stack: string,
  isOffline: boolean,
  isColoured: boolean,
): string {
  const colours = pc.createColors(isColoured);
  const colourOf = { pass: colours.green, warn: colours.yellow, fail: colours.red };
  const blocks = areas.flatMap((area) => {
    const own = lines.filter((line) => line.area === area);
    const rendered = own.flatMap(({ status, place, found, remedy }) => [
      `  ${colourOf[status](status)}  ${oneLine(place)}: ${oneLine(found, longestFound)}`,
      ...(remedy === undefined
        ? []
        : [`${remedyIndent}${colours.dim(`-> ${oneLine(remedy, longestFound)}`)}`]),
    ]);
    return own.length === 0 ? [] : [[colours.bold(area), ...rendered].join("\n")];
  });
  const { passed, warned, failed } = countLines(lines);
  const asked = isOffline ? " Neither Genesys, nor AWS, nor the state backend was asked (--offline)." : "";
  return [...blocks, `Stack ${stack}: ${passed} pass, ${warned} warn, ${failed} fail.${asked}`].join("\n\n");
}
