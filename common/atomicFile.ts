// Files that are there whole or not at all: written beside their place, then moved there.
import { randomBytes } from "node:crypto";
import { closeSync, fchmodSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from "node:fs";

const nonceBytes = 6;

/**
 * A process that is killed leaves the former file or the new one, never half. The folder must be there.
 * @param mode permission bits of the file, whatever the umask
 * @throws Error of the file system; the former file is then left as it is
 */
export function writeAtomically(path: string, text: string, mode: number): void {
  replaceAtomically(path, (unfinished) => {
    const file = openSync(unfinished, "wx", mode);
    try {
      fchmodSync(file, mode); // the mode at creation is cut by the umask
      writeFileSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  });
}

/** The same for what is not written as text: `make` makes the file, which is not there yet, at the path that it is given. */
export function replaceAtomically(path: string, make: (unfinished: string) => void): void {
  const unfinished = `${path}.${randomBytes(nonceBytes).toString("hex")}.part`;
  try {
    make(unfinished);
    renameSync(unfinished, path);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw error;
  }
}
