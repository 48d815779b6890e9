// The ring order of a stack: which of its credentials have to wait for the stack before it.
import { type ResolvedCredential, type ResolvedDeclarations } from "../../declarations/resolve";
import { evidenceVariable } from "../../evidence/file";
import { OutsideError, UsageError } from "../terminal/cliError";
import { type Surroundings } from "../terminal/surroundings";
import { earlierDeclarations } from "./earlierStack";
import { type EvidenceFolder } from "./evidenceFolder";
import { type Obstacle } from "./obstacle";
import { ringObstacle } from "./ringGate";

/** Says of each credential why it has to wait; undefined where it need not. */
export type RingOrder = (credential: ResolvedCredential) => Obstacle | undefined;

/**
 * Reads what the order needs. A credential that the earlier stack does not declare waits for nothing, and a note says so.
 * @param evidence Undefined where no folder is named.
 * @throws UsageError without a folder or an earlier stack, or when stacks wait for each other; OutsideError, ConfigError.
 */
export function readRingOrder(
  { after }: Pick<ResolvedDeclarations, "after">,
  stack: string,
  evidence: EvidenceFolder | undefined,
  surroundings: Pick<Surroundings, "folder" | "environment" | "clock" | "output">,
): RingOrder {
  if (after === undefined) {
    return () => undefined;
  }
  const { clock, output } = surroundings;
  const earlier = earlierDeclarations(surroundings, stack, after);
  if (evidence === undefined) {
    throw new UsageError(
      `Rotating in ${stack}, which goes after ${after.stack}: no folder with the evidence of ${after.stack} is named, so nothing was done; ` +
        `write --evidence <folder> or set ${evidenceVariable} (docs/environments.md).`,
    );
  }
  if (!("value" in evidence.recorded)) {
    throw new OutsideError(
      `Reading the evidence of rotations in ${evidence.path}: ${evidence.recorded.reason}; ` +
        `nothing was done. Name the folder with --evidence or ${evidenceVariable}.`,
    );
  }
  const { value: recorded } = evidence.recorded;
  const declaredThere = new Set(earlier.credentials.map(({ key }) => key));
  return (credential) => {
    if (!declaredThere.has(credential.key)) {
      output.note(`${credential.key} is not declared in ${after.stack}: it waits for nothing there.`);
      return undefined;
    }
    return ringObstacle(credential, after, recorded, clock.now());
  };
}
