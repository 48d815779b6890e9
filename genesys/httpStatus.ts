// The HTTP statuses that our decisions name.

export const httpStatus = {
  badRequest: 400,
  unauthorized: 401,
  forbidden: 403,
  notFound: 404,
  methodNotAllowed: 405,
  /** The server gave up waiting; what it had begun is not known. */
  requestTimeout: 408,
  conflict: 409,
  gone: 410,
  tooManyRequests: 429,
  /** The first of the server's own faults. */
  serverError: 500,
  /** Above {@link httpStatus.serverError}, but no fault that passes. */
  notImplemented: 501,
} as const;
