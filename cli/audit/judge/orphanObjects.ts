// Live objects with the marker of an audited stack that no record knows: keys that nobody owns.
import { type ResolvedCredential } from "../../../declarations/resolve";
import { isEnded } from "../../../genesys/knowledge/clientLife";
import { keyOf, type Marker, parseMarker, slotOf } from "../../../genesys/marker";
import { type OAuthClientEntity, type RoleEntity } from "../../../genesys/wire";
import { keysOf } from "../../world/recordOf";
import { type AuditFacts } from "../read/auditFacts";
import { type StackFacts } from "../read/auditedStacks";
import { marksOf, stackOfMarker } from "./markedStacks";

/** One of them. */
export interface Orphan<T> {
  readonly entity: T;
  readonly stack: StackFacts;
  readonly marker: Marker;
  /** Whether the next update takes it over: it would make the same thing. */
  readonly isSettledByUpdate: boolean;
  /** Whether the state has lost it: it is the one of its place, and consumers may use it. */
  readonly isLostFromState: boolean;
}

/** OAuth clients. Where the state is not known: those of a credential or generation that is not declared, and twins. */
export function orphanClients(facts: AuditFacts): readonly Orphan<OAuthClientEntity>[] {
  const clients = facts.organization?.clients;
  return clients === undefined || !("value" in clients)
    ? []
    : orphansAmong(
        facts,
        clients.value.filter((client) => !isEnded(client)),
        {
          recorded: ({ clients: recorded }) => recorded,
          isPlanned: (stack, marker) =>
            credentialOf(stack, marker)?.slots.some(({ generation }) => generation === marker.generation) ===
            true,
          isPossible: (stack, marker) => {
            const credential = credentialOf(stack, marker);
            return credential !== undefined && (!isAhead(credential, marker) || isOfSlot(credential, marker));
          },
          isAhead: (stack, marker) => {
            const credential = credentialOf(stack, marker);
            return credential !== undefined && isAhead(credential, marker);
          },
          namedIds: new Set([...facts.secrets.values()].flatMap(({ namedId }) => namedId ?? [])),
          isKept: (stack, marker) => {
            const credential = credentialOf(stack, marker);
            return credential?.rotation.clients === "keep" && isOfSlot(credential, marker);
          },
        },
      );
}

/** As {@link orphanClients}, for roles. */
export function orphanRoles(facts: AuditFacts): readonly Orphan<RoleEntity>[] {
  const names = facts.organization?.names;
  const isDeclared = ({ declarations }: StackFacts, marker: Marker): boolean =>
    declarations.roles.some((role) => keysOf(role).includes(keyOf(marker)));
  return names === undefined || !("value" in names)
    ? []
    : orphansAmong(facts, names.value.roles, {
        recorded: ({ roles }) => roles,
        isPlanned: isDeclared,
        isPossible: isDeclared,
        isAhead: () => false,
        namedIds: new Set(),
        isKept: () => false,
      });
}

function credentialOf({ declarations }: StackFacts, marker: Marker): ResolvedCredential | undefined {
  return declarations.credentials.find((one) => keysOf(one).includes(keyOf(marker)));
}

function isAhead({ rotation }: ResolvedCredential, marker: Marker): boolean {
  return marker.generation > rotation.generation;
}

function isOfSlot({ slots }: ResolvedCredential, marker: Marker): boolean {
  return slots.some(({ slot }) => slot === slotOf(marker));
}

interface Rules {
  readonly recorded: (state: RecordedState) => readonly RecordedObject[];
  /** Whether the next update would make it, where it is not recorded. */
  readonly isPlanned: (stack: StackFacts, marker: Marker) => boolean;
  /** Whether a state that is not known may hold it. */
  readonly isPossible: (stack: StackFacts, marker: Marker) => boolean;
  /** Whether it was made for a later generation than the declared one: it is that of its slot after a revert, unless another one is. */
  readonly isAhead: (stack: StackFacts, marker: Marker) => boolean;
  /** What stored secrets name. */
  readonly namedIds: ReadonlySet<string>;
  /** Whether rotations keep what is in its place. */
  readonly isKept: (stack: StackFacts, marker: Marker) => boolean;
}
type RecordedState = Extract<StackFacts["recorded"], { value: unknown }>["value"];
interface RecordedObject {
  readonly id: string;
  readonly key: string;
  readonly generation?: number | undefined;
  readonly isPendingDeletion: boolean;
}

