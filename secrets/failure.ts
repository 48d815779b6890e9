// What can go wrong between us and Secrets Manager, in words: what happened, and what to do.
import { oneLine } from "../common/oneLine";

/** Stable codes, explained in docs/errors.md. */
export type SecretsErrorCode =
  | "AWS_ACCOUNT_REFUSED"
  | "AWS_CREDENTIALS"
  | "AWS_DENIED"
  | "AWS_FAILED"
  | "AWS_KMS_DENIED"
  | "AWS_REGION_UNKNOWN"
  | "AWS_THROTTLED"
  | "AWS_UNREACHABLE"
  | "SECRET_GONE"
  | "SECRET_IS_REPLICA"
  | "SECRET_SCHEDULED_FOR_DELETION"
  | "SECRET_VERSION_TAKEN";

/** A failure of Secrets Manager or of the way to it. Its message is one line and holds no secret of the payload. */
export class SecretsError extends Error {
  override readonly name = "SecretsError";

  constructor(
    readonly code: SecretsErrorCode,
    message: string,
    /** AWS's own words, for those who know better what was asked and what to do; else the message. */
    readonly reason = message,
  ) {
    super(message);
  }
}

/** Whether an error is one of ours with this code. */
export function hasSecretsCode(error: unknown, code: SecretsErrorCode): error is SecretsError {
  return error instanceof SecretsError && error.code === code;
}

/** For `catch`: nobody can read a secret that is scheduled for deletion; its own check tells about it. @throws every other error as it is */
export function undefinedWhenScheduled(error: unknown): undefined {
  if (!hasSecretsCode(error, "SECRET_SCHEDULED_FOR_DELETION")) {
    throw error;
  }
}

/** The longest text of AWS in a message. */
const longestReason = 300;

const denied = new Set(["AccessDenied", "AccessDeniedException", "UnauthorizedOperation"]);
const throttled = new Set([
  "LimitExceededException",
  "RequestLimitExceeded",
  "ThrottledException",
  "Throttling",
  "ThrottlingException",
  "TooManyRequestsException",
]);

/** Answers about the keys, whatever is asked. Source: AWS, "Common error types" of Secrets Manager's and STS's API references. */
const keyErrors = new Set([
  "CredentialsProviderError",
  "ExpiredToken",
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
  "TokenProviderError",
  "UnrecognizedClientException",
]);

/** KMS refuses in words of Secrets Manager's own, too. */
const kmsWords = /\bKMS\b/;
const kmsErrors = new Set(["DecryptionFailure", "EncryptionFailure"]);

/** Secrets Manager and the AWS provider know a scheduled deletion by these words (docs/platform-facts.md 2.1). */
const deletionWords = /marked for deletion|scheduled for deletion|marked deleted|was deleted/i;

/**
 * Puts a failure of the AWS SDK into words.
 * @param what As `GetSecretValue of the secret genesys/dev/nightly-report`.
 */
export function secretsErrorOf(what: string, error: unknown): SecretsError {
  if (error instanceof SecretsError) {
    return error;
  }
  const name = error instanceof Error ? error.name : "";
  const reason = reasonOf(error);
  const tell = (code: SecretsErrorCode, remedy: string): SecretsError =>
    new SecretsError(code, `${what}: ${reason}; ${remedy}`, reason);
  if (
    kmsErrors.has(name) ||
    ((denied.has(name) || name === "InvalidRequestException") && kmsWords.test(reason))
  ) {
    return tell(
      "AWS_KMS_DENIED",
      "allow the deployer kms:Decrypt and kms:GenerateDataKey on the secret's key, and see that the key is enabled",
    );
  }
  if (denied.has(name)) {
    return tell("AWS_DENIED", `allow the deployer that operation (docs/security.md has the policy)`);
  }
  if (throttled.has(name)) {
    return tell("AWS_THROTTLED", "wait a minute and run it again");
  }
  if (keyErrors.has(name)) {
    return tell(
      "AWS_CREDENTIALS",
      "sign in to AWS, or set AWS_PROFILE or the AWS keys of the environment, and run it again",
    );
  }
  if (name === "ResourceNotFoundException") {
    return tell("SECRET_GONE", "run `pulumi up --refresh`, which makes the secret again");
  }
  if (name === "ResourceExistsException") {
    return tell("SECRET_VERSION_TAKEN", "run it again");
  }
  if (name === "InvalidRequestException" && deletionWords.test(reason)) {
    return tell("SECRET_SCHEDULED_FOR_DELETION", scheduledRemedy);
  }
  return hasStatus(error)
    ? tell("AWS_FAILED", "run it again; if it stays, look the answer up in AWS's documentation")
    : tell("AWS_UNREACHABLE", "check the region, the network, the proxy and AWS's endpoint settings");
}

/** What to do about a secret that AWS is about to delete. */
export const scheduledRemedy =
  "bring it back with `aws secretsmanager restore-secret`, or declare another secret.name";

/** What the SDK puts before an error of the connection. */
const wrapping = /^AWS SDK error wrapper for (?:\w*Error: )?/;

/** AWS's own code and first line: it quotes the whole request behind it where a signature is wrong. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) {
    return "something that is not an error was thrown";
  }
  const code = "code" in error && typeof error.code === "string" ? error.code : error.name;
  const [line = ""] = error.message.split("\n");
  const message = line.replace(wrapping, "");
  const text = message === "" || message === code ? code : code === "Error" ? message : `${code}: ${message}`;
  return oneLine(text, longestReason);
}

/** An answer has a status; without one there was no way to AWS. */
function hasStatus(error: unknown): boolean {
  const metadata = (error as { $metadata?: { httpStatusCode?: number } }).$metadata;
  return metadata?.httpStatusCode !== undefined;
}
