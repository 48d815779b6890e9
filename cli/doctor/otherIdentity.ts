// Live objects with the names of this stack and another identity: another state of the same name made them, or one that is lost.
import { parseMarker } from "../../genesys/marker";
import { otherIdentityWords, type StackMarks, standingOf } from "../world/stackMarks";
import { type Line, warn } from "./line";

/** The stack whose orphans are looked for. */
export interface MarkingStack {
  readonly stack: string;
  readonly marks: StackMarks;
}

/** A live object. */
export interface Described {
  readonly id: string;
  readonly description?: string | undefined;
}

/** Objects with the names of this stack that are another one's, or were made by a state that is lost. */
export function otherIdentityLines(
  { noun }: { readonly noun: string },
  objects: readonly Described[],
  { stack, marks }: MarkingStack,
  recorded: ReadonlySet<string>,
): readonly Line[] {
  return objects.flatMap(({ id, description }) => {
    const marker = parseMarker(description);
    return marker !== undefined && standingOf(marker, marks) === "otherIdentity" && !recorded.has(id)
      ? [
          warn(
            { area: "Pulumi", check: "other-identity", place: `${noun} ${id}` },
            otherIdentityWords.found(marker.identity),
            otherIdentityWords.remedy(stack),
          ),
        ]
      : [];
  });
}
