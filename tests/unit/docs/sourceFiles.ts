// The text of source files, for tests that compare documents with the code.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const projectFolder = path.join(__dirname, "..", "..", "..");

/** Every TypeScript file below the folders, as one text each. */
export function sourcesIn(folders: readonly string[]): string[] {
  return folders.flatMap((folder) =>
    readdirSync(path.join(projectFolder, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
      .map((entry) => readFileSync(path.join(entry.parentPath, entry.name), "utf8")),
  );
}

/** A document, by its path from the top. */
export function documentText(name: string): string {
  return readFileSync(path.join(projectFolder, name), "utf8");
}

/** The first group of every match, each once, sorted. */
export function groupsIn(texts: readonly string[], pattern: RegExp): string[] {
  const found = texts.flatMap((text) => [...text.matchAll(pattern)].map((match) => match[1] ?? ""));
  return [...new Set(found)].sort();
}
