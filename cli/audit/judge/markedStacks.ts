// Which audited stack a marker belongs to (pure).
import { ownerText } from "../../../declarations/naming";
import { type Marker } from "../../../genesys/marker";
import { type MarkStanding, type StackMarks, standingOf } from "../../world/stackMarks";
import { type AuditFacts } from "../read/auditFacts";
import { recordedIn, type StackFacts } from "../read/auditedStacks";

/** How a stack marks what it makes. */
export function marksOf(facts: StackFacts): StackMarks {
  return { identity: recordedIn(facts).identity, ownerPrefix: ownerText(facts.project, facts.stack, "") };
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
