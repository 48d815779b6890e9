// Asks AWS about secrets: whether each exists, is to be deleted, and can be read; and what kind of failure it is when AWS refuses.
import {
  DescribeSecretCommand,
  SecretsManagerClient,
  SecretsManagerServiceException,
} from "@aws-sdk/client-secrets-manager";
import { type Environment } from "../declarations/endpoints";
import { oneLine } from "../common/oneLine";
import { awsAccess } from "./awsEnvironment";
import { openSecretReader, type StoredText } from "./secretReader";
import { messageOf } from "./known";

/** One secret as AWS tells of it. */
export type StoredSecret =
  | { readonly kind: "missing" }
  /** AWS does not let the deployer look at it. */
  | { readonly kind: "refused"; readonly reason: string }
  /** AWS answered with a failure that concerns this secret, or this moment. */
  | { readonly kind: "failed"; readonly reason: string }
  /** Whatever refuses this one refuses all: the keys, or the way to AWS. */
  | { readonly kind: "unreachable"; readonly reason: string }
  | {
      readonly kind: "found";
      readonly arn: string;
      /** ISO instant that AWS calls DeletedDate, where a deletion is scheduled. */
      readonly deletedAt?: string;
      /** What AWSCURRENT holds, or why that cannot be read. */
      readonly current: StoredText | { readonly refusal: string };
    };

/** Asks about a secret by its name or ARN. Never rejects. */
interface SecretLookup {
  look(secretId: string): Promise<StoredSecret>;
  close(): void;
}

/** Bounds of one attempt, in milliseconds; the SDK makes three. */
const connectionTimeoutMs = 5000;
const requestTimeoutMs = 15_000;

/** Secrets asked for at a time. */
const concurrency = 4;

const refusals = new Set(["AccessDeniedException", "AccessDenied"]);

/** Answers of AWS about the keys, whatever is asked. Source: AWS, "Common error types" of Secrets Manager's API reference. */
const keyErrors = new Set([
  "ExpiredTokenException",
  "IncompleteSignature",
  "IncompleteSignatureException",
  "InvalidClientTokenId",
  "InvalidSignatureException",
  "MissingAuthenticationToken",
  "MissingAuthenticationTokenException",
  "NotAuthorized",
  "OptInRequired",
  "RequestExpired",
  "SignatureDoesNotMatch",
  "UnrecognizedClientException",
]);

/** @param region Checked before. */
function openSecretLookup(region: string, environment: Environment): SecretLookup {
  const reader = openSecretReader(region, environment);
  const client = new SecretsManagerClient({
    region,
    ...awsAccess(environment),
    requestHandler: { connectionTimeout: connectionTimeoutMs, requestTimeout: requestTimeoutMs },
  });
  return {
    look: async (secretId) => {
      let described;
      try {
        described = await client.send(new DescribeSecretCommand({ SecretId: secretId }));
      } catch (error) {
        return failureOf(error);
      }
      const { ARN: arn = "", DeletedDate: deletedDate } = described;
      if (deletedDate !== undefined) {
        const absence = "it is scheduled for deletion";
        return { kind: "found", arn, deletedAt: deletedDate.toISOString(), current: { absence } };
      }
      const current = await reader
        .read(secretId, "AWSCURRENT")
        .catch((error: unknown) => ({ refusal: messageOf(error) }));
      return { kind: "found", arn, current };
    },
    close: () => {
      reader.close();
      client.destroy();
    },
  };
}

/**
 * Asks about several secrets, each once. Stops at a failure that meets all of them: what is not in the answer was not asked for.
 * @param secretIds Names or ARNs.
 */
export async function lookAtSecrets(
  secretIds: readonly string[],
  region: string,
  environment: Environment,
): Promise<ReadonlyMap<string, StoredSecret>> {
  const ids = [...new Set(secretIds)];
  const found = new Map<string, StoredSecret>();
  const lookup = openSecretLookup(region, environment);
  try {
    // The first one alone: wrong keys are then told once, after one wait.
    for (let start = 0; start < ids.length; start += start === 0 ? 1 : concurrency) {
      const batch = ids.slice(start, start === 0 ? 1 : start + concurrency);
      const answers = await Promise.all(batch.map((id) => lookup.look(id)));
      for (const [index, answer] of answers.entries()) {
        found.set(batch[index] ?? "", answer);
      }
      if (answers.some(({ kind }) => kind === "unreachable")) {
        break;
      }
    }
    return found;
  } finally {
    lookup.close();
  }
}

function failureOf(error: unknown): StoredSecret {
  const name = error instanceof Error ? error.name : "";
  const code =
    error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : name;
  if (name === "ResourceNotFoundException") {
    return { kind: "missing" };
  }
  // Only the first line: AWS quotes the whole request behind it where a signature is wrong.
  const [message = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
  const reason = oneLine(message === "" ? code : `${code}: ${message}`);
  if (refusals.has(name)) {
    return { kind: "refused", reason };
  }
  // An answer has a status; without one there were no keys to sign with, or no way to AWS.
  const isAnswer =
    error instanceof SecretsManagerServiceException && error.$metadata.httpStatusCode !== undefined;
  return { kind: isAnswer && !keyErrors.has(name) ? "failed" : "unreachable", reason };
}
