// Which failures are tried again, and how long to wait before (pure: no clock, no network).
import { msPerSecond } from "../common/clock";
import {
  GenesysApiError,
  GenesysAuthenticationError,
  type GenesysError,
  GenesysResponseError,
  GenesysUnreachableError,
  isConflict,
} from "./errors";
import { httpStatus } from "./httpStatus";

/**
 * What a repetition of the request would do.
 * `repeatable`: the same again (GET, PUT, DELETE, a grant, a new secret). `create`: a second object; POST has no idempotency key.
 * `dispensable`: the same again, but nothing is lost without its answer, so that nobody waits for a server that fails.
 */
export type RequestKind = "repeatable" | "create" | "dispensable";

/** The named defaults of all retrying. */
export interface RetryPolicy {
  /** Attempts of one request, the first included, while Genesys fails or cannot be reached. */
  readonly maximumAttempts: number;
  /** Attempts while the connection is refused: a wrong host should be reported soon. */
  readonly maximumConnectAttempts: number;
  /** Attempts while Genesys answers 409: another change passes in a moment, a name that is taken stays taken. */
  readonly maximumConflictAttempts: number;
  /** Attempts while Genesys answers 429 (waiting is free of effect, so there may be more of them). */
  readonly maximumRateLimitAttempts: number;
  readonly baseDelayMs: number;
  readonly maximumDelayMs: number;
  /** A longer `Retry-After` is reported instead of waited for, with whatever status it comes; Genesys counts by the minute, so one minute is usual. */
  readonly maximumRetryAfterMs: number;
  /** All waits of one request together, whatever asked for them. */
  readonly maximumWaitMs: number;
}

export const defaultRetryPolicy: RetryPolicy = {
  maximumAttempts: 7,
  maximumConnectAttempts: 4,
  maximumConflictAttempts: 4, // 3.5 s at most
  maximumRateLimitAttempts: 10,
  baseDelayMs: 500,
  maximumDelayMs: 16_000,
  maximumRetryAfterMs: 180_000, // the Go SDK's bound for Retry-After
  maximumWaitMs: 300_000,
};

/** What was done about one request until now. */
export interface RetryHistory {
  /** Attempts that failed, the last one included. */
  readonly attempts: number;
  readonly waitedMs: number;
}

/** Wait and try again, or give up. `pausesToken`: Genesys refused by a limit, so nobody else should use this token meanwhile. */
export type RetryDecision =
  | { readonly retry: false }
  | { readonly retry: true; readonly waitMs: number; readonly pausesToken: boolean };

/** Genesys's text for "too many token requests", answered with 400 (source: the Terraform provider, PR 1004). */
const tokenRateLimitText = /^rate limit exceeded/i;

/** 429 without `Retry-After`: the budget is counted by the minute. */
const rateLimitDelayMs = 15_000;

/**
 * Decides about a failed attempt.
 * @param random A number in [0, 1): spreads the attempts of many resources.
 */
export function retryDecision(
  error: GenesysError,
  kind: RequestKind,
  history: RetryHistory,
  random: number,
  policy: RetryPolicy = defaultRetryPolicy,
): RetryDecision {
  const backoffMs = backoffDelayMs(history.attempts, random, policy);
  const waitMs =
    error instanceof GenesysApiError
      ? Math.max(askedWaitMs(error), backoffMs) // "Retry-After: 0", or a date that a skewed clock has put into the past, is no invitation to hammer
      : isTokenRateLimit(error)
        ? Math.max(backoffMs, policy.baseDelayMs * history.attempts)
        : backoffMs;
  const mayRetry =
    history.attempts < attemptsAllowed(error, kind, policy) &&
    waitMs <= policy.maximumRetryAfterMs &&
    history.waitedMs + waitMs <= policy.maximumWaitMs;
  return mayRetry ? { retry: true, waitMs, pausesToken: isRateLimit(error) } : { retry: false };
}

/** What the answer asks for; 0 when it asks for nothing. */
function askedWaitMs({ details }: GenesysApiError): number {
  if (details.retryAfterSeconds !== undefined) {
    return details.retryAfterSeconds * msPerSecond;
  }
  return details.status === httpStatus.tooManyRequests ? rateLimitDelayMs : 0;
}

/** How often a request may be sent that fails so; 1 where no repetition cures it, or a repetition might do it twice. */
function attemptsAllowed(error: GenesysError, kind: RequestKind, policy: RetryPolicy): number {
  if (isRateLimit(error) || isTokenRateLimit(error)) {
    return policy.maximumRateLimitAttempts; // nothing was done
  }
  if (error instanceof GenesysUnreachableError && !error.mayHaveTakenEffect) {
    return policy.maximumConnectAttempts;
  }
  if (kind !== "repeatable") {
    return 1;
  }
  if (isConflict(error)) {
    return policy.maximumConflictAttempts;
  }
  return isPassing(error) ? policy.maximumAttempts : 1;
}

/** Troubles of the server or of the way there, which may be over the next time. */
function isPassing(error: GenesysError): boolean {
  if (error instanceof GenesysApiError) {
    const { status } = error.details;
    return (
      (status >= httpStatus.serverError && status !== httpStatus.notImplemented) ||
      status === httpStatus.requestTimeout
    );
  }
  return (
    error instanceof GenesysUnreachableError || (error instanceof GenesysResponseError && error.isTransient)
  );
}

function isRateLimit(error: GenesysError): boolean {
  return error instanceof GenesysApiError && error.details.status === httpStatus.tooManyRequests;
}

/** The token endpoint asks for patience; nothing is said about the pair. */
export function isTokenRateLimit(error: unknown): boolean {
  return error instanceof GenesysAuthenticationError && tokenRateLimitText.test(error.description);
}

/** Doubles with each attempt up to the maximum; the upper half is random, so that parallel resources spread. */
function backoffDelayMs(attempt: number, random: number, policy: RetryPolicy): number {
  const fullMs = Math.min(policy.maximumDelayMs, policy.baseDelayMs * 2 ** (attempt - 1));
  return Math.round(fullMs / 2 + (fullMs / 2) * random);
}

/** Seconds of a `Retry-After` header: a whole number or an HTTP date (RFC 9110, 10.2.3); undefined when it says nothing usable. */
export function parseRetryAfterSeconds(header: unknown, nowMs: number): number | undefined {
  if (typeof header !== "string") {
    return undefined;
  }
  if (/^\d{1,6}$/.test(header.trim())) {
    return Number(header.trim());
  }
  const atMs = /^[A-Z][a-z]{2},? /.test(header) ? Date.parse(header) : Number.NaN;
  return Number.isNaN(atMs) ? undefined : Math.max(0, Math.ceil((atMs - nowMs) / msPerSecond));
}
