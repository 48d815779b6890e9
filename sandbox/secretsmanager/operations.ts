// The operations of Secrets Manager: a JSON request in, a JSON answer out, the vault in between.
import { describeSecret, identity, replicationStatus, seconds, secretValue, versionEntry } from "./answers";
import { batchGetSecretValue, listSecrets } from "./listing";
import {
  labelBounds,
  labelListBounds,
  readMetadata,
  readName,
  readReplicas,
  readSecretId,
  readTags,
  readToken,
  readValue,
  versionIdBounds,
} from "./limits";
import { type Operation } from "./operation";
import { pageOf } from "./paging";
import { present } from "./requestBody";
import { checkPolicy, isPublicPolicy, publicPolicyProblem } from "./resourcePolicy";
import { addReplicas, removeReplicas } from "./replicas";
import { arnPrefix } from "./secretIds";
import { visibleLabels } from "./secretRecord";
import { invalidParameter, invalidRequest, ServiceError } from "./serviceError";

const maximumPage = 100;
const recoveryWindowDays = { min: 7, max: 30, default: 30 };
const maximumPolicyLength = 20_480;
const maximumTagKeyLength = 128;

const byName: Readonly<Record<string, Operation>> = {
  CreateSecret({ vault, region, body }) {
    const name = readName(body);
    const value = readValue(body);
    const replicas = readReplicas(body);
    const { secret, versionId } = vault.create(
      region,
      name,
      readToken(body),
      readMetadata(body),
      value,
      readTags(body),
    );
    if (secret.replicas === undefined) {
      addReplicas(secret, replicas);
    }
    return { ...identity(secret), VersionId: versionId, ReplicationStatus: replicationStatus(secret) };
  },

  DescribeSecret: ({ vault, region, body, nowMs }) =>
    describeSecret(vault.find(region, readSecretId(body)), nowMs),

  GetSecretValue({ vault, region, body }) {
    const id = readSecretId(body);
    const versionId = body.string("VersionId", versionIdBounds);
    return secretValue(vault.read(region, id, versionId, body.string("VersionStage", labelBounds)));
  },

  BatchGetSecretValue: batchGetSecretValue,

  PutSecretValue({ vault, region, body }) {
    body.refuse("RotationToken");
    const id = readSecretId(body);
    const token = readToken(body);
    const value = readValue(body);
    if (value === undefined) {
      throw invalidRequest("You must provide either SecretString or SecretBinary.");
    }
    const { secret, version, labels } = vault.put(
      region,
      id,
      token,
      value,
      body.strings("VersionStages", labelListBounds, labelBounds),
    );
    return { ...identity(secret), VersionId: version.id, VersionStages: labels };
  },

  ListSecretVersionIds({ vault, region, body, nowMs }) {
    const secret = vault.findLive(region, readSecretId(body));
    const labels = visibleLabels(secret, nowMs);
    const labelled = new Set(Object.values(labels));
    const includeDeprecated = body.boolean("IncludeDeprecated");
    const versions = secret.versions.filter(({ id }) => includeDeprecated || labelled.has(id)).reverse();
    const page = pageOf(body, versions, maximumPage);
    return {
      ...identity(secret),
      Versions: page.items.map((version) => versionEntry(version, labels)),
      NextToken: page.nextToken,
    };
  },

  ListSecrets: listSecrets,

  UpdateSecretVersionStage({ vault, region, body }) {
    const id = readSecretId(body);
    const wanted = body.string("VersionStage", labelBounds);
    const removeFrom = body.string("RemoveFromVersionId", versionIdBounds);
    const moveTo = body.string("MoveToVersionId", versionIdBounds);
    const label = present("VersionStage", wanted);
    if (removeFrom === undefined && moveTo === undefined) {
      throw invalidParameter("You must provide MoveToVersionId, RemoveFromVersionId or both.");
    }
    return identity(vault.moveLabel(region, id, { label, removeFrom, moveTo }));
  },

  UpdateSecret({ vault, region, body }) {
    const { secret, versionId } = vault.update(
      region,
      readSecretId(body),
      readToken(body),
      readMetadata(body),
      readValue(body),
    );
    return { ...identity(secret), VersionId: versionId };
  },

  DeleteSecret({ vault, region, body, nowMs }) {
    const id = readSecretId(body);
    const force = body.boolean("ForceDeleteWithoutRecovery");
    const days = body.integer("RecoveryWindowInDays");
    if (force && days !== undefined) {
      throw invalidParameter(
        "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.",
      );
    }
    if (days !== undefined && (days < recoveryWindowDays.min || days > recoveryWindowDays.max)) {
      throw invalidParameter("The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).");
    }
    try {
      const [secret, deletionAtMs] = vault.delete(region, id, days ?? recoveryWindowDays.default, force);
      return { ...identity(secret), DeletionDate: seconds(deletionAtMs) };
    } catch (error) {
      if (force && error instanceof ServiceError && error.code === "ResourceNotFoundException") {
        // By the API's documentation a forced deletion of what does not exist is no error.
        const arn = id.startsWith("arn:") ? id : `${arnPrefix(region, vault.account)}${id}`;
        return { ARN: arn, Name: id, DeletionDate: seconds(nowMs) };
      }
      throw error;
    }
  },

  RestoreSecret: ({ vault, region, body }) => identity(vault.restore(region, readSecretId(body))),

  ReplicateSecretToRegions({ vault, region, body }) {
    const secret = vault.findWritable(region, readSecretId(body));
    addReplicas(secret, readReplicas(body));
    return { ARN: secret.arn, ReplicationStatus: replicationStatus(secret) };
  },

  RemoveRegionsFromReplication({ vault, region, body }) {
    const secret = vault.findWritable(region, readSecretId(body));
    removeReplicas(secret, body.strings("RemoveReplicaRegions", { min: 1 }, {}) ?? []);
    return { ARN: secret.arn, ReplicationStatus: replicationStatus(secret) };
  },

  TagResource({ vault, region, body }) {
    const id = readSecretId(body);
    present("Tags", body.objects("Tags", {}));
    vault.tag(region, id, readTags(body));
    return {};
  },

  UntagResource({ vault, region, body }) {
    const keys = present("TagKeys", body.strings("TagKeys", {}, { min: 1, max: maximumTagKeyLength }));
    vault.untag(region, readSecretId(body), keys);
    return {};
  },

  GetResourcePolicy({ vault, region, body }) {
    const secret = vault.findLive(region, readSecretId(body));
    return { ...identity(secret), ResourcePolicy: secret.policy };
  },

  PutResourcePolicy({ vault, region, body }) {
    const id = readSecretId(body);
    const policy = body.requiredString("ResourcePolicy", { min: 1, max: maximumPolicyLength });
    vault.findLive(region, id);
    checkPolicy(policy, body.boolean("BlockPublicPolicy"));
    return identity(vault.setPolicy(region, id, policy));
  },

  DeleteResourcePolicy: ({ vault, region, body }) =>
    identity(vault.setPolicy(region, readSecretId(body), undefined)),

  ValidateResourcePolicy({ vault, region, body }) {
    const policy = body.requiredString("ResourcePolicy", { min: 1, max: maximumPolicyLength });
    if (body.has("SecretId")) {
      vault.findLive(region, readSecretId(body));
    }
    const isPublic = isPublicPolicy(policy);
    return { PolicyValidationPassed: !isPublic, ValidationErrors: isPublic ? [publicPolicyProblem] : [] };
  },
};

/** Every operation that the emulator knows, by the name in `X-Amz-Target`. */
export const operations: ReadonlyMap<string, Operation> = new Map(Object.entries(byName));
