// The OAuth clients behind each declared credential: those that the state records, else those that carry its marker.
import { adoptionIn, clientNameIn } from "../../declarations/adoption";
import { canonicalId } from "../../declarations/canonicalId";
import { type ResolvedCredential } from "../../declarations/resolve";
import { type SlotName, slotOwning } from "../../declarations/rotation";
import { type OAuthClientEntity } from "../../genesys/wire";
import { type Known } from "../known";
import { clientsOf } from "../liveClients";
import { type StackFacts } from "./auditedStacks";
import { type RecordedClient } from "./recordedStack";

/** One OAuth client of a credential. */
export interface ManagedClient {
  /** Null before the next update makes it. */
  readonly clientId: string | null;
  readonly name: string;
  readonly slot: SlotName;
  readonly generation: number;
  /** Whether the stored secret should name it. */
  readonly isCurrent: boolean;
  /** As in state; absent where the state is not known, or does not have it yet. */
  readonly recorded?: RecordedClient;
  /** As in Genesys; absent where it is not there, or Genesys was not asked. */
  readonly live?: OAuthClientEntity;
}

/** The clients of one credential, current first. @param live Undefined where Genesys was not asked. */
export function managedClientsOf(
  credential: ResolvedCredential,
  { stack, recorded }: StackFacts,
  live: Known<readonly OAuthClientEntity[]> | undefined,
): readonly ManagedClient[] {
  const everyClient = live !== undefined && "value" in live ? live.value : [];
  const found =
    "value" in recorded
      ? recordedClients(credential, recorded.value.clients, everyClient)
      : markedClients(credential, everyClient);
  const planned = credential.slots
    .filter(({ generation }) => !found.some((one) => one.generation === generation))
    .map((slot) => ({
      clientId: null,
      name: clientNameIn(credential, stack, slot),
      slot: slot.slot,
      generation: slot.generation,
      isCurrent: found.length === 0 && slot.isCurrent,
    }));
  return [...found, ...planned];
}

function recordedClients(
  { owner }: ResolvedCredential,
  clients: readonly RecordedClient[],
  everyClient: readonly OAuthClientEntity[],
): readonly ManagedClient[] {
  return clients
    .filter((client) => client.owner === owner && !client.isPendingDeletion)
    .sort((left, right) => (right.generation ?? 0) - (left.generation ?? 0))
    .map((client, index) => {
      const live = everyClient.find(({ id }) => id === client.id);
      const generation = client.generation ?? 0;
      return {
        clientId: client.id,
        name: live?.name ?? client.name ?? "",
        slot: slotOwning(generation),
        generation,
        isCurrent: index === 0,
        recorded: client,
        ...(live === undefined ? {} : { live }),
      };
    });
}

/** Without the state: what carries the credential's marker, one for each generation, and what it declares to adopt. */
function markedClients(
  credential: ResolvedCredential,
  everyClient: readonly OAuthClientEntity[],
): readonly ManagedClient[] {
  const adopted = credential.slots.flatMap((slot) => {
    const id = adoptionIn(credential, slot)?.clientId;
    const entity = everyClient.find((client) => canonicalId(client.id) === id);
    return entity === undefined ? [] : [{ id: entity.id, generation: slot.generation, entity }];
  });
  const marked = [...clientsOf(credential.owner, everyClient), ...adopted];
  const first = marked.filter(
    (one, index) => marked.findIndex(({ generation }) => generation === one.generation) === index,
  );
  const declared = credential.rotation.generation;
  const current = first.find(({ generation }) => generation === declared) ?? first[0];
  return first
    .map(({ id, generation, entity }) => ({
      clientId: id,
      name: entity.name ?? "",
      slot: slotOwning(generation),
      generation,
      isCurrent: id === current?.id,
      live: entity,
    }))
    .sort((left, right) => Number(right.isCurrent) - Number(left.isCurrent));
}
