// The file of one publication's evidence: for its owner's eyes, complete or not there at all, never in place of another one.
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";

import { writeAtomically } from "../common/atomicFile";
import { readEvidenceFiles } from "./folder";
import type { RotationEvidence } from "./record";

const fileMode = 0o600;
const folderMode = 0o700;
const indentation = 2;
/** Evidence of a generation that was left and came back gets the next free number, from this one. */
const firstNumber = 2;

/** Tell one rotation from all others. */
const rotationFields = ["stack", "credential", "generation", "newClientId"] as const;

/** The environment variable that names the folder of evidence. Without it there is no evidence and no request for it. */
export const evidenceVariable = "GENESYS_CREDENTIALS_EVIDENCE";

/**
 * Writes `<stack>-<credential>-<generation>.json` into the folder, which is made where it is missing.
 * @returns the path of the file.
 * @throws Error of the file system
 */
export function writeEvidence(folder: string, evidence: RotationEvidence): string {
  mkdirSync(folder, { recursive: true, mode: folderMode });
  const path = freePath(folder, evidence);
  writeAtomically(path, `${JSON.stringify(evidence, null, indentation)}\n`, fileMode);
  return path;
}

/** The name of the evidence's file, without folder and number. */
export function evidenceName({
  stack,
  credential,
  generation,
}: Pick<RotationEvidence, "stack" | "credential" | "generation">): string {
  return `${stack}-${credential}-${generation}`.replace(/[^A-Za-z0-9._-]/g, "_");
}

/** Whether the folder has evidence of this very rotation already. */
export function hasEvidence(
  folder: string,
  rotation: Pick<RotationEvidence, (typeof rotationFields)[number]>,
): boolean {
  return readEvidenceFiles(folder).some(({ content }) =>
    rotationFields.every((field) => content[field] === rotation[field]),
  );
}

function freePath(folder: string, evidence: RotationEvidence): string {
  const name = evidenceName(evidence);
  let path = join(folder, `${name}.json`);
  for (let number = firstNumber; existsSync(path); number++) {
    path = join(folder, `${name}-${number}.json`);
  }
  return path;
}
