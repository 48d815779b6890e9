// What to do about a refusal that has to do with allowed addresses.
import { GenesysApiError } from "../../genesys/errors";
import type { AllowedAddressesInputs } from "./allowedAddresses";
import { concernsAddresses } from "../../genesys/knowledge/addressRefusal";
import { ProviderError } from "../engine/providerError";

/**
 * The same failure, explained where it is such a refusal.
 * @param action As `Creating OAuth client "nightly-report-dev-a"`.
 */
export function explainAddresses(
  action: string,
  error: unknown,
  { allowedAddresses, allowedAddressesField }: AllowedAddressesInputs,
): unknown {
  if (!(error instanceof GenesysApiError) || !concernsAddresses(error, allowedAddressesField)) {
    return error;
  }
  const announced =
    "Genesys has announced that each client-credentials client needs a list of the IP addresses it may be used from";
  const remedy =
    allowedAddresses === undefined
      ? `${announced}: declare allowedAddresses for this credential, and set GENESYSCLOUD_ALLOWED_ADDRESSES_FIELD to the name of Genesys's field for it`
      : allowedAddressesField === undefined
        ? `${announced}: allowedAddresses is declared but not sent; set GENESYSCLOUD_ALLOWED_ADDRESSES_FIELD to the name of Genesys's field for it`
        : `the addresses were sent as the field "${allowedAddressesField}": check them, and the name in GENESYSCLOUD_ALLOWED_ADDRESSES_FIELD, against Genesys's answer`;
  return new ProviderError(
    "ALLOWED_ADDRESSES_REFUSED",
    `${action}: ${error.message}; nothing was written. ${remedy}`,
  );
}

/** What may be behind a refused sign-in of a new pair: what Genesys answers to an address outside the list is not known. */
export function addressHint({ allowedAddressesField }: AllowedAddressesInputs): { refusalHint?: string } {
  return allowedAddressesField === undefined
    ? {}
    : {
        refusalHint:
          "its tokens are limited to its allowedAddresses, and the address that this run comes from may not be among them: add it if so",
      };
}
