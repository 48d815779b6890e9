// The record of an object after a look at it: from the list of the run where that shows it as recorded, else from a question of its own.
import { isDeepStrictEqual } from "node:util";

import { sanitizeProperties } from "../engine/outputs";
import type { Session } from "../run/session";
import type { KnownObject, LiveObject, ObjectKind } from "./objectKind";
import { findLive } from "./presence";

/** How a record follows from a live object. */
interface Look<T, R> {
  /** The fields of an answer that are compared. Of one that a list leaves out nothing is known. */
  readonly fields: readonly string[];
  /** What state would hold of the object; equal to what is recorded exactly when nothing drifted. */
  readonly recordOf: (live: T) => R;
}

/**
 * A list may be a moment old, so that it is never believed about a change: whatever is not as recorded is asked for by its id.
 * @returns Undefined when the object is gone.
 */
export async function refreshed<T extends LiveObject, R extends KnownObject>(
  session: Session,
  kind: ObjectKind<T>,
  id: string,
  recorded: R,
  { fields, recordOf }: Look<T, R>,
): Promise<R | undefined> {
  const objects = kind.listed?.(session);
  const listed = await objects?.find(id);
  if (listed !== undefined && kind.isEnded?.(listed) !== true && tellsAll(listed, fields)) {
    const record = recordOf(listed);
    if (isDeepStrictEqual(sanitizeProperties(record), sanitizeProperties(recorded))) {
      return record;
    }
  }
  const live = await findLive(session, kind, id, recorded);
  if (live === undefined) {
    return undefined;
  }
  objects?.noteAsked(live);
  return recordOf(live);
}

function tellsAll(live: object, fields: readonly string[]): boolean {
  const told = new Map<string, unknown>(Object.entries(live));
  return fields.every((field) => (told.get(field) ?? undefined) !== undefined);
}
