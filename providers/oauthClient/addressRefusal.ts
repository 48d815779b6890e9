// Refusals that have to do with allowed addresses: Genesys announced them without naming a code, so they are known by their words.
import { GenesysApiError } from "../../genesys/errors";
import type { AllowedAddressesInputs } from "./allowedAddresses";
import { ProviderError } from "../engine/providerError";

const badRequestStatus = 400;

/**
 * The words of such a refusal, once camel case, dots and underscores are spaces: "allow list", "allowed ip addresses", "ip range",
 * "CIDR". Generous, since no text is known (genesys-api 12); the answer itself is quoted beside the advice.
 */
const addressWords =
  /\b(allow|white) ?list|\ballow(ed)? (client |source )?(ips?|address|addresses|networks?|ranges?|cidrs?)\b|\bcidrs?\b|\bips\b|\b(client|source) ip\b|\bip (allow|white|address|range|network|restrict|list|v4|v6)/;

/** Whether Genesys refused a client (400) for its allowed addresses, or for having none. */
export function isAddressRefusal(error: GenesysApiError): boolean {
  return (
    error.details.status === badRequestStatus &&
    (addressWords.test(words(error.details.apiCode)) || addressWords.test(words(error.details.apiMessage)))
  );
}

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

function concernsAddresses(error: GenesysApiError, field: string | undefined): boolean {
  const { status, apiMessage } = error.details;
  const namesField = field !== undefined && status === badRequestStatus && apiMessage.includes(field);
  return namesField || isAddressRefusal(error);
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

function words(text: string): string {
  return text
    .replace(/IPv(?=[46])/g, " ip v")
    .replace(/(IP|CIDR)s(?![a-z])/g, " $1S ")
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1 $2")
    .replace(/[^A-Za-z0-9]+/g, " ")
    .toLowerCase();
}
