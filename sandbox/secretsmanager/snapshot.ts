// The snapshot: the vault on disk, so that the sandbox's world outlives its process. Holds secrets in clear text: mode 0600.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { type SecretRecord } from "./secretRecord";

const ownerOnly = 0o600;
const snapshotVersion = 1;

interface Snapshot {
  readonly version: number;
  readonly clockOffsetMs: number;
  readonly secrets: SecretRecord[];
}

/** What a snapshot holds: the secrets, and how far the clock was moved ahead. */
export type SnapshotContent = Omit<Snapshot, "version">;

/**
 * Reads a snapshot; an absent file is an empty vault.
 * @throws Error naming the file (never its content) when it is not a snapshot of this version.
 */
export function loadSnapshot(path: string): SnapshotContent {
  if (!existsSync(path)) {
    return { clockOffsetMs: 0, secrets: [] };
  }
  let snapshot: Partial<Snapshot>;
  try {
    snapshot = JSON.parse(readFileSync(path, "utf8")) as Partial<Snapshot>;
  } catch {
    throw new Error(`Loading the sandbox's secrets: ${path} is not valid JSON; delete it to start over`);
  }
  if (snapshot.version !== snapshotVersion || !Array.isArray(snapshot.secrets)) {
    throw new Error(
      `Loading the sandbox's secrets: ${path} is not a snapshot of version ${snapshotVersion}; delete it to start over`,
    );
  }
  return { clockOffsetMs: snapshot.clockOffsetMs ?? 0, secrets: snapshot.secrets };
}

/** Writes a snapshot beside its place and renames it: a crash leaves the old one or the new one, never half of one. */
export function saveSnapshot(path: string, content: SnapshotContent): void {
  const snapshot: Snapshot = { version: snapshotVersion, ...content };
  const temporary = `${path}.${process.pid}.tmp`;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(temporary, JSON.stringify(snapshot), { mode: ownerOnly });
  renameSync(temporary, path);
}
