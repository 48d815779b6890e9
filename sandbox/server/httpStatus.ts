// The HTTP statuses that the simulated services answer with, by their names.

/** Status by name. */
export const httpStatus = {
  ok: 200,
  badRequest: 400,
  unauthorized: 401,
  forbidden: 403,
  notFound: 404,
  conflict: 409,
  unsupportedMediaType: 415,
  tooManyRequests: 429,
  internalError: 500,
  badGateway: 502,
  unavailable: 503,
} as const;
