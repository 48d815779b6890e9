// Refusals that have to do with allowed addresses: Genesys announced them without naming a code, so they are known by their words.

/** What of an error answer is read here. */
interface Refusal {
  readonly details: { readonly status: number; readonly apiCode: string; readonly apiMessage: string };
}

const badRequestStatus = 400;

/**
 * The words of such a refusal, once camel case, dots and underscores are spaces: "allow list", "allowed ip addresses", "ip range",
 * "CIDR". Generous, since no text is known (docs/genesys-api.md 9); the answer itself is quoted beside the advice.
 */
const addressWords =
  /\b(allow|white) ?list|\ballow(ed)? (client |source )?(ips?|address|addresses|networks?|ranges?|cidrs?)\b|\bcidrs?\b|\bips\b|\b(client|source) ip\b|\bip (allow|white|address|range|network|restrict|list|v4|v6)/;

/** Whether Genesys refused a client (400) for its allowed addresses, or for having none. */
export function isAddressRefusal(error: Refusal): boolean {
  return (
    error.details.status === badRequestStatus &&
    (addressWords.test(words(error.details.apiCode)) || addressWords.test(words(error.details.apiMessage)))
  );
}

/** The same, or a refusal (400) that names the field in which the addresses were sent. */
export function concernsAddresses(error: Refusal, field: string | undefined): boolean {
  const { status, apiMessage } = error.details;
  const namesField = field !== undefined && status === badRequestStatus && apiMessage.includes(field);
  return namesField || isAddressRefusal(error);
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
