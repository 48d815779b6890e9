// A lock in the cache, so that two processes do not build the same CLI twice. The lock of a process that has died is taken over.
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { type ObtainOptions } from "./chooseCli";
import { isAlive } from "./livingProcess";

/** Milliseconds between two looks at a lock that somebody else holds, and between two signs of life of our own. */
const pollMs = 1000;

/** A holder that has given no sign of life for this long (milliseconds) is dead, whatever its process id says: ids are reused. */
const staleAfterMs = 60_000;

/**
 * Runs `work` while holding the lock file at `path`.
 * @param waiting told once when another process holds the lock
 * @throws the abort reason when `signal` is aborted while waiting.
 */
export async function withCacheLock<T>(
  path: string,
  { clock, signal, onProgress }: ObtainOptions,
  waiting: string,
  work: () => Promise<T>,
): Promise<T> {
  mkdirSync(dirname(path), { recursive: true });
  let hasWaited = false;
  while (!tryLock(path)) {
    if (isStale(path)) {
      takeAway(path);
      continue;
    }
    if (!hasWaited) {
      hasWaited = true;
      onProgress(waiting);
    }
    await clock.sleep(pollMs, signal);
  }
  const heartbeat = setInterval(() => {
    touch(path);
  }, pollMs);
  heartbeat.unref();
  const release = (): void => {
    rmSync(path, { force: true });
  };
  process.once("exit", release);
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    process.removeListener("exit", release);
    release();
  }
}

function tryLock(path: string): boolean {
  try {
    writeFileSync(path, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") {
      return false;
    }
    throw error;
  }
}

function isStale(path: string): boolean {
  try {
    const holder = Number(readFileSync(path, "utf8"));
    // The file system's time, not the injected clock: the lock was stamped by another process.
    const ageMs = Date.now() - statSync(path).mtimeMs;
    return ageMs > staleAfterMs || (holder > 0 && !isAlive(holder));
  } catch {
    return false; // Released between two looks.
  }
}

/** Renaming is atomic, so of two processes that find the same stale lock one moves it away and the other finds nothing to move. */
function takeAway(path: string): void {
  const aside = `${path}.${process.pid}`;
  try {
    renameSync(path, aside);
    rmSync(aside, { force: true });
  } catch {
    // Somebody else was faster.
  }
}

function touch(path: string): void {
  try {
    const now = new Date();
    utimesSync(path, now, now);
  } catch {
    // Taken over by a process that thought this one dead; the work goes on, and its result is put in place by a rename.
  }
}
