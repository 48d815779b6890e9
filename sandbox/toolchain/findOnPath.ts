// Finds a program on PATH as a shell would.
import { accessSync, constants, statSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";

/** The absolute path of the first executable file of that name on `environment.PATH`, or undefined. */
export function findOnPath(name: string, environment: NodeJS.ProcessEnv): string | undefined {
  const folders = (environment["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  return folders.map((folder) => resolve(join(folder, name))).find(isExecutableFile);
}

/** Whether the path is a file (or a link to one) that this user may run. */
export function isExecutableFile(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
