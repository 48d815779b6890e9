// File names with `*` in them, and the digest of files that `hashFiles` gives.
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

export function matchesPattern(name: string, pattern: string): boolean {
  const parts = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join("[^/]*")}$`).test(name);
}

/** Empty where no file is there, as on GitHub. @throws Error for a pattern: this harness takes plain paths */
export function hashFiles(folder: string, paths: readonly string[]): string {
  if (paths.some((path) => path.includes("*"))) {
    throw new Error(`hashFiles: only plain paths are known here, not ${paths.join(", ")}`);
  }
  const texts = paths
    .filter((path) => existsSync(join(folder, path)))
    .map((path) => readFileSync(join(folder, path)));
  return texts.length === 0 ? "" : createHash("sha256").update(Buffer.concat(texts)).digest("hex");
}
