// Retry decisions: what is tried again, how long to wait, and what is never sent twice.
import {
  GenesysApiError,
  GenesysAuthenticationError,
  type GenesysError,
  GenesysResponseError,
  GenesysUnreachableError,
} from "../../../genesys/errors";
import {
  defaultRetryPolicy,
  parseRetryAfterSeconds,
  type RequestKind,
  retryDecision,
} from "../../../genesys/retry";

function apiError(status: number, retryAfterSeconds?: number): GenesysApiError {
  const details = { method: "GET", path: "/x", apiCode: "", apiMessage: "", correlationId: undefined };
  return new GenesysApiError({ ...details, status, retryAfterSeconds });
}
/** As after so many attempts without a wait worth counting. */
function decide(error: GenesysError, kind: RequestKind, attempts: number, random: number) {
  return retryDecision(error, kind, { attempts, waitedMs: 0 }, random);
}
const request = { method: "POST", path: "/x", origin: "https://api.example.com" };
const reset = new GenesysUnreachableError(request, "ECONNRESET", true);
const refused = new GenesysUnreachableError(request, "ECONNREFUSED", false);
const garbled = new GenesysResponseError(request, 200, "the body is not JSON", undefined, true);
const misshapen = new GenesysResponseError(request, 302, "a redirect", undefined);

describe("a creation is never sent again blindly", () => {
  const lost: [string, GenesysError][] = [
    ["500", apiError(500)],
    ["503 with Retry-After", apiError(503, 1)],
    ["504", apiError(504)],
    ["408", apiError(408)],
    ["a reset connection", reset],
    ["a garbled answer", garbled],
  ];
  it.each(lost)("after %s", (_name, error) => {
    expect(decide(error, "create", 1, 0).retry).toBe(false);
    expect(decide(error, "dispensable", 1, 0).retry).toBe(false);
    expect(decide(error, "repeatable", 1, 0).retry).toBe(true);
  });

  it("but after a 429 or a refused connection it is: nothing was done", () => {
    expect(decide(apiError(429, 7), "create", 1, 0)).toEqual({
      retry: true,
      waitMs: 7000,
      pausesToken: true,
    });
    expect(decide(refused, "create", 1, 0).retry).toBe(true);
  });
});

describe("what no repetition cures", () => {
  it.each([400, 401, 403, 404, 413, 415, 501])("%i is reported", (status) => {
    expect(decide(apiError(status), "repeatable", 1, 0).retry).toBe(false);
  });
  it("a redirect is reported", () => {
    expect(decide(misshapen, "repeatable", 1, 0).retry).toBe(false);
  });
  it("a wrong secret is reported at once, a token rate limit is waited for", () => {
    const wrong = new GenesysAuthenticationError(
      401,
      "invalid_client",
      "authentication failed",
      "https://l",
      undefined,
    );
    const limit = new GenesysAuthenticationError(
      400,
      "invalid_request",
      "rate limit exceeded; try later",
      "https://l",
      undefined,
    );
    expect(decide(wrong, "repeatable", 1, 0).retry).toBe(false);
    expect(decide(limit, "repeatable", 1, 0)).toMatchObject({ retry: true });
  });
});

describe("bounds", () => {
  it("gives up after the last attempt of each kind", () => {
    const { maximumAttempts, maximumConnectAttempts, maximumRateLimitAttempts } = defaultRetryPolicy;
    expect(decide(apiError(503), "repeatable", maximumAttempts - 1, 0).retry).toBe(true);
    expect(decide(apiError(503), "repeatable", maximumAttempts, 0).retry).toBe(false);
    expect(decide(refused, "repeatable", maximumConnectAttempts, 0).retry).toBe(false);
    expect(decide(apiError(429, 1), "create", maximumRateLimitAttempts, 0).retry).toBe(false);
  });
  it.each([408, 409, 429, 503, 504])("reports a Retry-After of %i that is too long to wait for", (status) => {
    const longest = defaultRetryPolicy.maximumRetryAfterMs / 1000;
    expect(decide(apiError(status, longest), "repeatable", 1, 0).retry).toBe(true);
    expect(decide(apiError(status, longest + 1), "repeatable", 1, 0).retry).toBe(false);
  });
  it.each([408, 409, 429, 500, 503, 504])("of all waits of one request together, at %i", (status) => {
    const { maximumWaitMs } = defaultRetryPolicy;
    const after = (waitedMs: number) =>
      retryDecision(apiError(status, 60), "repeatable", { attempts: 2, waitedMs }, 0);
    expect(after(maximumWaitMs - 60_000)).toMatchObject({ retry: true, waitMs: 60_000 });
    expect(after(maximumWaitMs - 59_999).retry).toBe(false);
  });
  it("a 409 is tried again for a few seconds, and of a creation not at all", () => {
    const { maximumConflictAttempts } = defaultRetryPolicy;
    expect(decide(apiError(409), "repeatable", 1, 0)).toEqual({
      retry: true,
      waitMs: 250,
      pausesToken: false,
    });
    expect(decide(apiError(409), "repeatable", maximumConflictAttempts, 0).retry).toBe(false);
    expect(decide(apiError(409), "create", 1, 0).retry).toBe(false);
    expect(decide(apiError(409), "dispensable", 1, 0).retry).toBe(false);
  });
  it("doubles the wait, within the maximum, and spreads its upper half", () => {
    const waits = [1, 2, 3, 4].map((attempt) => {
      const decision = decide(apiError(500), "repeatable", attempt, 0);
      return decision.retry ? decision.waitMs : -1;
    });
    expect(waits).toEqual([250, 500, 1000, 2000]);
    expect(decide(apiError(500), "repeatable", 1, 0.999)).toMatchObject({ waitMs: 500 });
  });
});

describe("Retry-After", () => {
  const nowMs = Date.parse("2026-11-24T10:00:00Z");
  it.each<[unknown, number | undefined]>([
    ["42", 42],
    ["0", 0],
    ["Tue, 24 Nov 2026 10:00:30 GMT", 30],
    ["Tue, 24 Nov 2026 09:00:00 GMT", 0],
    ["soon", undefined],
    ["-5", undefined],
    ["9999999999", undefined],
    [undefined, undefined],
    [["1"], undefined],
  ])("%p means %p seconds", (header, seconds) => {
    expect(parseRetryAfterSeconds(header, nowMs)).toBe(seconds);
  });
});
