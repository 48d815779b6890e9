// Live objects with the marker of an audited stack that no record knows, and those of another identity with its names.
import { isEnded } from "../../../genesys/knowledge/clientLife";
import { parseMarker } from "../../../genesys/marker";
import { canonicalId } from "../../../declarations/canonicalId";
import { type OAuthClientEntity, type RoleEntity } from "../../../genesys/wire";
import {
  clientPlaces,
  type Marked,
  type Orphan as OrphanOfStack,
  type OrphanKind,
  orphansAmong,
  rolePlaces,
} from "../../world/orphans";
import { type MarkStanding } from "../../world/stackMarks";
import { type AuditFacts } from "../read/auditFacts";
import { type StackFacts } from "../read/auditedStacks";
import { marksOf, stackOfMarker } from "./markedStacks";

/** One of them. */
export type Orphan<T> = OrphanOfStack<T> & OrphanKind<T> & { readonly stack: StackFacts };

/** OAuth clients. Where the state is not known: those that it cannot hold, and twins. */
export function orphanClients(facts: AuditFacts): readonly Orphan<OAuthClientEntity>[] {
  const namedIds = [...facts.secrets.values()].flatMap(({ namedId }) => namedId ?? []);
  return orphansIn(facts, liveClients(facts), "clients", new Set(namedIds.map((id) => canonicalId(id))));
}

/** As {@link orphanClients}, for roles. */
export function orphanRoles(facts: AuditFacts): readonly Orphan<RoleEntity>[] {
  return orphansIn(facts, liveRoles(facts), "roles", new Set());
}

/** Live OAuth clients with the names of an audited stack and another identity, which no audited state records. */
export function clientsOfOtherIdentity(facts: AuditFacts): readonly MarkedOfStack<OAuthClientEntity>[] {
  return unrecorded(facts, liveClients(facts), "clients", "otherIdentity");
}

/** As {@link clientsOfOtherIdentity}, for roles. */
export function rolesOfOtherIdentity(facts: AuditFacts): readonly MarkedOfStack<RoleEntity>[] {
  return unrecorded(facts, liveRoles(facts), "roles", "otherIdentity");
}

/** An object and the audited stack of its marker. */
export interface MarkedOfStack<T> extends Marked<T> {
  readonly stack: StackFacts;
}

function orphansIn<T extends Described>(
  facts: AuditFacts,
  entities: readonly T[],
  what: "clients" | "roles",
  namedIds: ReadonlySet<string>,
): readonly Orphan<T>[] {
  const marked = unrecorded(facts, entities, what, "ours");
  return [...new Set(marked.map(({ stack }) => stack))].flatMap((stack) => {
    const { recorded, declarations } = stack;
    const orphans = orphansAmong(
      marked.filter((one) => one.stack === stack),
      {
        records: "value" in recorded ? recorded.value[what] : undefined,
        declared: what === "clients" ? clientPlaces(declarations) : rolePlaces(declarations),
        namedIds,
        identity: marksOf(stack).identity,
      },
    );
    return orphans
      .filter((one) => !("isPossible" in one && one.isPossible))
      .map((one) => ({ ...one, stack }));
  });
}

interface Described {
  readonly id: string;
  readonly description?: string | undefined;
}

function unrecorded<T extends Described>(
  facts: AuditFacts,
  entities: readonly T[],
  what: "clients" | "roles",
  standing: MarkStanding,
): readonly MarkedOfStack<T>[] {
  const recorded = new Set(
    facts.stacks.flatMap(({ recorded: state }) =>
      "value" in state ? state.value[what].map(({ id }) => id) : [],
    ),
  );
  return entities.flatMap((entity) => {
    const marker = parseMarker(entity.description);
    const stack = stackOfMarker(facts, marker, standing);
    return marker === undefined || stack === undefined || recorded.has(entity.id)
      ? []
      : [{ entity, marker, stack }];
  });
}

function liveClients({ organization }: AuditFacts): readonly OAuthClientEntity[] {
  const clients = organization?.clients;
  return clients !== undefined && "value" in clients
    ? clients.value.filter((client) => !isEnded(client))
    : [];
}

function liveRoles({ organization }: AuditFacts): readonly RoleEntity[] {
  const names = organization?.names;
  return names !== undefined && "value" in names ? names.value.roles : [];
}
