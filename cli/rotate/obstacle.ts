// Why a credential is not rotated now, besides its schedule (pure).
import { type ResolvedCredential } from "../../declarations/resolve";
import { earliestSafeRotationAt } from "../../declarations/rotation/schedule";
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

/** Undefined where it may be rotated. @param ringOrder Says why the credential waits for another stack. */
export function obstacleOf(
  credential: ResolvedCredential,
  options: Pick<RotateOptions, "due" | "force" | "emergency" | "allowGap">,
  ringOrder: (credential: ResolvedCredential) => Obstacle | undefined,
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
    : tooYoung(credential, options.due === true, nowMs);
}

/** Whether a rotation deletes the client that the secret names, in the same update. */
export function cutsOff({ rotation }: Pick<ResolvedCredential, "rotation">): boolean {
  return rotation.overlap === "none";
}

function tooYoung(
  { rotation, accessTokenValiditySeconds }: ResolvedCredential,
  isWaitedFor: boolean,
  nowMs: number,
): Obstacle | undefined {
  const safeAt = earliestSafeRotationAt(rotation, accessTokenValiditySeconds);
  if (safeAt === undefined || Date.parse(safeAt) <= nowMs) {
    return undefined;
  }
  const remedy = isWaitedFor
    ? ""
    : "; wait, or write --force if no consumer holds the former client any more";
  return {
    reason:
      `its last rotation (${rotation.rotatedAt ?? ""}) is younger than the overlap that consumers need; ` +
      `it will be possible at ${safeAt}${remedy}`,
    possibleAt: safeAt,
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
