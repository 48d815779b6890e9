// Reads stored secrets as a consumer does: by name and staging label, from AWS Secrets Manager.
import {
  GetSecretValueCommand,
  InvalidRequestException,
  ResourceNotFoundException,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { type Environment } from "../declarations/endpoints";
import { awsAccess, filled } from "./awsEnvironment";
import { OutsideError, UsageError } from "./cliError";

/** The staging labels that consumers use. */
export type StagingLabel = "AWSCURRENT" | "AWSPREVIOUS";

/** A stored text, or why there is none. */
export type StoredText =
  | {
      readonly text: string;
      /** ISO instant at which this version was written; absent where AWS does not say. */
      readonly writtenAt?: string;
    }
  | {
      readonly absence: string;
      /** There is a value, which is no text. */
      readonly isBinary?: true;
    };

/** What `verify` needs of Secrets Manager. */
export interface SecretReader {
  /** @throws OutsideError when AWS refuses or cannot be reached. */
  read(secretName: string, label: StagingLabel): Promise<StoredText>;
  close(): void;
}

/**
 * A reader with the endpoint, region and keys of the environment, or those that the AWS SDK finds by itself.
 * @param region From the stack file; the environment's when undefined.
 * @throws UsageError when no region is known.
 */
export function openSecretReader(region: string | undefined, environment: Environment): SecretReader {
  const chosen = region ?? filled(environment, "AWS_REGION") ?? filled(environment, "AWS_DEFAULT_REGION");
  if (chosen === undefined) {
    throw new UsageError(
      "Reading secrets: no AWS region is known; write aws:region in the stack file, or set AWS_REGION.",
    );
  }
  const client = new SecretsManagerClient({
    region: chosen,
    ...awsAccess(environment),
  });
  return {
    read: (secretName, label) => read(client, secretName, label),
    close: () => {
      client.destroy();
    },
  };
}

async function read(
  client: SecretsManagerClient,
  secretName: string,
  label: StagingLabel,
): Promise<StoredText> {
  try {
    const { SecretString: text, CreatedDate: createdAt } = await client.send(
      new GetSecretValueCommand({ SecretId: secretName, VersionStage: label }),
    );
    if (text === undefined) {
      return { absence: "it holds bytes instead of text", isBinary: true };
    }
    return { text, ...(createdAt === undefined ? {} : { writtenAt: createdAt.toISOString() }) };
  } catch (error) {
    if (error instanceof ResourceNotFoundException) {
      return { absence: "there is no such value" };
    }
    if (error instanceof InvalidRequestException) {
      return { absence: `AWS says: ${error.message}` };
    }
    throw new OutsideError(
      `Reading ${label} of the secret ${secretName}: ${reasonOf(error)}; check the AWS credentials, the region and the network.`,
    );
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) {
    return String(error);
  }
  const code = "code" in error && typeof error.code === "string" ? error.code : error.name;
  return error.message === "" ? code : `${code}: ${error.message}`;
}
