// The OAuth clients of a credential, however one knows of them: by Pulumi's state, by its stored secret, by the markers in Genesys (pure).
import { type SlotName, slotOwning } from "../../common/slot";
import { canonicalId } from "../../declarations/canonicalId";
import { type ResolvedCredential } from "../../declarations/resolve";
import { isEnded } from "../../genesys/knowledge/clientLife";
import { keyOf, type Marker, slotOf } from "../../genesys/marker";
import { isDeleted } from "../../genesys/oauthClients";
import { type OAuthClientEntity } from "../../genesys/wire";
import { isOf, markerOf, marksOf } from "./credentialMarks";
import { type Known } from "../../common/known";
import { type LiveClient, newestFirst } from "./liveClients";
import { type NamedClients } from "./namedClients";
import { isClientRecordOf, keysOf, slotOfRecord } from "./recordOf";
import { recordedTypes, type RecordedResource, type StackState } from "./stackState";
import { isNamesake, type Stranger, type Wanted, whyStrange } from "./strangers";

/** Who says that a client is the credential's. */
export type FoundBy = "state" | "secret" | "marker";

/** A client that Genesys shows. */
export interface CredentialClient extends LiveClient {
  /** At least one. */
  readonly foundBy: readonly FoundBy[];
}

/** A client that the state or the secret knows and that Genesys does not show as living. */
export interface LostClient {
  readonly id: string;
  readonly foundBy: readonly FoundBy[];
  /** The next update deletes it, as far as it is there. */
  readonly isPendingDeletion: boolean;
  /** `gone`: Genesys said so when it was asked for the client itself; else why that is not known. */
  readonly fate: "gone" | { readonly reason: string };
}

/** What a client is looked for in. */
export interface Evidence {
  /** All that Genesys lists, and what it showed when asked by id. */
  readonly everyClient: readonly OAuthClientEntity[];
  readonly state: Known<StackState>;
  /** Undefined where AWS was not asked. */
  readonly named?: (Pick<NamedClients, "clients"> & Partial<NamedClients>) | undefined;
  /** Why Genesys's list may lack some: sentences without their stop. */
  readonly incomplete?: readonly string[];
  /** What Genesys answered for ids that it does not list. */
  readonly fates?: ReadonlyMap<string, LostClient["fate"]>;
}

export interface CredentialClients {
  /** Newest generation first, of one generation the youngest first; deleted ones are not among them. */
  readonly clients: readonly CredentialClient[];
  readonly lost: readonly LostClient[];
  readonly strangers: readonly Stranger[];
  /** What could not be asked: sentences without their stop. */
  readonly reasons: readonly string[];
  /** Whether the state is among that. */
  readonly isStateUnread: boolean;
  /** Whether the state holds the credential, with clients or without. */
  readonly isInState: boolean;
}

/** Finds them. An id of the state or the secret decides; of markers the identity, and the names where one of both has none. */
export function credentialClients(wanted: Wanted, evidence: Evidence): CredentialClients {
  const { credential } = wanted;
  const { everyClient, state, named, fates, incomplete = [] } = evidence;
  const records = recordsOf(wanted, state);
  const known = new Map<string, Proof>();
  for (const record of records) {
    known.set(record.id, { record, labels: [] });
  }
  for (const { clientId, labels } of named?.clients ?? []) {
    const entity = byId(everyClient, clientId);
    if (known.has(clientId) || entity === undefined || isCredible(entity, wanted)) {
      known.set(clientId, { ...known.get(clientId), labels });
    }
  }
  const marks = marksOf(credential, evidence);
  const living = everyClient.filter((client) => !isDeleted(client));
  const clients = living.flatMap((entity) => {
    const marker = markerOf(entity);
    const isMarked = marker !== undefined && isOf(marker, credential, marks);
    const proof = known.get(canonicalId(entity.id));
    return proof === undefined && !isMarked
      ? []
      : [clientOf(entity, isMarked ? marker : undefined, proof, credential)];
  });
  const isFound = (id: string): boolean => clients.some((client) => canonicalId(client.id) === id);
  return {
    clients: clients.sort(newestFirst),
    lost: [...known]
      .filter(([id]) => !isFound(id))
      .map(([id, { record, labels }]) => ({
        id,
        isPendingDeletion: record?.isPendingDeletion === true,
        foundBy: waysOf(record, labels, false),
        fate: isDeletedIn(everyClient, id) ? "gone" : (fates?.get(id) ?? { reason: notShown }),
      })),
    strangers: living
      .filter((entity) => !isFound(canonicalId(entity.id)) && !isEnded(entity))
      .flatMap((entity) => {
        const why = whyStrange(entity, wanted, marks, named?.clients);
        return why === undefined ? [] : [{ entity, why }];
      }),
    reasons: [
      ...("reason" in state ? [`Pulumi's state could not be read: ${state.reason}`] : []),
      ...(named?.reasons ?? []),
      ...incomplete,
    ],
    isStateUnread: "reason" in state,
    isInState: records.length > 0 || isComponentIn(state, credential),
  };
}

