// Live objects with the marker of an audited stack that no record knows: keys that nobody owns.
import { configNamespace, ownerText } from "../../declarations/naming";
import { type ResolvedCredential } from "../../declarations/resolve";
import { isSameMaking, type Marker, parseMarker, slotOf } from "../../genesys/marker";
import { type OAuthClientEntity, type RoleEntity } from "../../genesys/wire";
import { waitsForDeletion } from "../liveClients";
import { type AuditFacts } from "./auditFacts";
import { type StackFacts } from "./auditedStacks";

/** One of them. */
export interface Orphan<T> {
  readonly entity: T;
  readonly stack: StackFacts;
  readonly marker: Marker;
  /** Whether the next update takes it over: it would make the same thing. */
  readonly isSettledByUpdate: boolean;
  /** Whether the state has lost it: it is the client that rotations keep in its slot, and consumers may use it. */
  readonly isLostFromState: boolean;
}

/** OAuth clients. Where the state is not known: those of a credential or generation that is not declared, and twins. */
export function orphanClients(facts: AuditFacts): readonly Orphan<OAuthClientEntity>[] {
  const clients = facts.organization?.clients;
  return clients === undefined || !("value" in clients)
    ? []
    : orphansAmong(
        facts,
        clients.value.filter((client) => !waitsForDeletion(client)),
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
    declarations.roles.some((role) => role.marker === marker.owner);
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
  return declarations.credentials.find(({ owner }) => owner === marker.owner);
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
  readonly owner?: string | undefined;
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
    const stack = facts.stacks.find(
      (one) =>
        facts.liveStacks.has(one.stack) &&
        marker?.owner.startsWith(ownerText(configNamespace, one.stack, "")) === true,
    );
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
        ?.filter((record) => !record.isPendingDeletion && record.owner === marker.owner)
        .map(({ generation }) => generation ?? marker.generation);
      const isMade = generations?.includes(marker.generation);
      const isSettledByUpdate = isMade === false && rules.isPlanned(stack, marker);
      const isSlotRecorded = generations?.some((generation) => slotOf({ generation }) === slotOf(marker));
      const isLostFromState = !isSettledByUpdate && isSlotRecorded === false && rules.isKept(stack, marker);
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
      other.marker.owner === marker.owner &&
      slotOf(other.marker) === slotOf(marker),
  );
  return (
    !isNamed &&
    (others.some((other) => isSameMaking(other.marker, marker)) ||
      (rules.isAhead(stack, marker) &&
        others.some(
          (other) => rules.namedIds.has(other.entity.id) || other.marker.generation > marker.generation,
        )))
  );
}
