// A change of an object that was there: one 404 may come from a cache, so the object is looked for before it counts as gone.
import { isNotFound } from "../../genesys/errors";
import { ProviderError } from "../engine/providerError";
import type { Session } from "../run/session";
import type { KnownObject, LiveObject, ObjectKind } from "./objectKind";
import { findLive } from "./presence";

/** What is changed. */
export interface Changed<T extends LiveObject> {
  /** As `Updating role "reporting-reader"`. */
  readonly action: string;
  readonly kind: ObjectKind<T>;
  readonly id: string;
  readonly known: KnownObject;
}

/**
 * Sends a change of the live object, once more where Genesys does not find it and it is there all the same.
 * @throws ProviderError with the kind's `goneCode`, and what `send` throws
 */
export async function changeLive<T extends LiveObject, R>(
  session: Session,
  changed: Changed<T>,
  send: (live: T) => Promise<R>,
): Promise<R> {
  const live = await findOrFail(session, changed);
  try {
    return await send(live);
  } catch (error) {
    if (!isNotFound(error)) {
      throw error;
    }
    await findOrFail(session, changed);
    return send(live);
  }
}

/** @throws ProviderError with the kind's `goneCode`: the object was there when it was recorded. */
export async function findOrFail<T extends LiveObject>(
  session: Session,
  { action, kind, id, known }: Changed<T>,
): Promise<T> {
  const live = await findLive(session, kind, id, known);
  if (live === undefined) {
    throw new ProviderError(
      kind.goneCode,
      `${action}: ${kind.goneWords(id)} no longer exists in Genesys; run \`pulumi up --refresh\` to make a new one`,
    );
  }
  return live;
}
