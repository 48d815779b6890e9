// Live objects with the marker of an audited stack that no record knows: keys that nobody owns.
import { configNamespace, ownerText } from "../../declarations/naming";
import { isSameMaking, type Marker, parseMarker } from "../../genesys/marker";
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
          isPlanned: ({ declarations }, marker) =>
            declarations.credentials.some(
              ({ owner, slots }) =>
                owner === marker.owner && slots.some(({ generation }) => generation === marker.generation),
            ),
          isPossible: ({ declarations }, marker) =>
            declarations.credentials.some(
              ({ owner, rotation }) => owner === marker.owner && marker.generation <= rotation.generation,
            ),
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
      });
}

interface Rules {
  readonly recorded: (state: RecordedState) => readonly RecordedObject[];
  /** Whether the next update would make it, where it is not recorded. */
  readonly isPlanned: (stack: StackFacts, marker: Marker) => boolean;
  /** Whether a state that is not known may hold it. */
  readonly isPossible: (stack: StackFacts, marker: Marker) => boolean;
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
    .filter(({ stack, marker, entity }, _index, all) =>
      "value" in stack.recorded
        ? true
        : !rules.isPossible(stack, marker) ||
          all.some((twin) => twin.entity.id !== entity.id && isSameMaking(twin.marker, marker)),
    )
    .map(({ entity, marker, stack }) => {
      const own = "value" in stack.recorded ? rules.recorded(stack.recorded.value) : undefined;
      const isMade = own?.some(
        (record) =>
          !record.isPendingDeletion &&
          record.owner === marker.owner &&
          (record.generation ?? marker.generation) === marker.generation,
      );
      return { entity, stack, marker, isSettledByUpdate: isMade === false && rules.isPlanned(stack, marker) };
    });
}
