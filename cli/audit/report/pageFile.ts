// Writes the report page: the whole file or none.
import {
  closeSync,
  fchmodSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import { OutsideError, UsageError } from "../../terminal/cliError";

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
  const unfinished = `${path}.${process.pid}.tmp`;
  let isOpen = false;
  try {
    const file = openSync(unfinished, "wx", readableByAll);
    isOpen = true;
    try {
      fchmodSync(file, readableByAll); // the mode at creation is cut by the umask
      writeFileSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(unfinished, path);
  } catch (error) {
    if (isOpen) {
      rmSync(unfinished, { force: true });
    }
    const { code } = error as { readonly code?: unknown };
    throw new OutsideError(
      `Writing the page ${path}: ${typeof code === "string" ? code : "it failed"}; no page was written.`,
    );
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
