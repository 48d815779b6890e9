// The OAuth clients behind each declared credential: those that the state records, else those that carry its marker or name.
import { defined } from "../../../common/defined";
import { slotOwning } from "../../../common/slot";
import { adoptionIn, clientNameIn } from "../../../declarations/adoption";
import { canonicalId } from "../../../declarations/canonicalId";
import { type ResolvedCredential } from "../../../declarations/resolve";
import { type Slot } from "../../../declarations/rotation/slots";
import { clientName } from "../../../declarations/naming";
import { isEnded } from "../../../genesys/knowledge/clientLife";
import { type OAuthClientEntity } from "../../../genesys/wire";
import { credentialClients } from "../../world/credentialClients";
import { clientsInSlot, isOfEarlierGeneration } from "../../world/liveClients";
import { isClientRecordOf } from "../../world/recordOf";
import { type Wanted } from "../../world/strangers";
import { type AuditedClient } from "../auditReport";
import { type StackFacts } from "./auditedStacks";
import { type RecordedClient } from "./recordedStack";

/** One OAuth client of a credential: what the report says of it, and what that is known from. */
export interface ManagedClient extends Pick<
  AuditedClient,
  "clientId" | "name" | "slot" | "generation" | "isCurrent"
> {
  /** As in state; absent where the state is not known, or does not have it yet. */
  readonly recorded?: RecordedClient;
  /** As in Genesys; absent where it is not there, or Genesys was not asked. */
  readonly live?: OAuthClientEntity;
}

/** The clients of one credential, current first. @param everyClient None where Genesys was not asked. */
export function managedClientsOf(
  credential: ResolvedCredential,
  { stack, recorded, declarations: { credentials: declared } }: StackFacts,
  everyClient: readonly OAuthClientEntity[],
): readonly ManagedClient[] {
  const found =
    "value" in recorded
      ? recordedClients(credential, declared, recorded.value.clients, everyClient)
      : markedClients({ credential, stack, declared }, everyClient, recorded);
  const planned = credential.slots
    .filter((slot) => !found.some((one) => holds(one, slot, credential, found)))
    .map((slot) => ({
      clientId: null,
      name: clientNameIn(credential, stack, slot),
      slot: slot.slot,
      generation: slot.generation,
      isCurrent: found.length === 0 && slot.isCurrent,
    }));
  return [...found, ...planned];
}

/** Whether the next update makes no other client for the slot. */
function holds(
  one: ManagedClient,
  slot: Slot,
  { rotation }: ResolvedCredential,
  found: readonly ManagedClient[],
): boolean {
  const latest = Math.max(...found.map(({ generation }) => generation));
  const isKept = rotation.clients === "keep" && rotation.generation - latest <= 1;
  return one.slot === slot.slot && (one.generation >= slot.generation || isKept);
}

function recordedClients(
  credential: ResolvedCredential,
  declared: readonly ResolvedCredential[],
  clients: readonly RecordedClient[],
  everyClient: readonly OAuthClientEntity[],
): readonly ManagedClient[] {
  return clients
    .filter((client) => !client.isPendingDeletion && isClientRecordOf(client, credential, declared))
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
        ...defined({ live }),
      };
    });
}

/**
 * Without the state: what carries the credential's marker, one for each making, and in a slot that has none of those what has its name or is
 * declared to be adopted.
 */
function markedClients(
  wanted: Wanted,
  everyClient: readonly OAuthClientEntity[],
  state: { readonly reason: string },
): readonly ManagedClient[] {
  const { credential, stack } = wanted;
  const { slots, rotation } = credential;
  const { clients: marked, strangers } = credentialClients(wanted, { everyClient, state });
  const adopted = slots.flatMap((slot) => {
    const id = adoptionIn(credential, slot)?.clientId;
    const name = clientName(stack, credential.key, slot.slot);
    const isMarked = marked.some((one) => one.slot === slot.slot && !isEnded(one.entity));
    const entity =
      everyClient.find((client) => canonicalId(client.id) === id) ??
      (isMarked
        ? undefined
        : strangers.find((one) => one.why === "unmarked" && one.entity.name === name)?.entity);
    return entity === undefined || marked.some((one) => one.id === entity.id)
      ? []
      : [{ id: entity.id, slot: slot.slot, generation: slot.generation, entity }];
  });
  const all = [...marked, ...adopted];
  const first = all.filter(
    (one, index) => all.findIndex(({ generation }) => generation === one.generation) === index,
  );
  // The marker of a slot's client tells when it was made; it is of the slot's generation whichever that is.
  const generations = new Map(
    slots.flatMap(({ slot, generation }) => {
      const [own] = clientsInSlot(first, slot);
      const isOwn = own !== undefined && !isOfEarlierGeneration(own, generation, rotation);
      return isOwn ? [[own.id, generation] as const] : [];
    }),
  );
  const current = first.find(({ id }) => generations.get(id) === rotation.generation) ?? first[0];
  return first
    .map(({ id, slot, generation, entity }) => ({
      clientId: id,
      name: entity.name ?? "",
      slot,
      generation: generations.get(id) ?? generation,
      isCurrent: id === current?.id,
      live: entity,
    }))
    .sort((left, right) => Number(right.isCurrent) - Number(left.isCurrent));
}
