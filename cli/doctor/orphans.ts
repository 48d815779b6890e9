// Live objects that carry this stack's marker and that no record of it knows: keys that nobody owns.
import { type ResolvedDeclarations } from "../../declarations/resolve";
import { isSameMaking, type Marker, parseMarker, slotOf } from "../../genesys/marker";
import { isDeleted } from "../../genesys/oauthClients";
import { type OAuthClientEntity, type RoleEntity } from "../../genesys/wire";
import { type Known } from "../known";
import { waitsForDeletion } from "../liveClients";
import { fail, type Line, pass, type Subject, warn } from "./line";
import { idsOfType, recordedTypes, type StackState } from "../stackState";

/** What an object is called, how it is recorded, and how to be rid of it. */
interface Kind {
  readonly noun: string;
  readonly type: string;
  readonly check: string;
  readonly removal: string;
}

/** One live object of this stack. */
interface Marked {
  readonly id: string;
  readonly marker: Marker;
  /** By AWSCURRENT, where that is known. */
  readonly isNamed: boolean;
}

/** What is declared of the place that a marker names. */
interface Declared {
  /** Such an object is declared: of a client, one of its slot. */
  readonly isPlace: boolean;
  /** The next update would make exactly this one. */
  readonly isMaking: boolean;
  /** Rotations keep the client of the place. */
  readonly isKept: boolean;
}

const clientKind: Kind = {
  noun: "OAuth client",
  type: recordedTypes.client,
  check: "orphan-clients",
  removal: "set the client inactive and delete it in Genesys, by this id",
};
const roleKind: Kind = {
  noun: "role",
  type: recordedTypes.role,
  check: "orphan-roles",
  removal: "delete the role in Genesys, by this id",
};

/**
 * @param ownerPrefix `<project>/<stack>/`.
 * @param namedIds The clients that stored secrets name: of two in one slot, it is the one.
 */
export function checkOrphanClients(
  everyClient: readonly OAuthClientEntity[],
  ownerPrefix: string,
  state: Known<StackState>,
  declarations: Known<ResolvedDeclarations>,
  namedIds: ReadonlySet<string> = new Set(),
): readonly Line[] {
  const live = everyClient.filter((client) => !isDeleted(client) && !waitsForDeletion(client));
  const credentials = "value" in declarations ? declarations.value.credentials : undefined;
  const declared = (marker: Marker): Declared | undefined => {
    const credential = credentials?.find(({ owner }) => owner === marker.owner);
    return (
      credentials && {
        isPlace: credential?.slots.some(({ slot }) => slot === slotOf(marker)) === true,
        isMaking: credential?.slots.some(({ generation }) => generation === marker.generation) === true,
        isKept: credential?.rotation.clients === "keep",
      }
    );
  };
  return orphanLines(clientKind, markedOf(live, ownerPrefix, namedIds), state, declared);
}

/** As {@link checkOrphanClients}, for roles: each is in a place of its own. */
export function checkOrphanRoles(
  everyRole: readonly RoleEntity[],
  ownerPrefix: string,
  state: Known<StackState>,
  declarations: Known<ResolvedDeclarations>,
): readonly Line[] {
  const declared = ({ owner }: Marker): Declared | undefined => {
    if (!("value" in declarations)) {
      return undefined;
    }
    const isDeclared = declarations.value.roles.some(({ marker }) => marker === owner);
    return { isPlace: isDeclared, isMaking: isDeclared, isKept: false };
  };
  return orphanLines(roleKind, markedOf(everyRole, ownerPrefix, new Set()), state, declared);
}

function markedOf(
  objects: readonly { readonly id: string; readonly description?: string | undefined }[],
  ownerPrefix: string,
  namedIds: ReadonlySet<string>,
): readonly Marked[] {
  return objects.flatMap(({ id, description }) => {
    const marker = parseMarker(description);
    return marker?.owner.startsWith(ownerPrefix) === true ? [{ id, marker, isNamed: namedIds.has(id) }] : [];
  });
}

