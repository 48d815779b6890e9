// The errors that Secrets Manager answers with: code, text and HTTP status as AWS sends them.
import { httpStatus } from "../server/httpStatus";

/** An answer other than success. `code` is the AWS error type, `status` the HTTP status it travels with. */
export class ServiceError extends Error {
  override readonly name = "ServiceError";

  constructor(
    readonly code: string,
    message: string,
    readonly status: number = httpStatus.badRequest,
  ) {
    super(message);
  }
}

/** No version answers to `key` (`staging label` or `VersionId`) with this value. */
export const valueNotFound = (key: "staging label" | "VersionId", value: string): ServiceError =>
  new ServiceError(
    "ResourceNotFoundException",
    `Secrets Manager can't find the specified secret value for ${key}: ${value}`,
  );

/** A parameter has a value that the service refuses. */
export const invalidParameter = (message: string): ServiceError =>
  new ServiceError("InvalidParameterException", message);

/** The request does not fit the state of the secret. */
export const invalidRequest = (message: string): ServiceError =>
  new ServiceError("InvalidRequestException", message);

/** A member of the request breaks a constraint of the API model (length, range, pattern). The value is never repeated. */
export const constraintViolation = (member: string, constraint: string): ServiceError =>
  new ServiceError(
    "ValidationException",
    `1 validation error detected: Value at '${member.charAt(0).toLowerCase()}${member.slice(1)}' failed to satisfy constraint: ${constraint}`,
  );

/** The service failed; SDKs try again. */
export const internalServiceError = (): ServiceError =>
  new ServiceError("InternalServiceError", "An error occurred on the server side.", httpStatus.internalError);