function orphansAmong<T extends { readonly id: string; readonly description?: string | undefined }>(
  facts: AuditFacts,
  entities: readonly T[],
  rules: Rules,
): readonly Orphan<T>[] {
  const everyRecord = facts.stacks.flatMap(({ recorded }) =>
    "value" in recorded ? rules.recorded(recorded.value) : [],
  );
  const marked = entities.flatMap((entity) => {
    const marker = parseMarker(entity.description);
    const stack = stackOfMarker(facts, marker);
    const isRecorded = everyRecord.some(({ id }) => id === entity.id);
    return marker === undefined || stack === undefined ? [] : [{ entity, marker, stack, isRecorded }];
  });
  return marked
    .filter(({ isRecorded }) => !isRecorded)
    .filter(
      (one, _index, all) =>
        "value" in one.stack.recorded ||
        !rules.isPossible(one.stack, one.marker) ||
        isOneTooMany(one, all, rules),
    )
    .map(({ entity, marker, stack }) => {
      const own = "value" in stack.recorded ? rules.recorded(stack.recorded.value) : undefined;
      const generations = own
        ?.filter((record) => !record.isPendingDeletion && record.key === keyOf(marker))
        .map(({ generation }) => generation ?? marker.generation);
      const isMade = generations?.includes(marker.generation);
      const isSlotRecorded = generations?.some((generation) => slotOf({ generation }) === slotOf(marker));
      const isPlanned = rules.isPlanned(stack, marker);
      const isInUse = rules.namedIds.has(entity.id);
      // An update takes over what its own identity left behind, and in a rotation what was begun for it; nothing that is in use.
      const isLeftover =
        isSlotRecorded === true ||
        (marker.identity !== undefined && marker.identity === marksOf(stack).identity && !isInUse);
      const isSettledByUpdate = isMade === false && isPlanned && isLeftover;
      const isLostFromState =
        !isSettledByUpdate &&
        isSlotRecorded === false &&
        (isPlanned || rules.isKept(stack, marker) || (isInUse && rules.isPossible(stack, marker)));
      return { entity, stack, marker, isSettledByUpdate, isLostFromState };
    });
}

interface Marked {
  readonly entity: { readonly id: string };
  readonly marker: Marker;
  readonly stack: StackFacts;
}

/**
 * Whether others are in its place and it is none of those that may be: of twins, all but the one that the stored secret names; and what
 * was made for a later generation than the declared one, unless it is the latest in its slot and the secret names no other.
 */
function isOneTooMany({ entity, marker, stack }: Marked, all: readonly Marked[], rules: Rules): boolean {
  const isNamed = rules.namedIds.has(entity.id);
  const others = all.filter(
    (other) =>
      other.entity.id !== entity.id &&
      keyOf(other.marker) === keyOf(marker) &&
      other.stack === stack &&
      slotOf(other.marker) === slotOf(marker),
  );
  return (
    !isNamed &&
    (others.some((other) => other.marker.generation === marker.generation) ||
      (rules.isAhead(stack, marker) &&
        others.some(
          (other) => rules.namedIds.has(other.entity.id) || other.marker.generation > marker.generation,
        )))
  );
}

/** A live object with the names of an audited stack and another identity, which no audited state records. */
export interface OtherIdentity<T> {
  readonly entity: T;
  readonly stack: StackFacts;
  readonly marker: Marker;
}

export function clientsOfOtherIdentity(facts: AuditFacts): readonly OtherIdentity<OAuthClientEntity>[] {
  const clients = facts.organization?.clients;
  return clients === undefined || !("value" in clients)
    ? []
    : ofOtherIdentity(
        facts,
        clients.value.filter((client) => !isEnded(client)),
        ({ clients: recorded }) => recorded,
      );
}

/** As {@link clientsOfOtherIdentity}, for roles. */
export function rolesOfOtherIdentity(facts: AuditFacts): readonly OtherIdentity<RoleEntity>[] {
  const names = facts.organization?.names;
  return names === undefined || !("value" in names)
    ? []
    : ofOtherIdentity(facts, names.value.roles, ({ roles }) => roles);
}

function ofOtherIdentity<T extends { readonly id: string; readonly description?: string | undefined }>(
  facts: AuditFacts,
  entities: readonly T[],
  recordsIn: Rules["recorded"],
): readonly OtherIdentity<T>[] {
  const recorded = new Set(
    facts.stacks.flatMap(({ recorded: state }) =>
      "value" in state ? recordsIn(state.value).map(({ id }) => id) : [],
    ),
  );
  return entities.flatMap((entity) => {
    const marker = parseMarker(entity.description);
    const stack = stackOfMarker(facts, marker, "otherIdentity");
    return marker === undefined || stack === undefined || recorded.has(entity.id)
      ? []
      : [{ entity, stack, marker }];
  });
}
