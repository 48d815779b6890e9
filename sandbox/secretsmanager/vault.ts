// The vault: the secrets of one account in all Regions and the rules of their life. No HTTP; refusals are ServiceErrors.
import { msPerDay } from "../../common/clock";
import { labelsAfterMove, type LabelMove } from "./labels";
import { checkTagCount, type SecretValue } from "./limits";
import { refuseReplica, refuseReplicated, replicaIn } from "./replicas";
import { accountId, isIdOf, newArn } from "./secretIds";
import { describe, type SecretMetadata } from "./secretMetadata";
import { labelsOfVersion, type SecretRecord } from "./secretRecord";
import { invalidRequest, ServiceError, valueNotFound } from "./serviceError";
import { addVersion, type ReadValue, readVersion, relabel, tokenInUse } from "./versions";

/** The state of the emulator. Methods take the Region first: a secret belongs to one. */
export class Vault {
  /** How long readers still see the old labels after a move, in milliseconds. A fault, 0 unless armed. */
  labelDelayMs = 0;

  constructor(
    private readonly clock: { now(): number },
    private secrets: SecretRecord[] = [],
    readonly account: string = accountId,
  ) {}

  /** Everything that exists now, over all Regions; secrets whose recovery window has ended are gone. */
  all(): readonly SecretRecord[] {
    const now = this.clock.now();
    this.secrets = this.secrets.filter(
      ({ deletionAtMs }) => deletionAtMs === undefined || deletionAtMs > now,
    );
    return this.secrets;
  }

  /** What one Region shows: its own secrets, and the replicas of others. */
  inRegion(region: string): SecretRecord[] {
    return this.all().flatMap((secret) =>
      secret.region === region ? [secret] : (replicaIn(region, secret) ?? []),
    );
  }

  /** The secret or replica, scheduled for deletion or not; undefined when it does not exist. */
  seek(region: string, secretId: string): SecretRecord | undefined {
    return this.inRegion(region).find((candidate) => isIdOf(secretId, candidate));
  }

