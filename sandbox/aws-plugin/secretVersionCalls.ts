// The API calls on a version of a secret, one method per step of the real provider. Source: its secret_version.go.
import { randomBytes } from "node:crypto";
import { type SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { isGone } from "./awsFailure";
import { textListOf, textOf, type PropertyMap } from "./propertyValues";
import { type ResourceContext } from "./resourceType";
import { regionOf } from "./secretDefaults";
import { waitFor } from "./waiting";

/** The label that is moved, never removed. */
const currentLabel = "AWSCURRENT";
const previousLabel = "AWSPREVIOUS";

const tokenPrefix = "terraform-";
/** Digits of the time in a token (`yyyymmddhhmmss` and ten-thousandths), and bytes of its random rest: 36 characters in all. */
const tokenDigits = 18;
const tokenRandomBytes = 4;

/** A version as it is now. The value is absent when it was not asked for. */
export interface FoundVersion {
  readonly arn: string;
  readonly labels: string[];
  readonly secretString?: string | undefined;
  readonly secretBinary?: string | undefined;
}

/** A token as the real provider makes them: new on every attempt, so a repeated run is never recognised as one. */
function newToken(nowMs: number): string {
  const time = new Date(nowMs).toISOString().replace(/\D/g, "").padEnd(tokenDigits, "0");
  return `${tokenPrefix}${time}${randomBytes(tokenRandomBytes).toString("hex")}`;
}

/** Calls on the versions of one secret. */
export class SecretVersionCalls {
  readonly region: string;

  constructor(
    private readonly secretId: string,
    properties: PropertyMap,
    private readonly context: ResourceContext,
  ) {
    this.region = regionOf(properties, context.config);
  }

  private get client(): SecretsManagerClient {
    return this.context.connection.client(this.region);
  }

  private get sdk(): ResourceContext["connection"]["sdk"] {
    return this.context.connection.sdk;
  }

  private get options(): { abortSignal: AbortSignal } {
    return { abortSignal: this.context.signal };
  }

  /** One PutSecretValue. @returns the id of the new version. */
  async put(news: PropertyMap): Promise<string> {
    const text = textOf(news, "secretString") ?? textOf(news, "secretStringWo");
    const binary = textOf(news, "secretBinary");
    const labels = textListOf(news["versionStages"]) ?? [];
    const { VersionId = "" } = await this.client.send(
      new this.sdk.PutSecretValueCommand({
        SecretId: this.secretId,
        ClientRequestToken: newToken(this.context.clock.now()),
        ...(text === undefined ? {} : { SecretString: text }),
        ...(binary === undefined ? {} : { SecretBinary: Buffer.from(binary, "base64") }),
        ...(labels.length === 0 ? {} : { VersionStages: labels }),
      }),
      this.options,
    );
    return VersionId;
  }

  /** The version, by GetSecretValue, or by ListSecretVersionIds when its value was given write-only; undefined when gone. */
  async find(versionId: string, isWriteOnly: boolean): Promise<FoundVersion | undefined> {
    try {
      return isWriteOnly ? await this.findListed(versionId) : await this.findValue(versionId);
    } catch (error) {
      if (isGone(error)) {
        return undefined;
      }
      throw error;
    }
  }

  /** {@link find}, repeated until the new version and its labels are visible: labels spread with a delay. */
  async findNew(versionId: string, isWriteOnly: boolean): Promise<FoundVersion | undefined> {
    let last: FoundVersion | undefined;
    await waitFor(this.context, async () => {
      last = await this.find(versionId, isWriteOnly);
      return last !== undefined && last.labels.length > 0 ? last : undefined;
    });
    return last;
  }

  /** Puts labels on the version; AWSCURRENT is taken from the version that holds it. Removes others, AWSCURRENT never. */
  async relabel(versionId: string, before: readonly string[], after: readonly string[]): Promise<void> {
    let isPromoted = false;
    for (const label of after.filter((wanted) => !before.includes(wanted))) {
      const holder = label === currentLabel ? await this.currentVersionId() : undefined;
      isPromoted ||= label === currentLabel;
      await this.move(label, { moveTo: versionId, ...(holder === undefined ? {} : { removeFrom: holder }) });
    }
    for (const label of before.filter((held) => !after.includes(held))) {
      // Promotion has already moved AWSPREVIOUS to the version that was current.
      if (label !== currentLabel && !(isPromoted && label === previousLabel)) {
        await this.move(label, { removeFrom: versionId });
      }
    }
  }

  /**
   * Removes the labels that the state says the version has, AWSCURRENT apart, and waits until what is left is harmless.
   * No version is ever deleted: AWS prunes those without labels.
   */
  async strip(versionId: string, labelsInState: readonly string[], isWriteOnly: boolean): Promise<void> {
    for (const label of labelsInState.filter((held) => held !== currentLabel)) {
      try {
        await this.move(label, { removeFrom: versionId });
      } catch (error) {
        if (isGone(error)) {
          return;
        }
        throw error;
      }
    }
    const isDone = await waitFor(this.context, async () => {
      const labels = (await this.find(versionId, isWriteOnly))?.labels ?? [];
      const isHarmless =
        labels.length === 0 ||
        (labels.length === 1 && (labels[0] === currentLabel || labels[0] === previousLabel));
      return isHarmless ? true : undefined;
    });
    if (isDone === undefined) {
      throw new Error("the version still holds staging labels");
    }
  }

  private async move(
    label: string,
    { moveTo, removeFrom }: { moveTo?: string; removeFrom?: string },
  ): Promise<void> {
    await this.client.send(
      new this.sdk.UpdateSecretVersionStageCommand({
        SecretId: this.secretId,
        VersionStage: label,
        ...(moveTo === undefined ? {} : { MoveToVersionId: moveTo }),
        ...(removeFrom === undefined ? {} : { RemoveFromVersionId: removeFrom }),
      }),
      this.options,
    );
  }

  private async findValue(versionId: string): Promise<FoundVersion> {
    const found = await this.client.send(
      new this.sdk.GetSecretValueCommand({ SecretId: this.secretId, VersionId: versionId }),
      this.options,
    );
    return {
      arn: found.ARN ?? this.secretId,
      labels: found.VersionStages ?? [],
      secretString: found.SecretString,
      secretBinary:
        found.SecretBinary === undefined ? undefined : Buffer.from(found.SecretBinary).toString("base64"),
    };
  }

  private async findListed(versionId: string): Promise<FoundVersion | undefined> {
    let NextToken: string | undefined;
    do {
      const page = await this.client.send(
        new this.sdk.ListSecretVersionIdsCommand({
          SecretId: this.secretId,
          IncludeDeprecated: true,
          ...(NextToken === undefined ? {} : { NextToken }),
        }),
        this.options,
      );
      const found = (page.Versions ?? []).find((version) => version.VersionId === versionId);
      if (found !== undefined) {
        return { arn: page.ARN ?? this.secretId, labels: found.VersionStages ?? [] };
      }
      NextToken = page.NextToken === "" ? undefined : page.NextToken;
    } while (NextToken !== undefined);
    return undefined;
  }

  private async currentVersionId(): Promise<string | undefined> {
    const page = await this.client.send(
      new this.sdk.ListSecretVersionIdsCommand({ SecretId: this.secretId }),
      this.options,
    );
    return (page.Versions ?? []).find((version) => version.VersionStages?.includes(currentLabel) === true)
      ?.VersionId;
  }
}
