// What the operations answer with: records of the vault in the words of the API.
import { msPerSecond } from "../../common/clock";
import { type ReadValue } from "./versions";
import {
  labelsOfVersion,
  visibleLabels,
  type Labels,
  type SecretRecord,
  type VersionRecord,
} from "./secretRecord";

/** JSON 1.1 carries instants as seconds with a fraction. */
export function seconds(instantMs: number | undefined): number | undefined {
  return instantMs === undefined ? undefined : instantMs / msPerSecond;
}

/** The pair that nearly every answer begins with. */
export function identity(secret: SecretRecord): { ARN: string; Name: string } {
  return { ARN: secret.arn, Name: secret.name };
}

/** Labelled versions only, as AWS lists them; absent when there is none. */
function versionsToLabels(labels: Labels): Record<string, string[]> | undefined {
  const ids = [...new Set(Object.values(labels))];
  return ids.length === 0
    ? undefined
    : Object.fromEntries(ids.map((id) => [id, labelsOfVersion(labels, id)]));
}

/** Where else the secret is; replication is instant here. */
export function replicationStatus({ replicas }: SecretRecord): Record<string, unknown>[] | undefined {
  return replicas?.map(({ region, kmsKeyId }) => ({ Region: region, KmsKeyId: kmsKeyId, Status: "InSync" }));
}

/** An entry of ListSecrets, and the body of DescribeSecret apart from the name of the versions' member. */
function metadata(secret: SecretRecord): Record<string, unknown> {
  const tags = Object.entries(secret.tags).map(([Key, Value]) => ({ Key, Value }));
  return {
    ...identity(secret),
    Type: secret.type,
    Description: secret.description,
    KmsKeyId: secret.kmsKeyId,
    LastChangedDate: seconds(secret.lastChangedAtMs),
    LastAccessedDate: seconds(secret.lastAccessedOnMs),
    DeletedDate: seconds(secret.deletionAtMs),
    CreatedDate: seconds(secret.createdAtMs),
    Tags: tags.length === 0 ? undefined : tags,
  };
}

/** DescribeSecret. */
export function describeSecret(secret: SecretRecord, nowMs: number): Record<string, unknown> {
  return {
    ...metadata(secret),
    PrimaryRegion: secret.primaryRegion ?? (secret.replicas === undefined ? undefined : secret.region),
    ReplicationStatus: replicationStatus(secret),
    VersionIdsToStages: versionsToLabels(visibleLabels(secret, nowMs)),
  };
}

/** One entry of ListSecrets. */
export function listEntry(secret: SecretRecord, nowMs: number): Record<string, unknown> {
  return { ...metadata(secret), SecretVersionsToStages: versionsToLabels(visibleLabels(secret, nowMs)) };
}

/** One entry of ListSecretVersionIds. */
export function versionEntry(version: VersionRecord, labels: Labels): Record<string, unknown> {
  const held = labelsOfVersion(labels, version.id);
  return {
    VersionId: version.id,
    VersionStages: held.length === 0 ? undefined : held,
    CreatedDate: seconds(version.createdAtMs),
    LastAccessedDate: seconds(version.lastAccessedOnMs),
  };
}

/** GetSecretValue. */
export function secretValue({ secret, version, labels }: ReadValue): Record<string, unknown> {
  return {
    ...identity(secret),
    VersionId: version.id,
    SecretString: version.secretString,
    SecretBinary: version.secretBinary,
    VersionStages: labels,
    CreatedDate: seconds(version.createdAtMs),
  };
}
