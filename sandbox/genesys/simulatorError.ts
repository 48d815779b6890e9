// The refusals of the simulated organisation: what a rule throws, before it becomes an HTTP answer.
import { httpStatus } from "../server/httpStatus";

/** A refusal in the form of Genesys's ErrorBody. Source of the codes: the public API description. */
export class SimulatorError extends Error {
  override readonly name: string = "SimulatorError";

  /**
   * @param status HTTP status of the answer
   * @param code Genesys error code, such as `not.found`
   * @param message text shown to the caller
   * @param headers further headers of the answer, such as `Retry-After`
   */
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
}

/**
 * A refusal of the token endpoint, which speaks OAuth and not ErrorBody: `status` is 400 or 401 (403 where the switch
 * `refusedAddressStatus` says so), `code` an OAuth error name, such as `invalid_client`.
 */
export class TokenRefusal extends SimulatorError {
  override readonly name = "TokenRefusal";
}

const refusal =
  (status: number) =>
  (code: string, message: string): SimulatorError =>
    new SimulatorError(status, code, message);

/** 404: the object does not exist, or is not visible yet. */
export function notFound(what: string): SimulatorError {
  return new SimulatorError(
    httpStatus.notFound,
    "not.found",
    `The requested resource was not found: ${what}.`,
  );
}

/** The object that was looked for. @throws SimulatorError 404 naming `what` */
export function found<T>(object: T | undefined, what: string): T {
  if (object === undefined) {
    throw notFound(what);
  }
  return object;
}

/** 400 with one of the codes that the endpoint documents. */
export const badRequest = refusal(httpStatus.badRequest);

/** 409: something else has what was asked for. */
export function conflict(message: string): SimulatorError {
  return new SimulatorError(httpStatus.conflict, "general.conflict", message);
}

/** 401: the token is missing, unknown or expired. */
export const unauthorized = refusal(httpStatus.unauthorized);

/** 403: the caller lacks a permission. */
export const forbidden = refusal(httpStatus.forbidden);

/** 400 for a value of the wrong type, in the wording of the real API. */
export function invalidValue(value: unknown, fieldType: string): SimulatorError {
  const shown = typeof value === "string" ? value : JSON.stringify(value);
  return badRequest("invalid.value", `Value [${shown}] is not valid for field type [${fieldType}].`);
}