  /** As {@link seek}. @throws ServiceError when it does not exist. */
  find(region: string, secretId: string): SecretRecord {
    const secret = this.seek(region, secretId);
    if (secret === undefined) {
      // AWS sends this with HTTP 400, not 404.
      throw new ServiceError("ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
    }
    return secret;
  }

  /** The secret. @throws ServiceError when it does not exist or is scheduled for deletion. */
  findLive(region: string, secretId: string): SecretRecord {
    const secret = this.find(region, secretId);
    if (secret.deletionAtMs !== undefined) {
      // Nothing but DescribeSecret, ListSecrets, RestoreSecret and a forced delete works until it is gone.
      throw invalidRequest(
        "You can't perform this operation on the secret because it was marked for deletion.",
      );
    }
    return secret;
  }

  /** The secret, to be changed. @throws ServiceError as {@link findLive}, and when it is a replica. */
  findWritable(region: string, secretId: string): SecretRecord {
    const secret = this.findLive(region, secretId);
    refuseReplica(secret);
    return secret;
  }

  create(
    region: string,
    name: string,
    token: string,
    metadata: SecretMetadata,
    value: SecretValue | undefined,
    tags: Record<string, string>,
  ) {
    checkTagCount(tags);
    const existing = this.inRegion(region).find((secret) => secret.name === name);
    if (existing?.deletionAtMs !== undefined) {
      throw invalidRequest(
        "You can't create this secret because a secret with this name is already scheduled for deletion.",
      );
    }
    if (existing !== undefined) {
      if (existing.creationToken !== token || existing.primaryRegion !== undefined) {
        throw new ServiceError(
          "ResourceExistsException",
          `The operation failed because the secret ${name} already exists.`,
        );
      }
      return { secret: existing, versionId: this.versionIdOf(existing, token, value) };
    }
    const now = this.clock.now();
    const secret: SecretRecord = {
      arn: newArn(region, name, this.account),
      name,
      region,
      createdAtMs: now,
      lastChangedAtMs: now,
      creationToken: token,
      tags,
      versions: [],
      labels: {},
    };
    describe(secret, metadata);
    this.secrets.push(secret);
    return { secret, versionId: this.versionIdOf(secret, token, value) };
  }

  /** PutSecretValue. Returns the new version, or the one that the same token already made with the same value. */
  put(
    region: string,
    secretId: string,
    token: string,
    value: SecretValue,
    labels: readonly string[] | undefined,
  ): ReadValue {
    const secret = this.findWritable(region, secretId);
    const version = addVersion(secret, token, value, labels, this.clock.now(), this.labelDelayMs);
    return { secret, version, labels: labelsOfVersion(secret.labels, version.id) };
  }

  /** UpdateSecret. A value makes a new current version; a token that was used before is an error then. */
  update(
    region: string,
    secretId: string,
    token: string,
    metadata: SecretMetadata,
    value: SecretValue | undefined,
  ) {
    const secret = this.findWritable(region, secretId);
    if (value !== undefined && secret.versions.some(({ id }) => id === token)) {
      throw tokenInUse(secret, token);
    }
    const versionId = this.versionIdOf(secret, token, value);
    describe(secret, metadata);
    return { secret: this.touch(secret), versionId };
  }

  /** GetSecretValue, by version id, by label, or by both when they agree. */
  read(
    region: string,
    secretId: string,
    versionId: string | undefined,
    label: string | undefined,
  ): ReadValue {
    return readVersion(this.findLive(region, secretId), versionId, label, this.clock.now());
  }

  /** UpdateSecretVersionStage. */
  moveLabel(region: string, secretId: string, move: LabelMove): SecretRecord {
    const secret = this.findWritable(region, secretId);
    for (const id of [move.removeFrom, move.moveTo]) {
      if (id !== undefined && !secret.versions.some((version) => version.id === id)) {
        throw valueNotFound("VersionId", id);
      }
    }
    relabel(secret, labelsAfterMove(secret.labels, move), this.clock.now(), this.labelDelayMs);
    return secret;
  }

  /** Schedules the deletion, or with `force` deletes now. @returns the moment at which the secret is or will be gone. */
  delete(region: string, secretId: string, windowDays: number, force: boolean): [SecretRecord, number] {
    const secret = force ? this.find(region, secretId) : this.findLive(region, secretId);
    refuseReplica(secret);
    refuseReplicated(secret);
    const deletionAtMs = this.clock.now() + (force ? 0 : windowDays * msPerDay);
    secret.deletionAtMs = deletionAtMs;
    this.all();
    return [secret, deletionAtMs];
  }

  /** Takes a secret back from its scheduled deletion. */
  restore(region: string, secretId: string): SecretRecord {
    const secret = this.find(region, secretId);
    if (secret.deletionAtMs === undefined) {
      throw invalidRequest("You can't restore a secret that isn't scheduled for deletion.");
    }
    delete secret.deletionAtMs;
    return secret;
  }

  tag(region: string, secretId: string, tags: Readonly<Record<string, string>>): void {
    const secret = this.findWritable(region, secretId);
    const merged = { ...secret.tags, ...tags };
    checkTagCount(merged);
    this.touch(secret).tags = merged;
  }

  untag(region: string, secretId: string, keys: readonly string[]): void {
    const secret = this.touch(this.findWritable(region, secretId));
    secret.tags = Object.fromEntries(Object.entries(secret.tags).filter(([key]) => !keys.includes(key)));
  }

  /** Attaches a policy, or removes it when `policy` is undefined. */
  setPolicy(region: string, secretId: string, policy: string | undefined): SecretRecord {
    const secret = this.touch(this.findWritable(region, secretId));
    if (policy === undefined) {
      delete secret.policy;
    } else {
      secret.policy = policy;
    }
    return secret;
  }

  private touch(secret: SecretRecord): SecretRecord {
    secret.lastChangedAtMs = this.clock.now();
    return secret;
  }

  /** The id of the version that a value makes, if there is a value. */
  private versionIdOf(
    secret: SecretRecord,
    token: string,
    value: SecretValue | undefined,
  ): string | undefined {
    return value && addVersion(secret, token, value, undefined, this.clock.now(), this.labelDelayMs).id;
  }
}