/**
 * As {@link credentialClients}, for a check of the secret: its word alone counts for nothing but a client that has the name of one, and whose
 * description was edited.
 */
export function provenClients(wanted: Wanted, evidence: Evidence): CredentialClients {
  const found = credentialClients(wanted, evidence);
  const isProven = ({ foundBy, entity }: CredentialClient): boolean =>
    foundBy.some((way) => way !== "secret") || (markerOf(entity) === undefined && isNamesake(entity, wanted));
  return { ...found, clients: found.clients.filter(isProven) };
}

/** Ids that state or secret tell and that Genesys does not list: those to ask for one by one. */
export function unlistedIds(
  wanted: Wanted,
  { everyClient, state, named }: Omit<Evidence, "fates">,
): readonly string[] {
  const known = [
    ...recordsOf(wanted, state).map(({ id }) => id),
    ...(named?.clients ?? []).map(({ clientId }) => clientId),
  ];
  return [...new Set(known)].filter((id) => byId(everyClient, id) === undefined);
}

const notShown = "Genesys does not list it, and was not asked for it by its id";

/** Why a client is believed to be the credential's, apart from its marker. */
interface Proof {
  readonly record?: ClientRecord;
  readonly labels: readonly string[];
}
type ClientRecord = RecordedResource & { readonly id: string };

function recordsOf({ credential, declared }: Wanted, state: Known<StackState>): readonly ClientRecord[] {
  const resources = "value" in state ? state.value.resources : [];
  return resources.flatMap((resource) =>
    resource.type === recordedTypes.client &&
    resource.id !== undefined &&
    isClientRecordOf(resource, credential, declared)
      ? [{ ...resource, id: canonicalId(resource.id) }]
      : [],
  );
}

function isComponentIn(state: Known<StackState>, credential: ResolvedCredential): boolean {
  const resources = "value" in state ? state.value.resources : [];
  const keys = keysOf(credential);
  return resources.some(
    ({ type, urn }) => type === recordedTypes.credential && keys.some((key) => urn.endsWith(`::${key}`)),
  );
}

/** Whether a secret's word for a client is taken: not where its marker says that it is another credential's. */
function isCredible(entity: OAuthClientEntity, { credential }: Wanted): boolean {
  const marker = markerOf(entity);
  return marker === undefined || keysOf(credential).includes(keyOf(marker));
}

function clientOf(
  entity: OAuthClientEntity,
  marker: Marker | undefined,
  proof: Proof | undefined,
  credential: ResolvedCredential,
): CredentialClient {
  const { record, labels = [] } = proof ?? {};
  // The names in it may be old, or of another state; when it was made is true all the same.
  const made = marker ?? markerOf(entity);
  const slot =
    (record === undefined ? undefined : slotOfRecord(record)) ??
    (made === undefined ? undefined : slotOf(made)) ??
    slotByLabels(labels, credential);
  const declared = credential.slots.find((one) => one.slot === slot)?.generation;
  return {
    id: entity.id,
    slot,
    generation: made?.generation ?? record?.generation ?? declared ?? credential.rotation.generation,
    entity,
    foundBy: waysOf(record, labels, marker !== undefined),
  };
}

function slotByLabels(labels: readonly string[], { rotation }: ResolvedCredential): SlotName {
  const isCurrent = labels.includes("AWSCURRENT");
  return slotOwning(isCurrent ? rotation.generation : rotation.generation + 1);
}

function waysOf(
  record: ClientRecord | undefined,
  labels: readonly string[],
  isMarked: boolean,
): readonly FoundBy[] {
  return [
    ...(record === undefined ? [] : ["state" as const]),
    ...(labels.length === 0 ? [] : ["secret" as const]),
    ...(isMarked ? ["marker" as const] : []),
  ];
}

function byId(everyClient: readonly OAuthClientEntity[], id: string): OAuthClientEntity | undefined {
  return everyClient.find((client) => canonicalId(client.id) === id);
}

function isDeletedIn(everyClient: readonly OAuthClientEntity[], id: string): boolean {
  const shown = byId(everyClient, id);
  return shown !== undefined && isDeleted(shown);
}
