// What `rotate --json` prints (docs/rotation.md).
import { isFailed, type StackOutcome } from "./everyStack";
import { type RotateOptions } from "./rotateOptions";
import { type StackRotation } from "./stackRotation";

/** One stack. */
export function jsonOfOutcome(outcome: StackOutcome, { dryRun }: Pick<RotateOptions, "dryRun">): object {
  if (isFailed(outcome)) {
    const { stack, fileName: file, error, exitCode } = outcome;
    return { stack, file, error, exitCode };
  }
  const { rotations, rotatedAt, waiting, skipped, unknown, neverDeployed } = outcome;
  return {
    ...head(outcome),
    isWritten: rotations.length > 0 && dryRun !== true,
    ...(rotations.length === 0 ? {} : { rotatedAt }),
    rotations,
    waiting,
    skipped,
    unknown,
    isNeverDeployed: neverDeployed !== undefined,
  };
}

/** Of names that were refused, all of them. */
export function jsonOfRefusal(result: StackRotation): object {
  return {
    ...head(result),
    isWritten: false,
    rotations: [],
    refused: [...result.waiting, ...result.skipped],
  };
}

function head({ stack, fileName }: StackRotation): object {
  return { stack, file: fileName };
}
