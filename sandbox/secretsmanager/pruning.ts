// The prune rule: which versions AWS removes by itself. Pure.
import { type Labels, type VersionRecord } from "./secretRecord";

/** Versions that are kept whatever their age. Source: user guide, "What's in a secret". */
const keptVersions = 100;
/** Versions younger than this are kept whatever their number (milliseconds). Same source. */
const keptAgeMs = 24 * 60 * 60 * 1000;

/** The versions that remain: labelled, among the 100 most recent, or created within the last 24 hours. */
export function withoutPruned(
  versions: readonly VersionRecord[],
  labels: Labels,
  nowMs: number,
): VersionRecord[] {
  const labelled = new Set(Object.values(labels));
  const firstKept = versions.length - keptVersions;
  return versions.filter(
    (version, index) =>
      index >= firstKept || labelled.has(version.id) || nowMs - version.createdAtMs < keptAgeMs,
  );
}
