// A snapshot: the whole state of a simulated service in one file, so that a world outlives its process.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { replaceAtomically } from "../../common/atomicFile";

/** The file holds secrets: nobody but its owner may read it. */
const ownerOnly = 0o600;

/**
 * Reads a snapshot; undefined when there is none.
 * @param owner whose state it is, as `simulator's`
 * @param isOurs tells a snapshot of this version from other files
 * @throws Error naming the file (never its content) when it is not such a snapshot, or cannot be read
 */
export function loadSnapshot<T extends object>(
  path: string,
  owner: string,
  isOurs: (content: Partial<T>) => boolean,
): T | undefined {
  if (!existsSync(path)) {
    return undefined;
  }
  const refused = (reason: string): Error =>
    new Error(`Reading the ${owner} snapshot ${path}: ${reason}; remove the file to start over.`);
  let content: T | null;
  try {
    content = JSON.parse(readFileSync(path, "utf8")) as T | null;
  } catch (error) {
    // The parser's message quotes the text, and the text holds secrets.
    throw refused(error instanceof SyntaxError ? "it is not JSON" : String(error));
  }
  if (content === null || !isOurs(content)) {
    throw refused("it is not of this version");
  }
  return content;
}

/** Writes a snapshot: a killed process leaves the former one or this one, never half. It comes before each answer, so no disk is waited for. */
export function saveSnapshot(path: string, state: object): void {
  mkdirSync(dirname(path), { recursive: true });
  replaceAtomically(path, (unfinished) => {
    writeFileSync(unfinished, JSON.stringify(state), { mode: ownerOnly });
  });
}
