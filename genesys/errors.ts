// What can go wrong when talking to Genesys Cloud: the error classes and the questions asked of them.
import { httpStatus } from "./httpStatus";

/** Base of every error that leaves `genesys/`. Messages and fields hold no token, secret or request body. */
export abstract class GenesysError extends Error {
  /** Stable code, explained in docs/errors.md. */
  abstract readonly code: string;
}

/** The environment of the deployer cannot be used. */
export class SettingsError extends GenesysError {
  override readonly name = "SettingsError";
  readonly code = "DEPLOYER_ENVIRONMENT";
}

/** The method and path of a request, for error texts: `GET /api/v2/oauth/clients/{id}`. */
export interface RequestName {
  readonly method: string;
  readonly path: string;
}

/** What an error answer of the API says about itself (ErrorBody, docs/genesys-api.md 7). */
export interface ApiErrorDetails extends RequestName {
  readonly status: number;
  /** Genesys's own code, as `missing.permissions`; empty when the answer had none. */
  readonly apiCode: string;
  readonly apiMessage: string;
  readonly correlationId: string | undefined;
  /** From the `Retry-After` header. */
  readonly retryAfterSeconds: number | undefined;
}

/** The API answered with a status of 300 or above. */
export class GenesysApiError extends GenesysError {
  override readonly name = "GenesysApiError";
  readonly code = "GENESYS_API";

  /** The message without advice, for those who have more of their own. */
  readonly answer: string;

  constructor(readonly details: ApiErrorDetails) {
    const said = [details.apiCode, details.apiMessage].filter((part) => part !== "").join(": ");
    const answer =
      `${details.method} ${details.path} was answered ${details.status}${said === "" ? "" : ` ${said}`}` +
      waitSuffix(details.retryAfterSeconds) +
      correlationSuffix(details.correlationId);
    super(isDenied(details) ? `${answer}; ${said === "" ? wordlessAdvice : ""}${forbiddenAdvice}` : answer);
    this.answer = answer;
  }
}

/** The login host knows no roles. */
function isDenied({ status, path }: ApiErrorDetails): boolean {
  return status === httpStatus.forbidden && path.startsWith(apiPrefix);
}

/** What a 403 without any words of the API may be besides: with which words a policy denies is not documented. */
const wordlessAdvice = "perhaps by a proxy or a firewall; ";

/** All requests but those to the login host. */
const apiPrefix = "/api/";

/**
 * What else than a lacking permission or role may be behind a 403: since April 2026 such policies can deny a client what its roles allow
 * (docs/genesys-api.md 4.4). It is in the message itself, so that nobody who passes that on leaves it out.
 */
export const forbiddenAdvice =
  "where the roles suffice, an attribute-based access policy that applies to clients may deny it " +
  "(Admin > Authorization policies; GET /api/v2/authorization/policies)";

/** The token endpoint refused a client id and secret (OAuth-shaped answer, docs/genesys-api.md 2). */
export class GenesysAuthenticationError extends GenesysError {
  override readonly name = "GenesysAuthenticationError";
  readonly code = "GENESYS_AUTHENTICATION";

  constructor(
    readonly status: number,
    /** The OAuth error code, as `invalid_client`. */
    readonly oauthError: string,
    readonly description: string,
    readonly loginUrl: string,
    readonly correlationId: string | undefined,
  ) {
    super(
      `${loginUrl}/oauth/token refused the client credentials: ${status} ${oauthError}` +
        `${description === "" ? "" : ` (${description})`}${correlationSuffix(correlationId)}`,
    );
  }
}

/** No answer: refused, reset, timed out, or the name is unknown. */
export class GenesysUnreachableError extends GenesysError {
  override readonly name = "GenesysUnreachableError";
  readonly code = "GENESYS_UNREACHABLE";

  constructor(
    readonly request: RequestName & { readonly origin: string },
    /** The network's word, as `ECONNREFUSED`. */
    readonly reason: string,
    /** False when the request cannot have reached Genesys; true when it may have taken effect. */
    readonly mayHaveTakenEffect: boolean,
  ) {
    super(`${request.method} ${request.path} got no answer from ${request.origin}: ${reason}`);
  }
}

/** An answer of success that cannot be read: no JSON, a wrong shape, or a redirect. */
export class GenesysResponseError extends GenesysError {
  override readonly name = "GenesysResponseError";
  readonly code = "GENESYS_RESPONSE";

  constructor(
    { method, path }: RequestName, // what is passed may hold the token and the body, too
    /** Undefined when the connection ended within the answer. */
    readonly status: number | undefined,
    readonly problem: string,
    readonly correlationId: string | undefined,
    /** False where asking again would bring the same (a redirect, an answer of another shape). */
    readonly isTransient: boolean = false,
  ) {
    super(
      `${method} ${path} was answered ${status === undefined ? "" : `${status} `}with something unexpected: ${problem}` +
        correlationSuffix(correlationId),
    );
  }
}

/** Of a GET that took several requests, as a list does: no single answer is to blame. */
export function unexpectedAnswer(path: string, problem: string): GenesysResponseError {
  return new GenesysResponseError({ method: "GET", path }, undefined, problem, undefined);
}

function waitSuffix(retryAfterSeconds = 0): string {
  return retryAfterSeconds === 0 ? "" : `; Genesys asks to wait ${retryAfterSeconds} s`;
}

function correlationSuffix(correlationId: string | undefined): string {
  return correlationId === undefined ? "" : ` [correlation id ${correlationId}]`;
}

/** The object does not exist (404 or 410). A 408 is a time-out, never a deletion. */
export function isNotFound(error: unknown): error is GenesysApiError {
  return hasStatus(error, httpStatus.notFound) || hasStatus(error, httpStatus.gone);
}

/** For `catch`: what Genesys does not find is undefined. @throws every other error as it is */
export function undefinedWhenNotFound(error: unknown): undefined {
  if (!isNotFound(error)) {
    throw error;
  }
  return undefined;
}

/** The caller lacks a permission or a role (403). */
export function isForbidden(error: unknown): error is GenesysApiError {
  return hasStatus(error, httpStatus.forbidden);
}

/** An object of that name exists, or another change was in the way (409). */
export function isConflict(error: unknown): error is GenesysApiError {
  return hasStatus(error, httpStatus.conflict);
}

/** The bearer token is not accepted (any more). */
export function isUnauthorized(error: unknown): error is GenesysApiError {
  return hasStatus(error, httpStatus.unauthorized);
}

/** The API answered with Genesys's own code. */
export function hasApiCode(error: unknown, apiCode: string): error is GenesysApiError {
  return error instanceof GenesysApiError && error.details.apiCode === apiCode;
}

/** Refusals that a fresh role, grant or client can cause before it is known everywhere (docs/genesys-api.md 3.8, 3.10). */
export function isRefusal(error: unknown): error is GenesysApiError {
  return (
    hasStatus(error, httpStatus.badRequest) || isForbidden(error) || hasStatus(error, httpStatus.notFound)
  );
}

/** True when a write that failed with this error may nevertheless have taken effect: it must not be sent again blindly. */
export function mayHaveTakenEffect(error: unknown): boolean {
  if (error instanceof GenesysUnreachableError) {
    return error.mayHaveTakenEffect;
  }
  if (error instanceof GenesysApiError) {
    return (
      error.details.status >= httpStatus.serverError || error.details.status === httpStatus.requestTimeout
    );
  }
  return error instanceof GenesysResponseError;
}

function hasStatus(error: unknown, status: number): error is GenesysApiError {
  return error instanceof GenesysApiError && error.details.status === status;
}
