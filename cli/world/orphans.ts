// Live objects that carry a stack's marker and that no record knows: what each of them is to the stack (pure).
import { canonicalId } from "../../declarations/canonicalId";
import {
  type ResolvedCredential,
  type ResolvedDeclarations,
  type ResolvedRole,
} from "../../declarations/resolve";
import { keyOf, type Marker, parseMarker, slotOf } from "../../genesys/marker";
import { keysOf, type PlaceRecord } from "./recordOf";
import { type MarkStanding, type StackMarks, standingOf } from "./stackMarks";

/** A live object that carries a marker. */
export interface Marked<T> {
  readonly entity: T;
  readonly marker: Marker;
}

/** What is declared of the place that a marker names. */
export interface DeclaredPlace {
  /** Such an object is declared: of a client, one of its slot. */
  readonly isPlace: boolean;
  /** The next update would make exactly this one. */
  readonly isMaking: boolean;
  /** Rotations keep the client of the place. */
  readonly isKept: boolean;
  /** A state that is not known may hold it: it is declared, and not made for a later generation than the declared one. */
  readonly isPossible: boolean;
}

/** The stack in question. */
export interface OrphanEvidence {
  /** Undefined where the state is not known. */
  readonly records: readonly PlaceRecord[] | undefined;
  /** Undefined where nobody knows what is declared. */
  readonly declared: ((marker: Marker) => DeclaredPlace) | undefined;
  /** The clients that stored secrets name, in canonical form: of two in one slot, it is the one. */
  readonly namedIds: ReadonlySet<string>;
  /** Of the stack. */
  readonly identity: string | undefined;
}

/**
 * What an orphan is. With the state: `undecided`, since nobody knows what is declared; `leftOver`; `inUse`, by consumers, although it is not
 * declared; `taken` over by the next update; `interrupted`, the same where a rotation was; `lost` from the state, the one of its place.
 * Without the state: a `twin`, of one making with the others; `outdated`, since another one is that of its slot; `undeclared`.
 */
export type OrphanKind<T> =
  | { readonly kind: "undecided" | "leftOver" | "inUse" | "taken" | "interrupted" | "lost" }
  | { readonly kind: "twin"; readonly twins: readonly Orphan<T>[] }
  | { readonly kind: "outdated"; readonly better: T; readonly isPossible: boolean }
  | { readonly kind: "undeclared"; readonly isPossible: boolean };

/** A marked object, and whether a stored secret names it. */
export interface Orphan<T> extends Marked<T> {
  readonly isNamed: boolean;
}

/** The objects whose markers have this standing. */
export function markedAs<T extends { readonly description?: string | undefined }>(
  standing: MarkStanding,
  objects: readonly T[],
  marks: StackMarks,
): readonly Marked<T>[] {
  return objects.flatMap((entity) => {
    const marker = parseMarker(entity.description);
    return marker !== undefined && standingOf(marker, marks) === standing ? [{ entity, marker }] : [];
  });
}

/** @param marked All that live of the stack; where its state is known, the recorded ones are none. */
export function orphansAmong<T extends { readonly id: string }>(
  marked: readonly Marked<T>[],
  evidence: OrphanEvidence,
): readonly (Orphan<T> & OrphanKind<T>)[] {
  const { records, namedIds } = evidence;
  const recordedIds = new Set(records?.map(({ id }) => id));
  const own = marked
    .filter(({ entity }) => !recordedIds.has(entity.id))
    .map((one) => ({ ...one, isNamed: namedIds.has(canonicalId(one.entity.id)) }));
  return own.flatMap((one) => {
    const kind = records === undefined ? suspicionOf(one, own, evidence) : kindOf(one, records, evidence);
    return kind === undefined ? [] : [{ ...one, ...kind }];
  });
}

function kindOf<T>(
  { marker, isNamed }: Orphan<T>,
  records: readonly PlaceRecord[],
  { declared, identity }: OrphanEvidence,
): OrphanKind<T> {
  const place = declared?.(marker);
  if (place === undefined) {
    return { kind: "undecided" };
  }
  if (!place.isPlace) {
    return { kind: isNamed ? "inUse" : "leftOver" };
  }
  const { isMaking, isKept } = place;
  // A record that tells neither its slot nor its generation may have any place.
  const beside = records
    .filter((record) => !record.isPendingDeletion && record.key === keyOf(marker))
    .filter(
      ({ generation, slot = slotOf(marker) }) =>
        (generation === undefined ? slot : slotOf({ generation })) === slotOf(marker),
    );
  if (beside.length > 0) {
    const isMade = beside.some(({ generation = marker.generation }) => generation === marker.generation);
    return { kind: isMaking && !isMade ? "interrupted" : "leftOver" };
  }
  // An update takes over what this identity left behind, and nothing that is in use.
  const isOwn = marker.identity !== undefined && marker.identity === identity;
  if (isMaking && isOwn && !isNamed) {
    return { kind: "taken" };
  }
  return { kind: isMaking || isKept || isNamed ? "lost" : "leftOver" };
}

/** The state is not known: what cannot all be in it, or is not declared. */
function suspicionOf<T extends { readonly id: string }>(
  one: Orphan<T>,
  own: readonly Orphan<T>[],
  { declared }: OrphanEvidence,
): OrphanKind<T> | undefined {
  const { entity, marker, isNamed } = one;
  const others = own.filter(
    (other) =>
      other.entity.id !== entity.id &&
      keyOf(other.marker) === keyOf(marker) &&
      slotOf(other.marker) === slotOf(marker),
  );
  const twins = others.filter((other) => other.marker.generation === marker.generation);
  if (twins.length > 0 && !isNamed) {
    return { kind: "twin", twins };
  }
  const place = declared?.(marker);
  const isPossible = place?.isPossible !== false;
  // The place is that of the one which a stored secret names, else of the later one.
  const better = others.find((other) =>
    other.isNamed === isNamed ? other.marker.generation > marker.generation : other.isNamed,
  );
  if (better !== undefined) {
    return { kind: "outdated", better: better.entity, isPossible };
  }
  return place?.isPlace === false ? { kind: "undeclared", isPossible } : undefined;
}

/** What is declared of the place of a client. */
export function clientPlaces({
  credentials,
}: Pick<ResolvedDeclarations, "credentials">): (marker: Marker) => DeclaredPlace {
  return (marker) => {
    const { slots, rotation } = ofKey(credentials, marker) ?? {};
    const isPlace = slots?.some(({ slot }) => slot === slotOf(marker)) === true;
    return {
      isPlace,
      isMaking: slots?.some(({ generation }) => generation === marker.generation) === true,
      isKept: isPlace && rotation?.clients === "keep",
      isPossible: rotation !== undefined && marker.generation <= rotation.generation,
    };
  };
}

/** As {@link clientPlaces}, for roles: each is in a place of its own. */
export function rolePlaces({
  roles,
}: Pick<ResolvedDeclarations, "roles">): (marker: Marker) => DeclaredPlace {
  return (marker) => {
    const isPlace = ofKey(roles, marker) !== undefined;
    return { isPlace, isMaking: isPlace, isKept: false, isPossible: isPlace };
  };
}

function ofKey<T extends ResolvedCredential | ResolvedRole>(
  declared: readonly T[],
  marker: Marker,
): T | undefined {
  return declared.find((one) => keysOf(one).includes(keyOf(marker)));
}
