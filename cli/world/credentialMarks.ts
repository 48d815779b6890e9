// Which markers are a credential's: those of the stack's identity, as far as one can tell it (pure).
import { canonicalId } from "../../declarations/canonicalId";
import { type ResolvedCredential } from "../../declarations/resolve";
import { keyOf, type Marker, parseMarker } from "../../genesys/marker";
import { type OAuthClientEntity } from "../../genesys/wire";
import { type Known } from "../../common/known";
import { type NamedClient } from "./namedClients";
import { keysOf } from "./recordOf";
import { type StackMarks, standingOf } from "./stackMarks";
import { identityIn, type StackState } from "./stackState";

/** What tells the stack's identity. */
interface MarkEvidence {
  readonly everyClient: readonly OAuthClientEntity[];
  readonly state: Known<StackState>;
  readonly named?: { readonly clients: readonly NamedClient[] } | undefined;
}

/** Where the state tells no identity, that of the clients which the secret names. */
export function marksOf(credential: ResolvedCredential, { everyClient, state, named }: MarkEvidence): Marks {
  const ownerPrefix = credential.owner.slice(0, -credential.key.length);
  const recorded = "value" in state ? identityIn(state.value) : undefined;
  const byNames = everyClient.flatMap((entity) => {
    const marker = markerOf(entity);
    return marker?.identity !== undefined && isOf(marker, credential, { ownerPrefix })
      ? [{ id: canonicalId(entity.id), identity: marker.identity }]
      : [];
  });
  const namedIds = new Set((named?.clients ?? []).map(({ clientId }) => clientId));
  const stored = unique(byNames.filter(({ id }) => namedIds.has(id)).map(({ identity }) => identity));
  const identity = recorded ?? (stored.length === 1 ? stored[0] : undefined);
  const isAmbiguous = identity === undefined && unique(byNames.map((one) => one.identity)).length > 1;
  return { identity, ownerPrefix, isAmbiguous };
}

/** How the stack marks what it makes, for one credential. */
export interface Marks extends StackMarks {
  /** Several identities have these names, and nothing tells which one is this stack's. */
  readonly isAmbiguous?: boolean;
}

/** Whether a marker is that of a declared credential or role. */
export function isOf(marker: Marker, declared: Parameters<typeof keysOf>[0], marks: Marks): boolean {
  return (
    keysOf(declared).includes(keyOf(marker)) &&
    standingOf(marker, marks) === "ours" &&
    !(marks.isAmbiguous === true && marker.identity !== undefined)
  );
}

/** Each description is read once, however many credentials there are. */
const markers = new WeakMap<OAuthClientEntity, Marker | "none">();

export function markerOf(entity: OAuthClientEntity): Marker | undefined {
  const read = markers.get(entity) ?? parseMarker(entity.description) ?? "none";
  markers.set(entity, read);
  return read === "none" ? undefined : read;
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
