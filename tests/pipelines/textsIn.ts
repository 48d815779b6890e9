// Every text that a folder holds, to be searched for secrets.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What git has packed, what Pulumi keeps for itself: nobody but the job itself gets to see it. */
const notShown = [".git", ".pulumi"];

/** Nothing where the folder is not there. Links are not followed. */
export function textsIn(folder: string): string[] {
  const entries = existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : [];
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      return notShown.includes(entry.name) ? [] : textsIn(path);
    }
    return entry.isFile() ? [readFileSync(path, "utf8")] : [];
  });
}
