// The OAuth clients of a credential that live in Genesys, and which of them a slot has (pure).
import { type SlotName } from "../../common/slot";
import { type ResolvedCredential } from "../../declarations/resolve";
import { isEnded } from "../../genesys/knowledge/clientLife";
import { type OAuthClientEntity } from "../../genesys/wire";

/** One OAuth client of a credential. */
export interface LiveClient {
  readonly id: string;
  readonly slot: SlotName;
  /** Of its making, as its marker says, else the state; that of its slot is another one where rotations keep it, or were taken back. */
  readonly generation: number;
  readonly entity: OAuthClientEntity;
}

type Aged = Pick<LiveClient, "generation" | "entity">;

/** Newest generation first, of one generation the youngest first. */
export function newestFirst(left: Aged, right: Aged): number {
  return right.generation - left.generation || createdMs(right) - createdMs(left);
}

/**
 * The clients that live in a slot. The first one, of the highest generation, is the slot's. Others are left over, from a rotation that was
 * interrupted or whose deletion is due. None waits for its deletion.
 * @param clients Of one credential, as credentialClients.ts finds them.
 */
export function clientsInSlot<T extends LiveClient>(clients: readonly T[], slot: SlotName): readonly T[] {
  return clients.filter((client) => client.slot === slot && !isEnded(client.entity));
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

function createdMs({ entity }: Aged): number {
  const at = Date.parse(entity.dateCreated ?? "");
  return Number.isNaN(at) ? 0 : at;
}
