// One stored secret in Secrets Manager: its versions, the staging labels on them, and the writes that move AWSCURRENT.
import type * as secretsManager from "@aws-sdk/client-secrets-manager";

import type { AwsSettings } from "../common/awsSettings";
import { defined } from "../common/defined";
import { type AwsKeys, requireAllowedAccount, secretsManagerSettings } from "./awsIdentity";
import { hasSecretsCode, scheduledRemedy, SecretsError, secretsErrorOf } from "./failure";

/** One version and the staging labels on it. */
export interface LabelledVersion {
  readonly versionId: string;
  /** Sorted. */
  readonly labels: readonly string[];
}

/** A secret as DescribeSecret tells of it. */
export interface DescribedSecret {
  readonly arn: string;
  /** The labelled versions, sorted by id. */
  readonly versions: readonly LabelledVersion[];
  /** ISO 8601; absent unless AWS is about to delete it. */
  readonly deletedAt?: string;
  /** Absent for the account's own key. */
  readonly kmsKeyId?: string;
  /** The Region in which it can be written; absent where it is not replicated. */
  readonly primaryRegion?: string;
}

/** What one version holds. */
export interface StoredValue {
  readonly versionId: string;
  /** Absent where it holds bytes. */
  readonly text?: string;
  /** ISO 8601; absent where AWS does not say. */
  readonly writtenAt?: string;
}

/** The labels that AWS itself moves. */
export const currentLabel = "AWSCURRENT";
export const previousLabel = "AWSPREVIOUS";

/** The version that carries the label. */
export function versionWith(versions: readonly LabelledVersion[], label: string): string | undefined {
  return versions.find(({ labels }) => labels.includes(label))?.versionId;
}

/** The client that asks; made with the first question, since most runs have none. */
interface Connection {
  readonly sdk: typeof secretsManager;
  readonly client: secretsManager.SecretsManagerClient;
  readonly region: string;
}

type VersionChoice = { readonly id: string } | { readonly label: string };

export class SecretStore {
  private connected: Promise<Connection> | undefined;

  /** @param keys In place of those that the SDK finds by itself. */
  constructor(
    private readonly aws: AwsSettings,
    private readonly keys?: AwsKeys,
  ) {}

  /**
   * The Region that is asked, once the account is known to be an allowed one; every question begins with this.
   * @throws SecretsError AWS_REGION_UNKNOWN, AWS_ACCOUNT_REFUSED, and when STS cannot be asked.
   */
  async open(): Promise<string> {
    return (await this.connect()).region;
  }

  /** Undefined when there is no such secret. @param secretId Its name or ARN. @throws SecretsError */
  async describe(secretId: string): Promise<DescribedSecret | undefined> {
    const found = await this.send(`DescribeSecret of ${secretId}`, ({ sdk, client }) =>
      client.send(new sdk.DescribeSecretCommand({ SecretId: secretId })),
    ).catch(undefinedWhenGone);
    return found === undefined ? undefined : describedSecret(secretId, found);
  }

  /**
   * The secret, where it can be written.
   * @throws SecretsError SECRET_GONE, SECRET_SCHEDULED_FOR_DELETION, SECRET_IS_REPLICA
   */
  async requireWritable(secretId: string): Promise<DescribedSecret> {
    const found = await this.describe(secretId);
    if (found === undefined) {
      throw new SecretsError(
        "SECRET_GONE",
        `The secret ${secretId} does not exist in AWS; run \`pulumi up --refresh\`, which makes it again`,
      );
    }
    if (found.deletedAt !== undefined) {
      throw new SecretsError(
        "SECRET_SCHEDULED_FOR_DELETION",
        `The secret ${secretId} is scheduled for deletion (DeletedDate ${found.deletedAt}); ${scheduledRemedy}`,
      );
    }
    const region = await this.open();
    if (found.primaryRegion !== undefined && found.primaryRegion !== region) {
      throw new SecretsError(
        "SECRET_IS_REPLICA",
        `The secret ${secretId} in ${region} is a replica, which nobody can write; set aws:region to ${found.primaryRegion}, where the secret itself is`,
      );
    }
    return found;
  }

  /** The text of one version; undefined when there is none, or it holds bytes. @throws SecretsError */
  async text(secretId: string, version: VersionChoice): Promise<string | undefined> {
    return (await this.value(secretId, version))?.text;
  }

