// Live objects that carry this stack's marker and that no record of it knows: keys that nobody owns.
import { canonicalId } from "../../declarations/canonicalId";
import { type ResolvedDeclarations } from "../../declarations/resolve";
import { isEnded } from "../../genesys/knowledge/clientLife";
import { keyOf, type Marker, parseMarker, slotOf } from "../../genesys/marker";
import { type OAuthClientEntity, type RoleEntity } from "../../genesys/wire";
import { type Known } from "../../common/known";
import { keysOf } from "../world/recordOf";
import { type StackMarks, standingOf } from "../world/stackMarks";
import { fail, type Line, pass, type Subject, warn } from "./line";
import { type Described, type MarkingStack, otherIdentityLines } from "./otherIdentity";
import { idsOfType, recordedTypes, type StackState } from "../world/stackState";

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

/** @param namedIds The clients that stored secrets name: of two in one slot, it is the one. */
export function checkOrphanClients(
  everyClient: readonly OAuthClientEntity[],
  own: MarkingStack,
  state: Known<StackState>,
  declarations: Known<ResolvedDeclarations>,
  namedIds: ReadonlySet<string> = new Set(),
): readonly Line[] {
  const live = everyClient.filter((client) => !isEnded(client));
  const credentials = "value" in declarations ? declarations.value.credentials : undefined;
  const declared = (marker: Marker): Declared | undefined => {
    const credential = credentials?.find((one) => keysOf(one).includes(keyOf(marker)));
    return (
      credentials && {
        isPlace: credential?.slots.some(({ slot }) => slot === slotOf(marker)) === true,
        isMaking: credential?.slots.some(({ generation }) => generation === marker.generation) === true,
        isKept: credential?.rotation.clients === "keep",
      }
    );
  };
  return [
    ...orphanLines(clientKind, markedOf(live, own.marks, namedIds), own, state, declared),
    ...otherIdentityLines(clientKind, live, own, recordedIds(clientKind, state)),
  ];
}

/** As {@link checkOrphanClients}, for roles: each is in a place of its own. */
export function checkOrphanRoles(
  everyRole: readonly RoleEntity[],
  own: MarkingStack,
  state: Known<StackState>,
  declarations: Known<ResolvedDeclarations>,
): readonly Line[] {
  const declared = (marker: Marker): Declared | undefined => {
    if (!("value" in declarations)) {
      return undefined;
    }
    const isDeclared = declarations.value.roles.some((role) => keysOf(role).includes(keyOf(marker)));
    return { isPlace: isDeclared, isMaking: isDeclared, isKept: false };
  };
  return [
    ...orphanLines(roleKind, markedOf(everyRole, own.marks, new Set()), own, state, declared),
    ...otherIdentityLines(roleKind, everyRole, own, recordedIds(roleKind, state)),
  ];
}

function recordedIds({ type }: Kind, state: Known<StackState>): ReadonlySet<string> {
  return "value" in state ? idsOfType(state.value, type) : new Set();
}

function markedOf(
  objects: readonly Described[],
  marks: StackMarks,
  namedIds: ReadonlySet<string>,
): readonly Marked[] {
  return objects.flatMap(({ id, description }) => {
    const marker = parseMarker(description);
    return marker !== undefined && standingOf(marker, marks) === "ours"
      ? [{ id, marker, isNamed: namedIds.has(canonicalId(id)) }]
      : [];
  });
}

function orphanLines(
  kind: Kind,
  marked: readonly Marked[],
  own: MarkingStack,
  state: Known<StackState>,
  declared: (marker: Marker) => Declared | undefined,
): readonly Line[] {
  const lines =
    "value" in state
      ? unrecordedLines(kind, marked, own, idsOfType(state.value, kind.type), declared)
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
  own: MarkingStack,
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
        remedyFor(kind, one, own, beside, declared(one.marker)),
      );
    });
}

/** @param beside What the state records of its place. */
function remedyFor(
  kind: Kind,
  { marker, isNamed }: Marked,
  { stack, marks }: MarkingStack,
  beside: readonly Marked[],
  declared: Declared | undefined,
): string {
  if (declared === undefined) {
    return "delete nothing: the stack file has mistakes, so that nobody knows what is declared; correct it, and run this again";
  }
  if (!declared.isPlace) {
    return isNamed
      ? `delete nothing yet: consumers read its pair; run \`pulumi up\`, which publishes that of the declared generation, and once AWSCURRENT names that one, ${kind.removal}`
      : kind.removal;
  }
  const recover = `run \`npm run credentials -- recover --stack ${stack}\`, which takes it back into the state`;
  if (beside.length === 0) {
    // An update takes over what this identity left behind, and nothing that is in use.
    const isTakenOver =
      declared.isMaking && marker.identity !== undefined && marker.identity === marks.identity;
    if (isTakenOver && !isNamed) {
      return "run `pulumi up`, which takes it over";
    }
    return declared.isMaking || declared.isKept || isNamed
      ? `delete nothing: it is the ${kind.noun} of its place, and the state has lost it; ${recover}`
      : kind.removal;
  }
  const isInterrupted = declared.isMaking && !beside.some((other) => isSameMaking(other.marker, marker));
  return isInterrupted
    ? `run \`pulumi up\`, which takes it over where a rotation was interrupted; if it is still there then, ${kind.removal}`
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

/** Of one stack: the names in markers may be older ones. */
function isSamePlace(left: Marked, right: Marked): boolean {
  return keyOf(left.marker) === keyOf(right.marker) && slotOf(left.marker) === slotOf(right.marker);
}

function isSameMaking(left: Marker, right: Marker): boolean {
  return keyOf(left) === keyOf(right) && left.generation === right.generation;
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
