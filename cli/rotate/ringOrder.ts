// The ring order of a stack: which of its credentials have to wait for the stack before it.
import { resolve } from "node:path";
import { type ResolvedCredential, type ResolvedDeclarations } from "../../declarations/resolve";
import { evidenceVariable } from "../../evidence/file";
import { OutsideError, UsageError } from "../terminal/cliError";
import { systemReason } from "../terminal/systemReason";
import { type RecordedRotation, recordedRotations } from "../../evidence/folder";
import { type Surroundings } from "../terminal/surroundings";
import { earlierDeclarations } from "./earlierStack";
import { ringObstacle, type Obstacle } from "./ringGate";

/** Says of each credential why it has to wait; undefined where it need not. */
export type RingOrder = (credential: ResolvedCredential) => Obstacle | undefined;

/**
 * Reads what the order needs. A credential that the earlier stack does not declare waits for nothing, and a note says so.
 * @param evidenceFolder What `--evidence` names; the environment says it otherwise.
 * @throws UsageError without a folder or an earlier stack, or when stacks wait for each other; OutsideError, ConfigError.
 */
export function readRingOrder(
  { after }: Pick<ResolvedDeclarations, "after">,
  stack: string,
  evidenceFolder: string | undefined,
  surroundings: Pick<Surroundings, "folder" | "environment" | "clock" | "output">,
): RingOrder {
  if (after === undefined) {
    return () => undefined;
  }
  const { folder, environment, clock, output } = surroundings;
  const named = evidenceFolder ?? environment[evidenceVariable] ?? "";
  const earlier = earlierDeclarations(surroundings, stack, after);
  if (named === "") {
    throw new UsageError(
      `Rotating in ${stack}, which goes after ${after.stack}: no folder with the evidence of ${after.stack} is named, so nothing was done; ` +
        `write --evidence <folder> or set ${evidenceVariable} (docs/environments.md).`,
    );
  }
  const recorded = readRotations(resolve(folder, named));
  const declaredThere = new Set(earlier.credentials.map(({ key }) => key));
  return (credential) => {
    if (!declaredThere.has(credential.key)) {
      output.note(`${credential.key} is not declared in ${after.stack}: it waits for nothing there.`);
      return undefined;
    }
    return ringObstacle(credential, after, recorded, clock.now());
  };
}

function readRotations(folder: string): readonly RecordedRotation[] {
  try {
    return recordedRotations(folder);
  } catch (error) {
    throw new OutsideError(
      `Reading the evidence of rotations in ${folder}: ${systemReason(error, "it cannot be read")}; ` +
        "nothing was done. Name the folder with --evidence or GENESYS_CREDENTIALS_EVIDENCE.",
    );
  }
}
