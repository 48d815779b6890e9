// The bodies of refusals: Genesys's ErrorBody, and the OAuth form of the token endpoint.
import { SimulatorError } from "./simulatorError";

/** Code and message that go with a status, for errors without a cause of their own. Source: API description. */
const usual: Readonly<Record<number, readonly [code: string, message: string]>> = {
  400: ["bad.request", "The request could not be understood by the server due to malformed syntax."],
  401: ["bad.credentials", "Invalid login credentials."],
  403: ["not.authorized", "You are not authorized to perform the requested action."],
  404: ["not.found", "The requested resource was not found."],
  408: ["request.timeout", "The client did not produce a request within the server timeout limit."],
  409: ["general.conflict", "The request conflicts with the current state of the target resource."],
  413: ["request.entity.too.large", "The request is over the size limit. Maximum bytes: 512000."],
  415: [
    "unsupported.media.type",
    "Unsupported Media Type - Unsupported or incorrect media type, such as an incorrect Content-Type value in the header.",
  ],
  429: ["too.many.requests", "Rate limit exceeded the maximum."],
  500: [
    "internal.server.error",
    "The server encountered an unexpected condition which prevented it from fulfilling the request.",
  ],
  503: ["service.unavailable", "Service Unavailable - The server is currently unavailable."],
  504: ["request.timeout", "The request timed out."],
};

/** A refusal; code and message follow from the status unless they are given. */
export function usualRefusal(status: number, givenCode?: string, givenMessage?: string): SimulatorError {
  const [code, message] = usual[status] ?? ["unknown.error", "The request failed."];
  return new SimulatorError(status, givenCode ?? code, givenMessage ?? message);
}

/**
 * Genesys's error body.
 * @param contextId equals the header ININ-Correlation-Id
 */
export function errorBody({ status, code, message }: SimulatorError, contextId: string) {
  return { message, code, status, contextId, details: [], errors: [] };
}

/** The code of a 429 that says when to come back, since November 2021. */
export const retryAfterCode = "too.many.requests.retry.after";

/** The text of a 429 that says when to come back. */
export function retryAfterMessage(seconds: number): string {
  return `Rate limit exceeded the maximum. Retry the request in [${seconds}] seconds`;
}

/** The three keys of a token endpoint's refusal; the last two carry the same text, as seen on the real host. */
export function tokenErrorBody(error: string, text: string): Record<string, string> {
  return { error, description: text, error_description: text };
}
