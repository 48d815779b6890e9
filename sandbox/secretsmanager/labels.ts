// The rules of staging labels: which version holds which label after a Put or a move. Pure.
import { invalidParameter, ServiceError } from "./serviceError";
import { type Labels } from "./secretRecord";

/** The label of the version that readers get by default. */
export const currentLabel = "AWSCURRENT";
/** The label of the version that was current before. */
export const previousLabel = "AWSPREVIOUS";

/** Staging labels on one secret, over all its versions. Source: quotas page of Secrets Manager. */
const maximumLabels = 20;

/** Puts `label` on a version; AWSCURRENT leaves AWSPREVIOUS behind on the version that it leaves. */
function place(labels: Labels, label: string, versionId: string): Labels {
  const holder = labels[label];
  const placed = { ...labels, [label]: versionId };
  if (label !== currentLabel || holder === undefined || holder === versionId) {
    return placed;
  }
  return { ...placed, [previousLabel]: holder };
}

function withinLimit(labels: Labels): Labels {
  if (Object.keys(labels).length > maximumLabels) {
    throw new ServiceError(
      "LimitExceededException",
      "You exceeded the maximum number of staging labels allowed on a secret.",
    );
  }
  return labels;
}

/**
 * The labels after a new version arrived with `requested` labels (AWSCURRENT when none was asked for).
 * The first version of a secret always gets AWSCURRENT.
 */
export function labelsAfterPut(
  labels: Labels,
  versionId: string,
  requested: readonly string[] | undefined,
): Labels {
  const wanted = new Set(requested ?? [currentLabel]);
  if (labels[currentLabel] === undefined) {
    wanted.add(currentLabel);
  }
  // AWSCURRENT goes first: its move assigns AWSPREVIOUS, which an explicit request then overrides.
  const ordered = [...wanted].sort((a, b) => Number(b === currentLabel) - Number(a === currentLabel));
  return withinLimit(ordered.reduce<Labels>((current, label) => place(current, label, versionId), labels));
}

/** What UpdateSecretVersionStage asks for; at least one of the two ids is present. */
export interface LabelMove {
  readonly label: string;
  readonly removeFrom?: string | undefined;
  readonly moveTo?: string | undefined;
}

/**
 * The labels after UpdateSecretVersionStage.
 * @throws ServiceError when the holder of the label is not named, or is another version, or AWSCURRENT would vanish.
 */
export function labelsAfterMove(labels: Labels, move: LabelMove): Labels {
  const { label, removeFrom, moveTo } = move;
  const holder = labels[label];
  if (moveTo === undefined && label === currentLabel) {
    throw invalidParameter(
      "You can only move staging label AWSCURRENT to a different secret version. It can’t be completely removed.",
    );
  }
  if (removeFrom !== undefined && removeFrom !== holder) {
    throw invalidParameter(
      `The parameter RemoveFromVersionId isn't valid. Staging label ${label} isn't attached to version ${removeFrom}.`,
    );
  }
  if (moveTo === undefined) {
    const { [label]: _removed, ...rest } = labels;
    return rest;
  }
  if (holder !== undefined && holder !== moveTo && removeFrom === undefined) {
    throw invalidParameter(
      `The parameter RemoveFromVersionId can't be empty. Staging label ${label} is currently attached to version ${holder}, so you must explicitly reference that version in RemoveFromVersionId.`,
    );
  }
  return withinLimit(place(labels, label, moveTo));
}
