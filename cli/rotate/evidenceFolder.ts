// The folder with evidence that a rotation goes by: named on the command line or in the environment, read once.
import { resolve } from "node:path";
import { type Known } from "../../common/known";
import { evidenceVariable } from "../../evidence/file";
import { type RecordedPublication, recordedPublications } from "../../evidence/folder";
import { systemReason } from "../terminal/systemReason";
import { type Surroundings } from "../terminal/surroundings";

/** A folder as it was named, and what is in it of one project. */
export interface EvidenceFolder {
  readonly named: string;
  /** Absolute. */
  readonly path: string;
  readonly recorded: Known<readonly RecordedPublication[]>;
}

/** @param option What `--evidence` names; the environment says it otherwise. @returns Undefined where no folder is named. */
export function readEvidence(
  option: string | undefined,
  project: string,
  { folder, environment }: Pick<Surroundings, "folder" | "environment">,
): EvidenceFolder | undefined {
  const named = option ?? environment[evidenceVariable] ?? "";
  if (named === "") {
    return undefined;
  }
  const path = resolve(folder, named);
  try {
    return { named, path, recorded: { value: recordedPublications(path, project) } };
  } catch (error) {
    return { named, path, recorded: { reason: systemReason(error, "it cannot be read") } };
  }
}

/** What it tells; nothing where no folder is named, or it cannot be read. */
export function recordedIn(evidence: EvidenceFolder | undefined): readonly RecordedPublication[] {
  return evidence !== undefined && "value" in evidence.recorded ? evidence.recorded.value : [];
}
