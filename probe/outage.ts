// Failures that say something about Genesys and nothing about what was asked of it.
import { GenesysApiError, GenesysAuthenticationError, GenesysError } from "../genesys/errors";
import { httpStatus } from "../genesys/httpStatus";

/** After so many in a row nothing more is tried. */
export const patientOutages = 3;

/** Whether Genesys failed, could not be reached, or has no budget left. */
export function isOutage(error: unknown): boolean {
  if (error instanceof GenesysApiError) {
    const { status } = error.details;
    return status >= httpStatus.serverError || status === httpStatus.tooManyRequests;
  }
  return error instanceof GenesysError && !(error instanceof GenesysAuthenticationError);
}
