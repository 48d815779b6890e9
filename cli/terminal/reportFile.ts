// Writes a report into a file of its own, as an audit's page or SARIF log: the whole file or none.
import { statSync } from "node:fs";
import { dirname } from "node:path";
import { writeAtomically } from "../../common/atomicFile";
import { OutsideError, UsageError } from "./cliError";
import { systemReason } from "./systemReason";

/** Everybody may read it: no secret has a place in a report. */
const readableByAll = 0o644;

/** A file that is asked for. */
export interface ReportFile {
  /** In words: `page`. */
  readonly what: string;
  /** With which it is asked for. */
  readonly option: string;
  /** Absolute. */
  readonly path: string;
}

/** Before anybody is asked. @throws UsageError when the file has no folder, or its path is one. */
export function requireFolder({ what, option, path }: ReportFile): void {
  if (!isFolder(dirname(path))) {
    throw new UsageError(
      `Writing the ${what} ${path}: its folder does not exist; make it, or write another ${option}.`,
    );
  }
  if (isFolder(path)) {
    throw new UsageError(
      `Writing the ${what} ${path}: it is a folder; write the name of a file behind ${option}.`,
    );
  }
}

/** @throws OutsideError when it cannot be written; a former file is then left as it is. */
export function writeReport({ what, path }: ReportFile, text: string): void {
  try {
    writeAtomically(path, text, readableByAll);
  } catch (error) {
    throw new OutsideError(`Writing the ${what} ${path}: ${systemReason(error)}; no ${what} was written.`);
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
