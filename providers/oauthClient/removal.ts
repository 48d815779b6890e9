// Taking an OAuth client away: inactive, DELETE, confirmed; everything that is already gone is success.
import { hasApiCode, isNotFound, isRefusal, undefinedWhenNotFound } from "../../genesys/errors";
import { isEnded } from "../../genesys/knowledge/clientLife";
import { requestFrom } from "../../genesys/oauthClients";
import type { OAuthClientEntity } from "../../genesys/wire";
import { clientKind, type KnownObject } from "../live/objectKind";
import { findLive, findShown } from "../live/presence";
import { confirmGone, sendDeletion, type Shown } from "../live/removal";
import { type Answer, eventually } from "../run/patience";
import type { Session } from "../run/session";

/** Looks, deactivates, deletes and confirms. Four requests where nothing is in the way. */
export async function deleteOAuthClient(session: Session, id: string, client: KnownObject): Promise<void> {
  const what = `OAuth client ${id}`;
  const look = async (): Promise<Shown> => {
    const live = await session.oauthClients.get(id);
    return isEnded(live) ? "ended" : live.state === "active" ? "alive" : "powerless";
  };
  const delay = {
    waitingFor: `${what} to be known as inactive`,
    isMatterOfTime: (error: unknown) => hasApiCode(error, activeCode), // the deactivation is not known everywhere yet
  };
  const isShown = async (): Promise<boolean> =>
    (await sendDeletion(session, clientKind, id, client, delay)) && !(await confirmGone(session, what, look));
  // Once more: an answer that looked like a success may have come from somebody else than Genesys.
  if ((await deactivate(session, id, client)) && (await isShown()) && (await isShown())) {
    session.notify(
      `Notice: Genesys accepted the deletion of ${what} and still shows it, without access; it may be gone later.`,
    );
  }
}

/** False when there is nothing to delete. One that is not active stays as it is: `disabled` is never weakened. */
async function deactivate(session: Session, id: string, client: KnownObject): Promise<boolean> {
  const live = (await findShown(session, clientKind, id, client)) ?? (await findUnshown(session, id));
  if (live === undefined || isEnded(live)) {
    return false;
  }
  if (live.state !== "active" && live.state !== undefined) {
    return true;
  }
  try {
    await session.oauthClients.update(id, requestFrom(live, { state: "inactive" }));
    return true;
  } catch (error) {
    // Refused since it went away meanwhile, which the next look tells; anything else is Genesys's answer.
    if (isRefusal(error) && (await findLive(session, clientKind, id, client)) === undefined) {
      return false;
    }
    throw error;
  }
}

/**
 * A young client may be shown late: that it lives is told by the deletion itself, which is refused for one that is active. It is waited for
 * then, since what cannot be read cannot be written back.
 */
async function findUnshown(session: Session, id: string): Promise<OAuthClientEntity | undefined> {
  try {
    await session.oauthClients.delete(id).catch(undefinedWhenNotFound);
    return undefined;
  } catch (error) {
    if (!hasApiCode(error, activeCode)) {
      throw error;
    }
    return eventually(
      session,
      `OAuth client ${id} to be known`,
      async (): Promise<Answer<OAuthClientEntity>> => {
        try {
          return { done: await session.oauthClients.get(id) };
        } catch (missing) {
          if (isNotFound(missing)) {
            return { notYet: missing };
          }
          throw missing;
        }
      },
    );
  }
}

/** Of a deletion that comes before the deactivation (docs/genesys-api.md 3.7). */
const activeCode = "cannot.delete.client";
