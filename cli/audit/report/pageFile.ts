// Writes the report page: the whole file or none.
import { statSync } from "node:fs";
import { dirname } from "node:path";
import { writeAtomically } from "../../../common/atomicFile";
import { OutsideError, UsageError } from "../../terminal/cliError";
import { systemReason } from "../../terminal/systemReason";

/** Everybody may read it: no secret has a place in a report. */
const readableByAll = 0o644;

/** Before anybody is asked. @throws UsageError when the page has no folder, or its path is one. */
export function requirePageFolder(path: string): void {
  if (!isFolder(dirname(path))) {
    throw new UsageError(
      `Writing the page ${path}: its folder does not exist; make it, or write another --html.`,
    );
  }
  if (isFolder(path)) {
    throw new UsageError(`Writing the page ${path}: it is a folder; write the name of a file behind --html.`);
  }
}

/** @throws OutsideError when it cannot be written; a former page is then left as it is. */
export function writePage(path: string, text: string): void {
  try {
    writeAtomically(path, text, readableByAll);
  } catch (error) {
    throw new OutsideError(`Writing the page ${path}: ${systemReason(error)}; no page was written.`);
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