function orphanLines(
  kind: Kind,
  marked: readonly Marked[],
  state: Known<StackState>,
  declared: (marker: Marker) => Declared | undefined,
): readonly Line[] {
  const lines =
    "value" in state
      ? unrecordedLines(kind, marked, idsOfType(state.value, kind.type), declared)
      : suspectLines(kind, marked, declared);
  const found =
    marked.length === 0
      ? "none is live"
      : `${marked.length} live, ${"value" in state ? "each of them in state" : "none too many"}`;
  const subject: Subject = { area: "Pulumi", check: kind.check, place: `${kind.noun}s of this stack` };
  return lines.length > 0 ? lines : [pass(subject, found)];
}

/** The state is known: whatever it does not name is an orphan. */
function unrecordedLines(
  kind: Kind,
  marked: readonly Marked[],
  recorded: ReadonlySet<string>,
  declared: (marker: Marker) => Declared | undefined,
): readonly Line[] {
  return marked
    .filter(({ id }) => !recorded.has(id))
    .map((one) => {
      const beside = marked.filter((other) => recorded.has(other.id) && isSamePlace(other, one));
      return fail(
        at(kind, one.id),
        `lives in Genesys with the marker of ${wordsOf(one.marker)} and is not in state`,
        remedyFor(kind, one, beside, declared(one.marker)),
      );
    });
}

/** @param beside What the state records of its place. */
function remedyFor(
  kind: Kind,
  { marker, isNamed }: Marked,
  beside: readonly Marked[],
  declared: Declared | undefined,
): string {
  if (declared === undefined || !declared.isPlace) {
    return kind.removal;
  }
  // The provider takes over by owner and generation, so only what it will create can be taken over.
  if (declared.isMaking && !beside.some((other) => isSameMaking(other.marker, marker))) {
    return declared.isKept && beside.length > 0
      ? `run \`pulumi up\`, which takes it over where a rotation was interrupted; if it is still there then, ${kind.removal}`
      : "run `pulumi up`, which takes it over";
  }
  return beside.length === 0 && (declared.isKept || isNamed)
    ? "delete nothing: it is the client of its slot, and the state has lost it; bring back a backup of the state (`pulumi stack import`)"
    : kind.removal;
}

/** The state is not known: what cannot all be in it, or is not declared. */
function suspectLines(
  kind: Kind,
  marked: readonly Marked[],
  declared: (marker: Marker) => Declared | undefined,
): readonly Line[] {
  return marked.flatMap((one) => {
    const others = marked.filter((other) => other.id !== one.id && isSamePlace(other, one));
    const twins = others.filter((other) => isSameMaking(other.marker, one.marker));
    if (twins.length > 0 && !one.isNamed) {
      const ids = twins
        .map((twin) => (twin.isNamed ? `${twin.id}, which its secret names` : twin.id))
        .join(", ");
      const remedy = `run this again where Pulumi can read the state, which tells the right one; then ${kind.removal}`;
      return [
        fail(
          at(kind, one.id),
          `there is more than one with the marker of ${wordsOf(one.marker)}: also ${ids}`,
          remedy,
        ),
      ];
    }
    const better = others.find((other) => isBefore(other, one));
    const problem =
      better !== undefined
        ? `, and ${better.id} is the one of its slot`
        : declared(one.marker)?.isPlace === false
          ? ", which is not declared"
          : undefined;
    return problem === undefined
      ? []
      : [
          warn(
            at(kind, one.id),
            `lives in Genesys with the marker of ${wordsOf(one.marker)}${problem}`,
            `run \`pulumi up\`; if it is still there then, ${kind.removal}`,
          ),
        ];
  });
}

function isSamePlace(left: Marked, right: Marked): boolean {
  return left.marker.owner === right.marker.owner && slotOf(left.marker) === slotOf(right.marker);
}

/** Whether the place is the left one's: a stored secret names it, or it was made later. */
function isBefore(left: Marked, right: Marked): boolean {
  return left.isNamed === right.isNamed ? left.marker.generation > right.marker.generation : left.isNamed;
}

function wordsOf({ owner, generation }: Marker): string {
  return `${owner}, generation ${generation}`;
}

function at({ noun, check }: Kind, id: string): Subject {
  return { area: "Pulumi", check, place: `${noun} ${id}` };
}
