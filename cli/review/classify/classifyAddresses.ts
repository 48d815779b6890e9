// What a plan means for the addresses from which a credential's tokens may be asked for (pure).
import { addressesBeyond } from "../../../common/addressRange";
import { type Finding, finding } from "./finding";
import { phrase } from "./phrase";
import { type ClientState } from "../plan/resourceStates";
import { type CredentialPlan } from "../plan/stackPlan";

/** The findings of one credential; none where no address is limited on either side. */
export function addressFindings(plan: CredentialPlan): Finding[] {
  const { key, before, after } = plan;
  if (after === undefined) {
    return [];
  }
  const is = limitOf(after.clients);
  if (before === undefined) {
    return is === undefined
      ? []
      : [finding(key, "neutral", phrase`its tokens may be asked for from ${is.join(", ")} only`)];
  }
  return [...limitFindings(key, limitOf(before.clients), is), ...sendingFindings(plan)];
}

/** What a reader should know about the effect of the lists that findings speak of. */
export function addressNotes(plans: readonly CredentialPlan[]): string[] {
  const limited = plans
    .filter((plan) => addressFindings(plan).length > 0)
    .flatMap(({ clients }) => clients.filter(({ before, after }) => before !== after))
    .flatMap(({ after }) => (after?.allowedAddresses === undefined ? [] : [after]));
  const isSent = ({ allowedAddressesField }: ClientState): boolean => allowedAddressesField !== undefined;
  return [
    ...(limited.some((client) => !isSent(client))
      ? [
          "Allowed addresses are stored and not sent to Genesys yet (GENESYSCLOUD_ALLOWED_ADDRESSES_FIELD is not set): nothing enforces them.",
        ]
      : []),
    ...(limited.some(isSent)
      ? ["Allowed addresses are sent to Genesys, whose part it is to enforce them."]
      : []),
  ];
}

/** The addresses of all clients together; undefined when some client may be used from everywhere. */
function limitOf(clients: readonly ClientState[]): readonly string[] | undefined {
  const lists = clients.map(({ allowedAddresses }) => allowedAddresses);
  return lists.length === 0 || lists.includes(undefined)
    ? undefined
    : [...new Set(lists.flatMap((list) => list ?? []))];
}

function limitFindings(
  key: string,
  was: readonly string[] | undefined,
  is: readonly string[] | undefined,
): Finding[] {
  if (was === undefined || is === undefined) {
    if (is !== undefined) {
      return [
        finding(
          key,
          "narrower",
          phrase`first allowed addresses: ${is.join(", ")}; before, every address was allowed`,
        ),
      ];
    }
    return was === undefined
      ? []
      : [
          finding(
            key,
            "wider",
            phrase`the allowed addresses are removed (${was.join(", ")}): every address is allowed`,
          ),
        ];
  }
  const added = addressesBeyond(is, was);
  const removed = addressesBeyond(was, is);
  const isRewritten = added.length === 0 && removed.length === 0 && was.join() !== is.join();
  return [
    ...(added.length === 0
      ? []
      : [finding(key, "wider", phrase`the allowed addresses gain ${added.join(", ")}`)]),
    ...(removed.length === 0
      ? []
      : [finding(key, "narrower", phrase`the allowed addresses lose ${removed.join(", ")}`)]),
    ...(isRewritten
      ? [finding(key, "neutral", phrase`the allowed addresses are written otherwise and stay the same`)]
      : []),
  ];
}

/** Turning the sending on or off, of a list that is there before and after: once for all clients of the credential. */
function sendingFindings({ key, clients }: CredentialPlan): Finding[] {
  const changes = clients.flatMap(({ before, after }) =>
    before?.allowedAddresses !== undefined &&
    after?.allowedAddresses !== undefined &&
    before.allowedAddressesField !== after.allowedAddressesField
      ? [[before.allowedAddressesField, after.allowedAddressesField] as const]
      : [],
  );
  const [first] = changes;
  if (first === undefined) {
    return [];
  }
  const [was, is] = first;
  if (is === undefined) {
    return [finding(key, "wider", phrase`the allowed addresses are not sent to Genesys any more`)];
  }
  return was === undefined
    ? [
        finding(
          key,
          "narrower",
          phrase`the allowed addresses are sent to Genesys for the first time, as its field ${is}`,
        ),
      ]
    : [
        finding(
          key,
          "neutral",
          phrase`the allowed addresses are sent to Genesys as its field ${is} instead of ${was}`,
        ),
      ];
}
