// Scripts for sh that stand where another program looks for an executable of a certain name.
import { readFileSync } from "node:fs";
import { writeAtomically } from "../common/atomicFile";
import { isExecutableFile } from "./toolchain/findOnPath";

const executableMode = 0o755;

/**
 * Writes a script that becomes `words`, followed by whatever arguments it is given. What is already right is left alone, so
 * that processes which run meanwhile are not disturbed.
 * @param path in a folder that exists
 */
export function writeExecScript(path: string, words: readonly string[]): void {
  const script = `#!/bin/sh\nexec ${words.map(quoted).join(" ")} "$@"\n`;
  if (!isExecutableFile(path) || readFileSync(path, "utf8") !== script) {
    writeAtomically(path, script, executableMode);
  }
}

/** Quotes a text for sh. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
