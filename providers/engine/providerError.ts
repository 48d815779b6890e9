// The errors that providers hand to the engine: one readable text each, no stack trace, nothing secret.
import {
  forbiddenAdvice,
  GenesysApiError,
  GenesysAuthenticationError,
  GenesysError,
  GenesysResponseError,
  GenesysUnreachableError,
  hasApiCode,
  isForbidden,
} from "../../genesys/errors";
import { isTokenRateLimit } from "../../genesys/retry";
import { oneLine } from "../../common/oneLine";
import type { Redactor } from "../../common/redact";
import { SecretsError } from "../../secrets/failure";

/**
 * The engine prints the message of an error by itself, and the provider process prints `${error}: ${error.stack}` once more
 * for check, diff, read and delete (docs/platform-facts.md 1.2). This prefix lets providers/load.js leave the second one out.
 */
export const alreadyReportedPrefix = "reported-by-the-engine:";

/** A message may list names of the organisation: enough to be useful, too little to fill a log. */
const maximumMessageLength = 4000;

/** A failure in words: what was being done to which object: what happened; what to do. */
export class ProviderError extends Error {
  override readonly name = "ProviderError";

  constructor(
    /** Stable code, explained in docs/errors.md. */
    readonly code: string,
    message: string,
  ) {
    super(`${oneLine(message, maximumMessageLength)} [${code}]`);
    this.stack = "";
  }

  override toString(): string {
    return `${alreadyReportedPrefix}${this.message}`;
  }
}

/**
 * A failure after the object exists in Genesys: the engine keeps it in state and repairs it on the next `up` (docs/platform-facts.md 1.5).
 * `properties` must hold everything the next call needs, `__provider` included, already sanitised.
 */
export class InitializationError extends ProviderError {
  readonly reasons: readonly string[];

  constructor(
    readonly id: string,
    readonly properties: Readonly<Record<string, unknown>>,
    cause: ProviderError,
  ) {
    super(cause.code, withoutCode(cause));
    this.reasons = [this.message];
  }
}

function withoutCode(error: ProviderError): string {
  return error.message.slice(0, -` [${error.code}]`.length);
}

/** Puts any failure into words. @param action As `Creating OAuth client "nightly-report-dev-a"`. */
export function explain(action: string, error: unknown, redactor: Redactor): ProviderError {
  if (error instanceof InitializationError) {
    return error;
  }
  if (error instanceof ProviderError) {
    // Its words may quote Genesys: a name of an organisation, division or role.
    return new ProviderError(error.code, redactor.redact(withoutCode(error)));
  }
  const code = error instanceof GenesysError || error instanceof SecretsError ? error.code : "UNEXPECTED";
  const said = error instanceof Error ? wordsOf(error) : "something that is not an error was thrown";
  const advice = adviceFor(error);
  return new ProviderError(code, redactor.redact(`${action}: ${said}${advice === "" ? "" : `; ${advice}`}`));
}

/** The advice of here says it all, and in a better order. */
function wordsOf(error: Error): string {
  return error instanceof GenesysApiError ? error.answer : error.message;
}

const proxyAuthenticationRequired = 407;

function adviceFor(error: unknown): string {
  if (isTokenRateLimit(error)) {
    return "Genesys limits how many tokens may be made in a minute: wait a minute and run `pulumi up` again";
  }
  if (error instanceof GenesysAuthenticationError) {
    return (
      "check GENESYSCLOUD_OAUTHCLIENT_ID and GENESYSCLOUD_OAUTHCLIENT_SECRET, and the region: " +
      "a right pair sent to a wrong region is refused in the same words"
    );
  }
  if (error instanceof GenesysUnreachableError) {
    return "check the region or GENESYSCLOUD_API_URL and GENESYSCLOUD_LOGIN_URL, the network and the proxy";
  }
  if (hasApiCode(error, "auth.too.many.clients")) {
    return "the organisation is at its limit of OAuth clients: delete unused ones, or set rotation.overlap: none";
  }
  if (hasApiCode(error, "missing.client.roles")) {
    return "a client-credentials client needs at least one role";
  }
  if (isForbidden(error)) {
    return (
      "the deployer lacks a permission, or a role that it is to hand out; give it that role and run `pulumi up` again; " +
      forbiddenAdvice
    );
  }
  if (error instanceof GenesysApiError && error.details.status === proxyAuthenticationRequired) {
    return "this is the proxy's answer: check HTTPS_PROXY, with user name and password where it wants them, and NO_PROXY";
  }
  if (error instanceof GenesysApiError && (error.details.retryAfterSeconds ?? 0) > 0) {
    return "run `pulumi up` again when that time is over";
  }
  if (error instanceof GenesysApiError || error instanceof GenesysResponseError) {
    return "run `pulumi up` again; if it stays, ask Genesys support and name the correlation id";
  }
  return "";
}
