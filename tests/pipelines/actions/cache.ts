// `actions/cache`: restores what an earlier job kept under the same key, and keeps it where the job ends well.
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Action } from "./action";

export const cacheAction: Action = ({ given, platform, home, workspace, atEnd, say }) => {
  const key = given["key"] ?? "";
  const paths = (given["path"] ?? "").split("\n").filter((line) => line.trim() !== "");
  if (key === "" || paths.length === 0) {
    throw new Error("Input required and not supplied: path, key");
  }
  const kept = join(platform.folder, "caches", createHash("sha256").update(key).digest("hex"));
  const places = paths.map((path, index) => ({
    here: path.startsWith("~/") ? join(home, path.slice(2)) : join(workspace, path),
    there: join(kept, String(index)),
  }));
  if (existsSync(kept)) {
    for (const { here, there } of places) {
      mkdirSync(dirname(here), { recursive: true });
      cpSync(there, here, { recursive: true, verbatimSymlinks: true });
    }
    say(`Cache restored from key: ${key}`);
    return { "cache-hit": "true" };
  }
  atEnd.push(() => {
    for (const { here, there } of places.filter(({ here: path }) => existsSync(path))) {
      mkdirSync(dirname(there), { recursive: true });
      cpSync(here, there, { recursive: true, verbatimSymlinks: true });
    }
  });
  say(`Cache not found for input keys: ${key}`);
  return { "cache-hit": "false" };
};
