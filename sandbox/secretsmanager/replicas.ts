// Replicas: a secret as its other Regions show it. Nothing of a replica is kept but where it is; all else is the primary's.
import { type ReplicaRecord, type SecretRecord } from "./secretRecord";
import { invalidParameter } from "./serviceError";

/** The replica of a secret in one Region; undefined when there is none. Changing what is returned changes nothing. */
export function replicaIn(region: string, primary: SecretRecord): SecretRecord | undefined {
  const found = primary.replicas?.find((replica) => replica.region === region);
  if (found === undefined) {
    return undefined;
  }
  const { replicas: _replicas, kmsKeyId: _kmsKeyId, ...shared } = primary;
  return {
    ...shared,
    ...found,
    arn: primary.arn.replace(`:${primary.region}:`, `:${region}:`),
    primaryRegion: primary.region,
  };
}

/** @throws ServiceError when the secret is a replica: only the primary can be written. */
export function refuseReplica(secret: SecretRecord): void {
  if (secret.primaryRegion !== undefined) {
    throw invalidParameter(
      "Operation not permitted on a replica secret. Call must be made in primary secret's region.",
    );
  }
}

/** Adds replicas. @throws ServiceError for the secret's own Region, or one that has a replica already. */
export function addReplicas(secret: SecretRecord, added: readonly ReplicaRecord[]): void {
  const taken = [secret.region, ...(secret.replicas ?? []).map(({ region }) => region)];
  if (added.some(({ region }) => taken.includes(region))) {
    throw invalidParameter("Invalid replica region.");
  }
  if (added.length > 0) {
    secret.replicas = [...(secret.replicas ?? []), ...added];
  }
}

/** Removes replicas, which are gone at once: they have no recovery window. */
export function removeReplicas(secret: SecretRecord, regions: readonly string[]): void {
  const left = (secret.replicas ?? []).filter(({ region }) => !regions.includes(region));
  if (left.length > 0) {
    secret.replicas = left;
  } else {
    delete secret.replicas;
  }
}

/** @throws ServiceError when the secret still has replicas: they go first. */
export function refuseReplicated({ name, replicas }: SecretRecord): void {
  if (replicas !== undefined) {
    const regions = replicas.map(({ region }) => region).join(",");
    throw invalidParameter(`You can't delete secret ${name} that still has replica regions [${regions}]`);
  }
}
