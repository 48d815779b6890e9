// Failures of AWS calls in words: what was being done, what happened, what to do. Never a request, never a secret.
import { services, type Endpoints } from "./endpoints";

/** A failure whose message is complete and safe to show. */
export class AwsFailure extends Error {
  override readonly name = "AwsFailure";
}

/** How the network says that nobody is there. */
const unreachablePattern =
  /\b(ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|EPIPE|TimeoutError)\b/;
const deniedNames = new Set(["AccessDeniedException", "AccessDenied"]);
const refusedCredentialNames = new Set([
  "UnrecognizedClientException",
  "InvalidClientTokenId",
  "InvalidSignatureException",
  "ExpiredTokenException",
  "SignatureDoesNotMatch",
  "MissingAuthenticationTokenException",
]);

/** True when the error is of this AWS type and, if given, its text contains `part`. */
export function isAwsError(error: unknown, name: string, part = ""): boolean {
  return error instanceof Error && error.name === name && error.message.includes(part);
}

/** True when the secret, or the version, is gone or scheduled to go. The texts are those the real provider looks for. */
export function isGone(error: unknown): boolean {
  return (
    isAwsError(error, "ResourceNotFoundException") ||
    isAwsError(error, "InvalidRequestException", "because it was deleted") ||
    isAwsError(error, "InvalidRequestException", "because it was marked for deletion")
  );
}

/** True when something answered over HTTP, whatever it was. */
export function isAnswered(error: unknown): boolean {
  return error instanceof Error && "$response" in error;
}

/** The network's code of a failure. It may stand in the text only: the SDK wraps errors that it does not recognise. */
function networkCode(error: Error): string | undefined {
  const { code } = error as { code?: unknown };
  return isAnswered(error)
    ? undefined
    : unreachablePattern.exec(`${String(code)} ${error.name} ${error.message}`)?.[0];
}

function explain(error: Error, endpoints: Endpoints, service: keyof Endpoints): string {
  const code = networkCode(error);
  if (code !== undefined) {
    const { name, variable } = services[service];
    const endpoint = endpoints[service];
    const where = endpoint === undefined ? `AWS ${name}` : `the ${name} endpoint ${endpoint}`;
    return `${where} cannot be reached (${code}); is it running, and is aws:endpoints or ${variable} right?`;
  }
  if (deniedNames.has(error.name)) {
    return `access denied: ${error.message}; grant the deployer this permission`;
  }
  if (error.name === "CredentialsProviderError") {
    return `no AWS credentials: ${error.message}; check aws:profile, AWS_PROFILE and the files they name`;
  }
  if (refusedCredentialNames.has(error.name)) {
    return `AWS refused the credentials (${error.name}: ${error.message}); check the access key, its secret and its expiry`;
  }
  return error.name === "Error" ? error.message : `${error.name}: ${error.message}`;
}

/** Words a failure. @param action What was being done to which object, as `Creating secret "genesys/dev/report"`. */
export function awsFailure(
  action: string,
  error: unknown,
  endpoints: Endpoints,
  service: keyof Endpoints = "secretsManager",
): AwsFailure {
  if (error instanceof AwsFailure) {
    return error;
  }
  const happened = error instanceof Error ? explain(error, endpoints, service) : "an unknown failure";
  return new AwsFailure(`${action}: ${happened}`);
}
