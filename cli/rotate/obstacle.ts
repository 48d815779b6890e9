// Why a credential is not rotated now, besides its schedule (pure).
import { defined } from "../../common/defined";
import { type ResolvedCredential } from "../../declarations/resolve";
import { earliestSafeRotationAt } from "../../declarations/rotation/schedule";
import { evidenceVariable } from "../../evidence/file";
import { type Deployed } from "./deployed";
import { type RotateOptions } from "./rotateOptions";
import { endsKeptClient } from "./rotationPlan";

/** Why it has to wait, or a person has to decide. */
export interface Obstacle {
  readonly reason: string;
  /** ISO instant from which it may go; absent where time alone does not bring it. */
  readonly possibleAt?: string;
  /** The stack that has to go before. */
  readonly waitsFor?: string;
}

/** A credential that is not rotated, and why. */
export interface NotRotated extends Obstacle {
  readonly credential: string;
}

/** Whether it is rotated later without a person's doing. */
export function isWaiting({ possibleAt, waitsFor }: Obstacle): boolean {
  return possibleAt !== undefined || waitsFor !== undefined;
}

/**
 * Undefined where it may be rotated.
 * @param ringOrder Says why the credential waits for another stack.
 * @param deployed What the evidence tells of it.
 */
export function obstacleOf(
  credential: ResolvedCredential,
  options: Pick<RotateOptions, "due" | "force" | "emergency" | "allowGap">,
  ringOrder: (credential: ResolvedCredential) => Obstacle | undefined,
  deployed: Deployed,
  nowMs: number,
): Obstacle | undefined {
  const { key, revoked } = credential;
  if (revoked) {
    return { reason: `it is revoked; run \`npm run credentials -- restore ${key}\` first` };
  }
  if (options.due === true && options.allowGap !== true && cutsOff(credential)) {
    return {
      reason:
        `rotation.overlap: none would cut its consumers off until they read the secret again; rotate it by name when they can bear that ` +
        `(\`npm run credentials -- rotate ${key}\`), or write --allow-gap`,
    };
  }
  const waiting = ringOrder(credential);
  if (waiting !== undefined || options.force === true || options.emergency === true) {
    return waiting;
  }
  return endsKeptClient(credential, credential.rotation.generation + 1)
    ? { reason: keptClientReason(credential) }
    : (tooYoung(credential, deployed, options.due === true, nowMs) ?? undeployed(credential, deployed));
}

/** Whether a rotation deletes the client that the secret names, in the same update. */
export function cutsOff({ rotation }: Pick<ResolvedCredential, "rotation">): boolean {
  return rotation.overlap === "none";
}

/**
 * Consumers get their overlap from the deployment on: where the evidence tells of a later one than the stack file, that counts. Generation 0 has
 * no former client; one that it once had went with the way back.
 */
function tooYoung(
  { rotation, accessTokenValiditySeconds }: ResolvedCredential,
  deployed: Deployed,
  isWaitedFor: boolean,
  nowMs: number,
): Obstacle | undefined {
  const [rotatedAt] = [
    rotation.rotatedAt ?? [],
    (rotation.generation > 0 ? deployed.rotatedAt : undefined) ?? [],
  ]
    .flat()
    .sort((left, right) => Date.parse(right) - Date.parse(left));
  const safeAt = earliestSafeRotationAt(
    { ...rotation, ...defined({ rotatedAt }) },
    accessTokenValiditySeconds,
  );
  if (safeAt === undefined || Date.parse(safeAt) <= nowMs) {
    return undefined;
  }
  const remedy = isWaitedFor
    ? ""
    : "; wait, or write --force if no consumer holds the former client any more";
  return {
    reason:
      `its last rotation (${rotatedAt ?? ""}) is younger than the overlap that consumers need; ` +
      `it will be possible at ${safeAt}${remedy}`,
    possibleAt: safeAt,
  };
}

/** A step further than the next one is what an emergency makes. */
function undeployed(
  { rotation: { generation } }: Pick<ResolvedCredential, "rotation">,
  deployed: Deployed,
): Obstacle | undefined {
  return deployed.generation === undefined || deployed.generation >= generation
    ? undefined
    : {
        reason:
          `generation ${generation} was not deployed, as far as the evidence tells, which ends with generation ${deployed.generation}: ` +
          `another step would replace both clients at once; deploy it first, or write --force where it was deployed without ${evidenceVariable}`,
      };
}

function keptClientReason({ rotation }: ResolvedCredential): string {
  if (rotation.clients === "keep") {
    return (
      "its idle client was adopted with its secret kept, and the rotation gives it a new one: consumers may still hold the hand-made copy " +
      "of the present one; when they read the stored secret, remove `adopt` or write --force"
    );
  }
  return rotation.generation === 0
    ? "its client was adopted with its secret kept and rotation.overlap: none would delete it in the update that stores a secret for the " +
        "first time; write overlap: previous, or --force if nobody uses the hand-made copy any more"
    : "its former client was adopted with its secret kept: consumers may still hold the hand-made copy; " +
        "when they read the stored secret, remove `adopt` or write --force";
}
