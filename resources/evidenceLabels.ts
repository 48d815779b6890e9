// What Secrets Manager shows of a secret's versions: their staging labels, and which OAuth client a version names.
import type * as secretsManager from "@aws-sdk/client-secrets-manager";

import { parseSecretPayload } from "../secrets/payload";

/** One version and the staging labels on it. */
export interface LabelledVersion {
  readonly versionId: string;
  readonly labels: readonly string[];
}

/** The value that carries a label. Its text is secret. */
export interface LabelledValue {
  /** Undefined when the text is no payload of ours: somebody else has written it. */
  readonly clientId: string | undefined;
  readonly text: string;
}

/** Where and as whom to ask; what is absent comes from the environment, as everywhere in AWS's SDK. */
export interface LabelReaderOptions {
  readonly region?: string;
  readonly profile?: string;
}

/** Evidence must not hold up a rotation: bounds of each request, milliseconds and attempts. */
const connectionTimeoutMs = 3_000;
const requestTimeoutMs = 10_000;
const maximumAttempts = 3;

/** Reads the versions of secrets. The SDK is loaded with the first question. */
export class LabelReader {
  private sdk: Promise<typeof secretsManager> | undefined;

  constructor(private readonly options: LabelReaderOptions) {}

  /** Every version of the secret, those without labels included; undefined when there is no such secret. */
  async versions(secretId: string): Promise<readonly LabelledVersion[] | undefined> {
    const { ListSecretVersionIdsCommand } = await this.load();
    return this.ask(async (client) => {
      const versions: LabelledVersion[] = [];
      let NextToken: string | undefined;
      do {
        const page = await client.send(
          new ListSecretVersionIdsCommand({
            SecretId: secretId,
            IncludeDeprecated: true,
            ...(NextToken === undefined ? {} : { NextToken }),
          }),
        );
        for (const { VersionId, VersionStages } of page.Versions ?? []) {
          versions.push({ versionId: VersionId ?? "", labels: [...(VersionStages ?? [])].sort() });
        }
        NextToken = page.NextToken === "" ? undefined : page.NextToken;
      } while (NextToken !== undefined);
      return versions;
    });
  }

  /** The value that carries the label; undefined when none does. */
  async value(secretId: string, label: string): Promise<LabelledValue | undefined> {
    const { GetSecretValueCommand } = await this.load();
    return this.ask(async (client) => {
      const { SecretString: text = "" } = await client.send(
        new GetSecretValueCommand({ SecretId: secretId, VersionStage: label }),
      );
      return { clientId: parseSecretPayload(text)?.clientId, text };
    });
  }

  private async ask<T>(
    question: (client: secretsManager.SecretsManagerClient) => Promise<T>,
  ): Promise<T | undefined> {
    const { ResourceNotFoundException, SecretsManagerClient } = await this.load();
    const client = new SecretsManagerClient({
      ...this.options,
      maxAttempts: maximumAttempts,
      requestHandler: {
        connectionTimeout: connectionTimeoutMs,
        requestTimeout: requestTimeoutMs,
        throwOnRequestTimeout: true,
      },
    });
    try {
      return await question(client);
    } catch (error) {
      if (error instanceof ResourceNotFoundException) {
        return undefined;
      }
      throw error;
    } finally {
      client.destroy(); // an idle connection would keep the program alive
    }
  }

  private load(): Promise<typeof secretsManager> {
    // Else the SDK puts a notice about later versions of Node among the update's messages.
    process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";
    this.sdk ??= import("@aws-sdk/client-secrets-manager");
    return this.sdk;
  }
}
