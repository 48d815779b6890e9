// Live objects with the marker of an audited stack that no record knows, and those of another identity with its names.
import { groupBy } from "../../../common/groupBy";
import { isEnded } from "../../../genesys/knowledge/clientLife";
import { parseMarker } from "../../../genesys/marker";
import { canonicalId } from "../../../declarations/canonicalId";
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
import { recordedIds, recordedIn, type StackFacts } from "../read/auditedStacks";
import { type Named } from "../places";
import { stackOfMarker } from "./markedStacks";

/** What carries markers. */
type ObjectKind = "clients" | "roles";

/** An OAuth client or a role, and the audited stack of its marker. */
export interface MarkedOfStack extends Marked<Named> {
  readonly stack: StackFacts;
}

/** One that its stack does not know. */
export type Orphan = OrphanOfStack<Named> & OrphanKind<Named> & MarkedOfStack;

/** Those of the audited stacks. Where the state is not known: those that it cannot hold, and twins. */
export function orphanObjects(facts: AuditFacts, what: ObjectKind): readonly Orphan[] {
  const named = [...facts.secrets.values()].flatMap(({ namedId }) => namedId ?? []);
  const namedIds = new Set(named.map((id) => canonicalId(id)));
  const byStack = groupBy(unrecordedObjects(facts, what, "ours"), ({ stack }) => stack);
  return [...byStack].flatMap(([stack, marked]) =>
    orphansAmong(marked, {
      records: recordedIn(stack)[what],
      declared: what === "clients" ? clientPlaces(stack.declarations) : rolePlaces(stack.declarations),
      namedIds,
      identity: recordedIn(stack).identity,
    })
      .filter((one) => !("isPossible" in one && one.isPossible))
      .map((one) => ({ ...one, stack })),
  );
}

/** Live ones with this standing towards an audited stack, which no audited state records. */
export function unrecordedObjects(
  facts: AuditFacts,
  what: ObjectKind,
  standing: MarkStanding,
): readonly MarkedOfStack[] {
  const recorded = recordedIds(facts.stacks, what);
  const { clients = [], names } = facts.organization;
  const live = what === "clients" ? clients.filter((client) => !isEnded(client)) : (names?.roles ?? []);
  return live.flatMap((entity) => {
    const marker = parseMarker(entity.description);
    const stack = stackOfMarker(facts, marker, standing);
    return marker === undefined || stack === undefined || recorded.has(entity.id)
      ? []
      : [{ entity, marker, stack }];
  });
}
