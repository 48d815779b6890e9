// What a plan means for the addresses from which a credential's tokens may be asked for (pure).
import { addressesBeyond } from "../../../common/addressRange";
import { type Finding, linesOn } from "./finding";
import { type ClientState } from "../plan/resourceStates";
import { type CredentialPlan } from "../plan/stackPlan";

/** The findings of one credential; none where no address is limited on either side. */
export function* addressFindings(plan: CredentialPlan): Generator<Finding> {
  const { key, before, after } = plan;
  if (after === undefined) {
    return;
  }
  const is = limitOf(after.clients);
  if (before !== undefined) {
    yield* limitFindings(key, limitOf(before.clients), is);
    yield* sendingFindings(plan);
  } else if (is !== undefined) {
    yield linesOn(key)("ADDRESSES_DECLARED")`its tokens may be asked for from ${is.join(", ")} only`;
  }
}

/** What a reader should know about the effect of the lists that findings speak of. */
export function addressNotes(plans: readonly CredentialPlan[]): string[] {
  const limited = plans
    .filter((plan) => [...addressFindings(plan)].length > 0)
    .flatMap(({ clients }) => clients.filter(({ before, after }) => before !== after))
    .flatMap(({ after }) => (after?.allowedAddresses === undefined ? [] : [after]));
  const isSent = limited.map(({ allowedAddressesField }) => allowedAddressesField !== undefined);
  const notSent =
    "Allowed addresses are stored and not sent to Genesys yet (GENESYSCLOUD_ALLOWED_ADDRESSES_FIELD is not set): nothing enforces them.";
  const sent = "Allowed addresses are sent to Genesys, whose part it is to enforce them.";
  return [...(isSent.includes(false) ? [notSent] : []), ...(isSent.includes(true) ? [sent] : [])];
}

/** The addresses of all clients together; undefined when some client may be used from everywhere. */
function limitOf(clients: readonly ClientState[]): readonly string[] | undefined {
  const lists = clients.map(({ allowedAddresses }) => allowedAddresses);
  return lists.length === 0 || lists.includes(undefined)
    ? undefined
    : [...new Set(lists.flatMap((list) => list ?? []))];
}

function* limitFindings(
  key: string,
  was: readonly string[] | undefined,
  is: readonly string[] | undefined,
): Generator<Finding> {
  const line = linesOn(key);
  if (was === undefined) {
    if (is !== undefined) {
      yield line(
        "ADDRESSES_LIMITED",
      )`first allowed addresses: ${is.join(", ")}; before, every address was allowed`;
    }
    return;
  }
  if (is === undefined) {
    yield line(
      "ADDRESSES_UNLIMITED",
    )`the allowed addresses are removed (${was.join(", ")}): every address is allowed`;
    return;
  }
  const [added, removed] = [addressesBeyond(is, was), addressesBeyond(was, is)];
  if (added.length > 0) {
    yield line("ADDRESSES_GAIN")`the allowed addresses gain ${added.join(", ")}`;
  }
  if (removed.length > 0) {
    yield line("ADDRESSES_LOSE")`the allowed addresses lose ${removed.join(", ")}`;
  }
  if (added.length === 0 && removed.length === 0 && was.join() !== is.join()) {
    yield line("ADDRESSES_REWRITTEN")`the allowed addresses are written otherwise and stay the same`;
  }
}

/** Turning the sending on or off, of a list that is there before and after: once for all clients of the credential. */
function* sendingFindings({ key, clients }: CredentialPlan): Generator<Finding> {
  const line = linesOn(key);
  const change = clients.find(
    ({ before, after }) =>
      before?.allowedAddresses !== undefined &&
      after?.allowedAddresses !== undefined &&
      before.allowedAddressesField !== after.allowedAddressesField,
  );
  const [was, is] = [change?.before?.allowedAddressesField, change?.after?.allowedAddressesField];
  if (was !== undefined && is !== undefined) {
    yield line(
      "ADDRESSES_FIELD",
    )`the allowed addresses are sent to Genesys as its field ${is} instead of ${was}`;
  } else if (is !== undefined) {
    yield line(
      "ADDRESSES_SENT",
    )`the allowed addresses are sent to Genesys for the first time, as its field ${is}`;
  } else if (was !== undefined) {
    yield line("ADDRESSES_NOT_SENT")`the allowed addresses are not sent to Genesys any more`;
  }
}
