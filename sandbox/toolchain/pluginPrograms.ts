// Puts the plugin programs that a CLI from the Go module lacks beside that CLI: the engine looks for them in its own folder.
import { copyFileSync, linkSync, mkdirSync, realpathSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { replaceAtomically } from "../../common/atomicFile";
import { writeExecScript } from "../shellScript";
import { isExecutableFile } from "./findOnPath";

/** The scripts that stand beside the CLI: name of the program, file in `languageHost/` that it runs. */
const pluginPrograms: Readonly<Record<string, string>> = {
  "pulumi-language-nodejs": "main.js",
  "pulumi-resource-pulumi-nodejs": "dynamicProvider.js",
};

/** Whether a language host stands beside the CLI, or beside what a link to it points at, as in every release of Pulumi. */
export function hasLanguageHost(command: string): boolean {
  return [command, realpathSync(command)].some((path) =>
    isExecutableFile(join(dirname(path), "pulumi-language-nodejs")),
  );
}

/**
 * Fills `folder` with the CLI (a hard link: the engine resolves symbolic links before it looks beside itself) and the scripts.
 * The folder belongs to one checkout, because the scripts name this checkout; what is already right is left alone, so
 * that processes which run meanwhile are not disturbed.
 * @returns the path of the CLI in the folder
 */
export function completeCli(command: string, folder: string): string {
  mkdirSync(folder, { recursive: true });
  const own = join(folder, "pulumi");
  if (!isSameProgram(command, own)) {
    replaceAtomically(own, (path) => {
      try {
        linkSync(command, path);
      } catch {
        copyFileSync(command, path); // Another file system, or one without hard links.
      }
    });
  }
  for (const [name, file] of Object.entries(pluginPrograms)) {
    writeExecScript(join(folder, name), [process.execPath, resolve(__dirname, "languageHost", file)]);
  }
  return own;
}

function isSameProgram(source: string, own: string): boolean {
  if (!isExecutableFile(own)) {
    return false;
  }
  const [wanted, present] = [statSync(source), statSync(own)];
  const isSameFile = wanted.ino === present.ino && wanted.dev === present.dev;
  return isSameFile || (wanted.size === present.size && present.mtimeMs >= wanted.mtimeMs);
}