  /** What one version holds; undefined when there is none. @throws SecretsError */
  async value(secretId: string, version: VersionChoice): Promise<StoredValue | undefined> {
    const which = "id" in version ? { VersionId: version.id } : { VersionStage: version.label };
    const found = await this.send(`GetSecretValue of ${secretId}`, ({ sdk, client }) =>
      client.send(new sdk.GetSecretValueCommand({ SecretId: secretId, ...which })),
    ).catch(undefinedWhenGone);
    return (
      found && {
        versionId: found.VersionId ?? "",
        ...defined({ text: found.SecretString, writtenAt: found.CreatedDate?.toISOString() }),
      }
    );
  }

  /**
   * Writes a version, which becomes AWSCURRENT; repeated with the same text it changes nothing.
   * @throws SecretsError SECRET_VERSION_TAKEN when the version exists with another text.
   */
  async put(secretId: string, versionId: string, text: string): Promise<void> {
    await this.send(`PutSecretValue of ${secretId}`, ({ sdk, client }) =>
      client.send(
        new sdk.PutSecretValueCommand({
          SecretId: secretId,
          ClientRequestToken: versionId,
          SecretString: text,
        }),
      ),
    );
  }

  /** Moves AWSCURRENT to a version that is there; AWSPREVIOUS follows to the one that was current. @throws SecretsError */
  async makeCurrent(secretId: string, versionId: string, formerVersionId: string | undefined): Promise<void> {
    try {
      await this.send(`UpdateSecretVersionStage of ${secretId}`, ({ sdk, client }) =>
        client.send(
          new sdk.UpdateSecretVersionStageCommand({
            SecretId: secretId,
            VersionStage: currentLabel,
            MoveToVersionId: versionId,
            ...defined({ RemoveFromVersionId: formerVersionId }),
          }),
        ),
      );
    } catch (error) {
      // A lost answer is asked for again by the SDK, and then the label is not where it was: what counts is where it is.
      const versions = (await this.describe(secretId))?.versions ?? [];
      if (versionWith(versions, currentLabel) !== versionId) {
        throw error;
      }
    }
  }

  /** Takes its scheduled deletion back. @throws SecretsError */
  async restore(secretId: string): Promise<void> {
    await this.send(`RestoreSecret of ${secretId}`, ({ sdk, client }) =>
      client.send(new sdk.RestoreSecretCommand({ SecretId: secretId })),
    );
  }

  close(): void {
    this.connected?.then(
      ({ client }) => {
        client.destroy();
      },
      () => undefined, // whoever asked was told
    );
  }

  private async send<T>(what: string, ask: (connection: Connection) => Promise<T>): Promise<T> {
    try {
      return await ask(await this.connect());
    } catch (error) {
      throw secretsErrorOf(what, error);
    }
  }

  private connect(): Promise<Connection> {
    this.connected ??= this.makeConnection().catch((error: unknown) => {
      this.connected = undefined; // the next question may find the way again
      throw error;
    });
    return this.connected;
  }

  private async makeConnection(): Promise<Connection> {
    const sdk = await import("@aws-sdk/client-secrets-manager");
    const client = new sdk.SecretsManagerClient(secretsManagerSettings(this.aws, this.keys));
    const region = await client.config.region().catch(() => undefined);
    if (region === undefined) {
      throw new SecretsError(
        "AWS_REGION_UNKNOWN",
        "No AWS region is known; write aws:region in the stack file, or set AWS_REGION",
      );
    }
    await requireAllowedAccount(this.aws, () => client.config.credentials());
    return { sdk, client, region };
  }
}

function undefinedWhenGone(error: unknown): undefined {
  if (!hasSecretsCode(error, "SECRET_GONE")) {
    throw error;
  }
}

function describedSecret(secretId: string, found: secretsManager.DescribeSecretResponse): DescribedSecret {
  const { ARN, DeletedDate, KmsKeyId, PrimaryRegion, VersionIdsToStages = {} } = found;
  return {
    arn: ARN ?? secretId,
    // Some doubles list versions without labels too; AWS's own text is silent about them (docs/platform-facts.md 2.2).
    versions: Object.entries(VersionIdsToStages)
      .map(([versionId, labels]) => ({ versionId, labels: [...labels].sort() }))
      .filter(({ labels }) => labels.length > 0)
      .sort((one, other) => one.versionId.localeCompare(other.versionId)),
    ...defined({
      deletedAt: DeletedDate?.toISOString(),
      kmsKeyId: KmsKeyId,
      primaryRegion: PrimaryRegion === "" ? undefined : PrimaryRegion,
    }),
  };
}
