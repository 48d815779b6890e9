// The versions and labels of one secret: how they are read and change, with pruning and the delay until readers notice.
import { msPerDay } from "../../common/clock";
import { currentLabel, labelsAfterPut } from "./labels";
import { type SecretValue } from "./limits";
import { withoutPruned } from "./pruning";
import {
  labelsOfVersion,
  visibleLabels,
  type Labels,
  type SecretRecord,
  type VersionRecord,
} from "./secretRecord";
import { invalidRequest, ServiceError, valueNotFound } from "./serviceError";

/** A value that was read: the version and the labels that readers see on it. */
export interface ReadValue {
  readonly secret: SecretRecord;
  readonly version: VersionRecord;
  readonly labels: readonly string[];
}

/** By version id, by label, or by both when they agree. @throws ServiceError */
export function readVersion(
  secret: SecretRecord,
  versionId: string | undefined,
  label: string | undefined,
  nowMs: number,
): ReadValue {
  const labels = visibleLabels(secret, nowMs);
  const wanted = versionId ?? labels[label ?? currentLabel];
  const version = secret.versions.find(({ id }) => id === wanted);
  if (version === undefined) {
    throw versionId === undefined
      ? valueNotFound("staging label", label ?? currentLabel)
      : valueNotFound("VersionId", versionId);
  }
  if (label !== undefined && labels[label] !== version.id) {
    throw invalidRequest("You provided a VersionStage that is not associated to the provided VersionId.");
  }
  // AWS keeps the day of the last access, not the time.
  const today = nowMs - (nowMs % msPerDay);
  secret.lastAccessedOnMs = today;
  version.lastAccessedOnMs = today;
  return { secret, version, labels: labelsOfVersion(labels, version.id) };
}

/**
 * Adds a version whose id is the token, or returns the one that the same token already made with the same value.
 * @throws ServiceError when the token belongs to another value, or a label is one too many.
 */
export function addVersion(
  secret: SecretRecord,
  token: string,
  value: SecretValue,
  labels: readonly string[] | undefined,
  nowMs: number,
  labelDelayMs: number,
): VersionRecord {
  const existing = secret.versions.find(({ id }) => id === token);
  if (existing !== undefined) {
    if (!isSameValue(existing, value)) {
      throw tokenInUse(secret, token);
    }
    return existing;
  }
  const version: VersionRecord = { id: token, createdAtMs: nowMs, ...value };
  const relabelled = labelsAfterPut(secret.labels, token, labels);
  secret.versions.push(version);
  relabel(secret, relabelled, nowMs, labelDelayMs);
  return version;
}

/** Sets the labels; readers go on seeing the old ones for `labelDelayMs`. Versions that lost their last label may be pruned. */
export function relabel(secret: SecretRecord, labels: Labels, nowMs: number, labelDelayMs: number): void {
  if (labelDelayMs > 0) {
    secret.stale = { labels: visibleLabels(secret, nowMs), untilMs: nowMs + labelDelayMs };
  }
  secret.labels = labels;
  secret.versions = withoutPruned(secret.versions, labels, nowMs);
  secret.lastChangedAtMs = nowMs;
}

/** The refusal of a token that already stands for another value. */
export function tokenInUse(secret: SecretRecord, token: string): ServiceError {
  return new ServiceError(
    "ResourceExistsException",
    `You can't use ClientRequestToken ${token} because that value is already in use for a version of secret ${secret.arn}.`,
  );
}

function isSameValue(version: VersionRecord, value: SecretValue): boolean {
  return "secretString" in value
    ? version.secretString === value.secretString
    : version.secretBinary === value.secretBinary;
}
