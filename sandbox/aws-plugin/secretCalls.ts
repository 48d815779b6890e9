// The API calls on a secret, one method per step of the real provider. Source of the sequences: its secret.go.
import { randomUUID } from "node:crypto";
import { type DescribeSecretCommandOutput, type SecretsManager } from "@aws-sdk/client-secrets-manager";
import { defined } from "../../common/defined";
import { isAwsError } from "./awsFailure";
import { textOf, type PropertyMap } from "./propertyValues";
import { type ResourceContext } from "./resourceType";
import { regionOf } from "./secretDefaults";
import { fromApiTags, toApiTags, type Tags } from "./tags";
import { retryWhile, waitFor } from "./waiting";
import { unlessGone } from "./working";

const isScheduled = (error: unknown): boolean =>
  isAwsError(error, "InvalidRequestException", "scheduled for deletion") ||
  isAwsError(error, "InvalidRequestException", "was deleted");

const hasUnsupportedPrincipal = (error: unknown): boolean =>
  isAwsError(error, "MalformedPolicyDocumentException", "unsupported principal");

/** Milliseconds that the real provider's last attempt may outlast its time limit. */
const graceMs = 30_000;

/** Calls on the secrets of one Region. */
export class SecretCalls {
  readonly region: string;

  constructor(
    properties: PropertyMap,
    private readonly context: ResourceContext,
  ) {
    this.region = regionOf(properties, context.config);
  }

  private get client(): SecretsManager {
    return this.context.connection.client(this.region);
  }

  private get options(): { abortSignal: AbortSignal } {
    return { abortSignal: this.context.signal };
  }

  /** CreateSecret, repeated while the name still belongs to a secret on its way out. @returns the ARN. */
  async create(news: PropertyMap, tags: Tags): Promise<string> {
    const input = {
      Name: textOf(news, "name") ?? `${textOf(news, "namePrefix") ?? ""}${randomUUID().replaceAll("-", "")}`,
      Description: textOf(news, "description") ?? "",
      ClientRequestToken: randomUUID(),
      ForceOverwriteReplicaSecret: news["forceOverwriteReplicaSecret"] === true,
      ...(Object.keys(tags).length === 0 ? {} : { Tags: toApiTags(tags) }),
      ...defined({ KmsKeyId: textOf(news, "kmsKeyId") }),
    };
    const patience = { ...this.context, timeLimitMs: this.context.timeLimitMs + graceMs };
    const { ARN = "" } = await retryWhile(patience, isScheduled, () =>
      this.client.createSecret(input, this.options),
    );
    return ARN;
  }

  /** DescribeSecret until a new secret is there. */
  async awaitCreated(arn: string): Promise<void> {
    await retryWhile(
      this.context,
      (error) => isAwsError(error, "ResourceNotFoundException"),
      () => this.describeSecret(arn),
    );
  }

  /** DescribeSecret and GetResourcePolicy; undefined when the secret is gone or scheduled to go. */
  describe(id: string) {
    return unlessGone(async () => {
      const found = await this.describeSecret(id);
      return found.DeletedDate === undefined
        ? {
            arn: found.ARN ?? id,
            name: found.Name ?? "",
            description: found.Description ?? "",
            kmsKeyId: found.KmsKeyId ?? "",
            policy: (await this.resourcePolicy(id)) ?? "",
            tags: fromApiTags(found.Tags),
          }
        : undefined;
    });
  }

  /** UpdateSecret without a value. A key that is no longer wanted is not sent: AWS keeps the old one. */
  async update(id: string, description: string, kmsKeyId: string | undefined): Promise<void> {
    await this.client.updateSecret(
      {
        SecretId: id,
        ClientRequestToken: randomUUID(),
        Description: description,
        ...defined({ KmsKeyId: kmsKeyId }),
      },
      this.options,
    );
  }

  /** PutResourcePolicy, repeated while a principal is too young to be known everywhere. */
  async putPolicy(id: string, policy: string, blockPublicPolicy?: boolean): Promise<void> {
    const input = defined({ SecretId: id, ResourcePolicy: policy, BlockPublicPolicy: blockPublicPolicy });
    await retryWhile(this.context, hasUnsupportedPrincipal, () =>
      this.client.putResourcePolicy(input, this.options),
    );
  }

  async deletePolicy(id: string): Promise<void> {
    await this.client.deleteResourcePolicy({ SecretId: id }, this.options);
  }

  /** GetResourcePolicy; undefined when there is no policy, or no secret. */
  async policy(id: string): Promise<string | undefined> {
    const policy = await unlessGone(() => this.resourcePolicy(id));
    return policy === "" ? undefined : policy;
  }

  /** UntagResource for what goes, TagResource for what comes or changes; nothing when nothing does. */
  async replaceTags(id: string, before: Tags, after: Tags): Promise<void> {
    const removed = Object.keys(before).filter((key) => !(key in after));
    const changed = Object.entries(after).filter(([key, value]) => before[key] !== value);
    if (removed.length > 0) {
      await this.client.untagResource({ SecretId: id, TagKeys: removed }, this.options);
    }
    if (changed.length > 0) {
      await this.client.tagResource(
        { SecretId: id, Tags: toApiTags(Object.fromEntries(changed)) },
        this.options,
      );
    }
  }

  /** DeleteSecret with the window, or at once when it is 0; then DescribeSecret until it is gone or marked. */
  async delete(id: string, recoveryWindowInDays: number): Promise<void> {
    const input =
      recoveryWindowInDays === 0
        ? { SecretId: id, ForceDeleteWithoutRecovery: true }
        : { SecretId: id, RecoveryWindowInDays: recoveryWindowInDays };
    await this.client.deleteSecret(input, this.options);
    const isDone = await waitFor(this.context, async () => {
      const found = await this.describeSecret(id);
      return found.DeletedDate === undefined ? undefined : true;
    });
    if (isDone === undefined) {
      throw new Error("AWS accepted the deletion, but still shows the secret");
    }
  }

  private describeSecret(id: string): Promise<DescribeSecretCommandOutput> {
    return this.client.describeSecret({ SecretId: id }, this.options);
  }

  private async resourcePolicy(id: string): Promise<string | undefined> {
    return (await this.client.getResourcePolicy({ SecretId: id }, this.options)).ResourcePolicy;
  }
}
