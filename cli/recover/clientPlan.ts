// Which live OAuth client belongs into a slot of which the state knows nothing (pure).
import { type SlotName, slotOwning } from "../../common/slot";
import { adoptionIn, clientNameIn } from "../../declarations/adoption";
import { canonicalId } from "../../declarations/canonicalId";
import { type ResolvedCredential } from "../../declarations/resolve";
import { type Slot } from "../../declarations/rotation/slots";
import { isEnded } from "../../genesys/knowledge/clientLife";
import { isSameGrantType } from "../../genesys/knowledge/grantTypes";
import { type Marker, parseMarker, slotOf } from "../../genesys/marker";
import { currentLabel } from "../../secrets/store";
import { type OAuthClientEntity } from "../../genesys/wire";
import { newestFirst } from "../world/liveClients";
import { generationOfVersion } from "../world/storedGeneration";
import { type LabelledPair } from "../world/labelledPairs";
import { type RecoveryFacts } from "./facts";
import { type Belonging, ownMarker } from "./lostIdentity";

/** A live client that is this credential's. */
export interface OwnClient {
  readonly entity: OAuthClientEntity;
  /** Undefined where a person has edited it away. */
  readonly marker: Marker | undefined;
  readonly slot: SlotName;
  /** Of its slot, as its record is to say. */
  readonly generation: number;
  /** The labels of the versions that name it. */
  readonly labels: readonly string[];
}

/** What becomes of a declared slot that the state does not hold. */
export type SlotPlan =
  | { readonly slot: Slot; readonly outcome: "take"; readonly client: OwnClient }
  | { readonly slot: Slot; readonly outcome: "new" | "adopted" }
  | { readonly slot: Slot; readonly outcome: "refused"; readonly reason: string };

/** The clients of one credential that live and are not in state. */
export function ownClients(
  credential: ResolvedCredential,
  facts: RecoveryFacts,
  belonging: Belonging,
  stack: string,
): readonly OwnClient[] {
  const pairs = facts.secrets.get(credential.key)?.pairs ?? [];
  return facts.clients.flatMap((entity) => {
    const id = canonicalId(entity.id);
    if (isEnded(entity) || facts.recordedIds.has(id)) {
      return [];
    }
    const naming = pairs.filter(({ clientId }) => clientId === id);
    const marker = ownMarker(entity.description, belonging, credential.owner, credential);
    const isUnmarked = parseMarker(entity.description) === undefined;
    if (marker === undefined && !(isUnmarked && isProven(entity, naming, credential, stack))) {
      return [];
    }
    const written = generationWritten(id, naming, credential);
    const slot =
      marker === undefined ? slotOwning(written ?? generationByLabel(naming, credential)) : slotOf(marker);
    const generation = written ?? generationInSlot(slot, marker, naming, credential);
    return [{ entity, marker, slot, generation, labels: naming.flatMap(({ labels }) => labels) }];
  });
}

/** The plan for one slot. @param own All clients of the credential that are not in state. */
export function planSlot(
  slot: Slot,
  credential: ResolvedCredential,
  own: readonly OwnClient[],
  facts: RecoveryFacts,
  stack: string,
): SlotPlan {
  const [client] = inSlot(own, slot.slot);
  if (client === undefined) {
    const adopt = adoptionIn(credential, slot);
    return adopt === undefined
      ? planWithoutClient(slot, credential, facts, stack)
      : planAdoption(slot, adopt.clientId, facts);
  }
  const { authorizedGrantType, id } = client.entity;
  if (
    authorizedGrantType !== undefined &&
    !isSameGrantType(authorizedGrantType, credential.authorizedGrantType)
  ) {
    const reason = `OAuth client ${id} has the grant type ${authorizedGrantType}, and ${credential.authorizedGrantType} is declared: declare the one that it has, and change it in an update of its own`;
    return { slot, outcome: "refused", reason };
  }
  return { slot, outcome: "take", client };
}

/** The slot's own first: the one that AWSCURRENT names, then any other label, then the highest generation, the youngest. */
export function inSlot(own: readonly OwnClient[], slot: SlotName): readonly OwnClient[] {
  return own
    .filter((client) => client.slot === slot)
    .sort((one, other) => rank(one) - rank(other) || newestFirst(one, other));
}

