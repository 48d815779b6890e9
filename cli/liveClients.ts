// The OAuth clients in Genesys that belong to a credential, by the marker in their descriptions, and which of them a slot has.
import { type SlotName } from "../common/slot";
import { canonicalId } from "../declarations/canonicalId";
import { clientName } from "../declarations/naming";
import { type ResolvedCredential } from "../declarations/resolve";
import { parseMarker, slotOf } from "../genesys/marker";
import { isDeleted } from "../genesys/oauthClients";
import { type OAuthClientEntity } from "../genesys/wire";

/** One OAuth client of a credential. */
export interface LiveClient {
  readonly id: string;
  readonly slot: SlotName;
  /** Of its making, as its marker says; that of its slot is another one where rotations keep it, or were taken back. */
  readonly generation: number;
  readonly entity: OAuthClientEntity;
}

const activeState = "active";

/**
 * Whether a client is deleted and only kept for a while: Genesys lists one that is older than 30 days, inactive, until the date of its
 * end (genesys-api 3.7).
 */
export function waitsForDeletion({ state, dateToDelete }: OAuthClientEntity): boolean {
  return dateToDelete !== undefined && state !== undefined && state !== activeState;
}

/** The clients of one credential, newest generation first, of one generation the youngest first. */
export function clientsOf(owner: string, everyClient: readonly OAuthClientEntity[]): readonly LiveClient[] {
  return everyClient
    .flatMap((entity) => {
      const marker = isDeleted(entity) ? undefined : parseMarker(entity.description);
      return marker?.owner === owner
        ? [{ id: entity.id, slot: slotOf(marker), generation: marker.generation, entity }]
        : [];
    })
    .sort((left, right) => right.generation - left.generation || createdMs(right) - createdMs(left));
}

/**
 * The clients that live in a slot. The first one is the slot's: the one that the stored secret names, else the one of
 * the highest generation. Others are left over, from a rotation that was interrupted or whose deletion is due. None waits for its deletion.
 * @param clients Of one credential, as {@link clientsOf} gives them.
 * @param namedIds The clients that AWSCURRENT and AWSPREVIOUS name, where that is known.
 */
export function clientsInSlot(
  clients: readonly LiveClient[],
  slot: SlotName,
  namedIds: readonly string[] = [],
): readonly LiveClient[] {
  const rank = ({ id }: LiveClient): number =>
    namedIds.includes(id) ? namedIds.indexOf(id) : namedIds.length;
  return clients
    .filter((client) => client.slot === slot && !waitsForDeletion(client.entity))
    .sort((left, right) => rank(left) - rank(right));
}

/**
 * Whether rotations put other clients in the place of this one, and have not yet, as far as its marker tells: it was made for an earlier
 * generation of its slot. Where rotations kept clients until lately it is the right one all the same.
 */
export function isOfEarlierGeneration(
  client: Pick<LiveClient, "generation">,
  generation: number,
  { clients }: Pick<ResolvedCredential["rotation"], "clients">,
): boolean {
  return clients === "replace" && client.generation < generation;
}

/** Clients without a marker that have a slot's name or are to be adopted: somebody edited the description, or made them by hand. */
export function unmarkedNamesakes(
  credential: ResolvedCredential,
  stack: string,
  everyClient: readonly OAuthClientEntity[],
): readonly OAuthClientEntity[] {
  const names = [clientName(stack, credential.key, "a"), clientName(stack, credential.key, "b")];
  return everyClient.filter(
    ({ id, name, description, state }) =>
      !isDeleted({ state }) &&
      (names.includes(name ?? "") || canonicalId(id) === credential.adopt?.clientId) &&
      parseMarker(description) === undefined,
  );
}

function createdMs({ entity }: LiveClient): number {
  const at = Date.parse(entity.dateCreated ?? "");
  return Number.isNaN(at) ? 0 : at;
}
