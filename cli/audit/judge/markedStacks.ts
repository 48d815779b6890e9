// Which audited stack a marker belongs to (pure).
import { ownerText } from "../../../declarations/naming";
import { type Marker } from "../../../genesys/marker";
import { type MarkStanding, type StackMarks, standingOf } from "../../world/stackMarks";
import { type AuditFacts } from "../read/auditFacts";
import { recordsOf, type StackFacts } from "../read/auditedStacks";

/** How a stack marks what it makes. */
export function marksOf(facts: StackFacts): StackMarks {
  return { identity: recordsOf(facts).identity, ownerPrefix: ownerText(facts.project, facts.stack, "") };
}

/** The live stack with this standing towards the marker; the one of its identity before one of its names. */
export function stackOfMarker(
  { stacks, liveStacks }: Pick<AuditFacts, "stacks" | "liveStacks">,
  marker: Marker | undefined,
  standing: MarkStanding = "ours",
): StackFacts | undefined {
  if (marker === undefined) {
    return undefined;
  }
  const live = stacks.filter(({ stack }) => liveStacks.has(stack));
  const made =
    marker.identity === undefined ? undefined : live.find((one) => marksOf(one).identity === marker.identity);
  if (made !== undefined) {
    return standing === "ours" ? made : undefined;
  }
  return live.find((one) => standingOf(marker, marksOf(one)) === standing);
}

/** Of the clients or the roles, those that the states record, whoever made them. */
export function recordedIds({ stacks }: AuditFacts, what: "clients" | "roles"): ReadonlySet<string> {
  return new Set(stacks.flatMap((stack) => recordsOf(stack)[what]?.map(({ id }) => id) ?? []));
}