/** An update takes over a client that carries no mark; one that lost its mark, and is not stored, is that as well. */
function planAdoption(slot: Slot, clientId: string, facts: RecoveryFacts): SlotPlan {
  const live = facts.clients.find((one) => canonicalId(one.id) === clientId && !isEnded(one));
  if (live === undefined) {
    const reason = `OAuth client ${clientId}, which is declared to be adopted, is gone: correct adopt.clientId, or remove adopt`;
    return { slot, outcome: "refused", reason };
  }
  const marker = parseMarker(live.description);
  if (marker === undefined) {
    return { slot, outcome: "adopted" };
  }
  const identity = marker.identity ?? "";
  const reason = `OAuth client ${clientId}, which is declared to be adopted, was made or taken over for ${marker.owner}, identity ${identity}: if its state is lost, \`--identity ${identity}\`; if it is in use, remove adopt`;
  return { slot, outcome: "refused", reason };
}

/** Nothing of it is ours: it is new, unless the update would refuse to make it. */
function planWithoutClient(
  slot: Slot,
  credential: ResolvedCredential,
  facts: RecoveryFacts,
  stack: string,
): SlotPlan {
  const living = facts.clients.filter(
    (client) => !isEnded(client) && !facts.recordedIds.has(canonicalId(client.id)),
  );
  const foreign = living.find(({ description }) => {
    const marker = parseMarker(description);
    return marker !== undefined && marker.owner === credential.owner && slotOf(marker) === slot.slot;
  });
  if (foreign !== undefined) {
    const identity = parseMarker(foreign.description)?.identity ?? "";
    const reason = `OAuth client ${foreign.id} has the names of this slot and the identity ${identity}: if its state is lost, \`--identity ${identity}\`; if it is in use, choose another stack name or key`;
    return { slot, outcome: "refused", reason };
  }
  const name = clientNameIn(credential, stack, slot);
  const namesake = living.find(
    (client) => client.name === name && parseMarker(client.description) === undefined,
  );
  if (namesake !== undefined) {
    const reason = `OAuth client ${namesake.id} has the name "${name}" and no mark of this stack, and no stored secret names it: \`adopt: { clientId: ${namesake.id} }\` takes it over at generation 0, else rename or delete it`;
    return { slot, outcome: "refused", reason };
  }
  return { slot, outcome: "new" };
}

/** A client without a marker is believed to be ours where our program wrote the version that names it, or where it has the name of a slot too. */
function isProven(
  { id, name }: OAuthClientEntity,
  naming: readonly LabelledPair[],
  credential: ResolvedCredential,
  stack: string,
): boolean {
  const names = credential.slots.map((slot) => clientNameIn(credential, stack, slot));
  return (
    naming.length > 0 &&
    (generationWritten(canonicalId(id), naming, credential) !== undefined || names.includes(name ?? ""))
  );
}

/** The latest generation for which a pair of the client was stored, as the ids of the versions say. */
export function generationWritten(
  clientId: string,
  naming: readonly LabelledPair[],
  { rotation }: Pick<ResolvedCredential, "rotation">,
): number | undefined {
  const slots: readonly SlotName[] = ["a", "b"];
  const written = naming.flatMap((pair) =>
    slots.flatMap((slot) => {
      const asked = { id: clientId, slot, generation: rotation.generation };
      return generationOfVersion(pair, asked, rotation.generation) ?? [];
    }),
  );
  return written.length === 0 ? undefined : Math.max(...written);
}

function generationByLabel(
  naming: readonly LabelledPair[],
  { rotation }: Pick<ResolvedCredential, "rotation">,
): number {
  return naming.some(({ labels }) => labels.includes(currentLabel))
    ? rotation.generation
    : Math.max(0, rotation.generation - 1);
}

/**
 * Where no version tells: that of its making, or the declared one of its slot where rotations keep clients, or where the edited
 * description tells nothing.
 */
function generationInSlot(
  slot: SlotName,
  marker: Marker | undefined,
  naming: readonly LabelledPair[],
  credential: ResolvedCredential,
): number {
  const declared = credential.slots.find((one) => one.slot === slot)?.generation;
  if (marker === undefined) {
    return declared ?? generationByLabel(naming, credential);
  }
  const isKept = credential.rotation.clients === "keep" && declared !== undefined;
  return isKept ? Math.max(declared, marker.generation) : marker.generation;
}

function rank({ labels }: OwnClient): number {
  const isNamed = labels.length > 0;
  return Number(!isNamed) + Number(!labels.includes(currentLabel));
}
