// Which failures are tried again, and how long to wait before (pure: no clock, no network).
import { msPerSecond } from "../common/clock";
import {
  GenesysApiError,
  GenesysAuthenticationError,
  type GenesysError,
  GenesysResponseError,
  GenesysUnreachableError,
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
  readonly baseDelayMs: number;
  readonly maximumDelayMs: number;
  /** A longer `Retry-After` is reported instead of waited for; Genesys counts by the minute, so one minute is usual. */
  readonly maximumRetryAfterMs: number;
  /** Attempts while Genesys answers 429 (waiting is free of effect, so there may be more of them). */
  readonly maximumRateLimitAttempts: number;
  /** All waits of one request for 429 together. */
  readonly maximumRateLimitWaitMs: number;
}

export const defaultRetryPolicy: RetryPolicy = {
  maximumAttempts: 7,
  maximumConnectAttempts: 4,
  baseDelayMs: 500,
  maximumDelayMs: 16_000,
  maximumRetryAfterMs: 180_000, // the Go SDK's bound for Retry-After
  maximumRateLimitAttempts: 10,
  maximumRateLimitWaitMs: 300_000,
};

/** Wait and try again, or give up. `pausesEveryone`: the budget is spent, so no other request should be sent either. */
export type RetryDecision =
  | { readonly retry: false }
  | { readonly retry: true; readonly waitMs: number; readonly pausesEveryone: boolean };

/** Another attempt after the wait, where there may be one. */
function retryIf(mayRetry: boolean, waitMs: number, { pausesEveryone = false } = {}): RetryDecision {
  return mayRetry ? { retry: true, waitMs, pausesEveryone } : { retry: false };
}

/** Genesys's text for "too many token requests", answered with 400 (source: the Terraform provider, PR 1004). */
const tokenRateLimitText = /^rate limit exceeded/i;

/** 429 without `Retry-After`: the budget is counted by the minute. */
const rateLimitDelayMs = 15_000;

/**
 * Decides about a failed attempt.
 * @param attempt Number of the attempt that failed, from 1.
 * @param random A number in [0, 1): spreads the attempts of many resources.
 */
export function retryDecision(
  error: GenesysError,
  kind: RequestKind,
  attempt: number,
  random: number,
  policy: RetryPolicy = defaultRetryPolicy,
): RetryDecision {
  const backoffMs = backoffDelayMs(attempt, random, policy);
  if (error instanceof GenesysApiError) {
    return decideByStatus(error, kind, attempt, backoffMs, policy);
  }
  if (error instanceof GenesysAuthenticationError) {
    const mayRetry = isTokenRateLimit(error) && attempt < policy.maximumRateLimitAttempts;
    return retryIf(mayRetry, Math.max(backoffMs, policy.baseDelayMs * attempt));
  }
  if (error instanceof GenesysUnreachableError && !error.mayHaveTakenEffect) {
    return retryIf(attempt < policy.maximumConnectAttempts, backoffMs);
  }
  const isTransient =
    error instanceof GenesysUnreachableError || (error instanceof GenesysResponseError && error.isTransient);
  return retryIf(isTransient && kind === "repeatable" && attempt < policy.maximumAttempts, backoffMs);
}

function decideByStatus(
  error: GenesysApiError,
  kind: RequestKind,
  attempt: number,
  backoffMs: number,
  policy: RetryPolicy,
): RetryDecision {
  const { details } = error;
  const retryAfterMs =
    details.retryAfterSeconds === undefined ? undefined : details.retryAfterSeconds * msPerSecond;
  if (details.status === httpStatus.tooManyRequests) {
    // "Retry-After: 0", or a date that a skewed clock has put into the past, is no invitation to hammer.
    const waitMs = Math.max(retryAfterMs ?? rateLimitDelayMs, backoffMs);
    const isWorthWaiting =
      waitMs <= policy.maximumRetryAfterMs && waitMs * attempt <= policy.maximumRateLimitWaitMs;
    const mayRetry = isWorthWaiting && attempt < policy.maximumRateLimitAttempts;
    return retryIf(mayRetry, waitMs, { pausesEveryone: true });
  }
  const isServerFault =
    (details.status >= httpStatus.serverError && details.status !== httpStatus.notImplemented) ||
    details.status === httpStatus.requestTimeout;
  const waitMs = Math.max(backoffMs, Math.min(retryAfterMs ?? 0, policy.maximumRetryAfterMs));
  return retryIf(isServerFault && kind === "repeatable" && attempt < policy.maximumAttempts, waitMs);
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
