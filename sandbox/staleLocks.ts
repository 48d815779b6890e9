// Removes the locks of Pulumi processes that died: Pulumi killed, or interrupted in its first moments, leaves its lock in the file backend.
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { jsonOf } from "../common/jsonOf";
import { isAlive } from "./toolchain/livingProcess";

/** What Pulumi's file backend writes into a lock. */
const lockSchema = z.object({ pid: z.number().int().positive(), hostname: z.string() });

/** Removes every lock whose process was of this machine and is gone; locks of living processes and of other machines stay. */
export function removeStaleLocks(backend: string): void {
  for (const path of lockFiles(join(backend, ".pulumi", "locks"))) {
    const lock = lockSchema.safeParse(jsonOf(textOf(path)));
    if (lock.success && lock.data.hostname === hostname() && !isAlive(lock.data.pid)) {
      rmSync(path, { force: true });
      rmSync(`${path}.attrs`, { force: true });
    }
  }
}

function lockFiles(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".json"))
      .map((name) => join(folder, name));
  } catch {
    return []; // No stack has been locked yet.
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return ""; // Released meanwhile.
  }
}
