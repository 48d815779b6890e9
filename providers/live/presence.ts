// Whether an object is really gone: one 404 may come from a cache that does not know a young object yet, or from a proxy.
import { undefinedWhenNotFound } from "../../genesys/errors";
import { atMost, eventually } from "../run/patience";
import type { Session } from "../run/session";
import type { KnownObject, LiveObject, ObjectKind } from "./objectKind";

/** The live object; undefined when it is gone, or only waits for its end. */
export async function findLive<T extends LiveObject>(
  session: Session,
  kind: ObjectKind<T>,
  id: string,
  known: KnownObject,
): Promise<T | undefined> {
  const shown = await findShown(session, kind, id, known);
  return shown === undefined || kind.isEnded?.(shown) === true ? undefined : shown;
}

/** The object, alive or not; undefined when neither GET nor the list knows it and it is old enough to be known. */
export async function findShown<T extends LiveObject>(
  session: Session,
  kind: ObjectKind<T>,
  id: string,
  known: KnownObject,
): Promise<T | undefined> {
  const patience = atMost(remainingYouthMs(session, known), session);
  const area = kind.area(session);
  try {
    return await eventually(patience, `${kind.name} "${known.name}" to be known`, async () => {
      const found =
        (await area.get(id).catch(undefinedWhenNotFound)) ?? (await area.list()).find((one) => one.id === id);
      return found === undefined ? { notYet: new UnknownObject() } : { done: found };
    });
  } catch (error) {
    if (error instanceof UnknownObject) {
      return undefined;
    }
    throw error;
  }
}

/** Neither GET nor the list knows the object (yet). */
class UnknownObject extends Error {}

/**
 * How long after its birth neither GET nor the list may know an object by right. Genesys speaks of minutes, but an object that was
 * verified is known already, and somebody who deletes a young client by hand should not make the next refresh wait for minutes. Should
 * a client reappear later, the next creation finds it by its marker and takes it over.
 */
const youthMs = 30_000;

/** How long the object may still be unknown by right; zero when its birth is not known. */
function remainingYouthMs(session: Session, { createdAt, dateCreated }: KnownObject): number {
  const longestMs = Math.min(session.waitMs, youthMs);
  const bornAtMs = Date.parse(createdAt ?? dateCreated ?? "");
  return Number.isNaN(bornAtMs)
    ? 0
    : Math.min(longestMs, Math.max(0, bornAtMs + longestMs - session.clock.now()));
}
