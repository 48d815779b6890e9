// Taking an OAuth client away: inactive, DELETE, confirmed; everything that is already gone is success.
import { hasApiCode, isNotFound, isRefusal } from "../../genesys/errors";
import { isEnded } from "../../genesys/knowledge/clientLife";
import { requestFrom } from "../../genesys/oauthClients";
import type { OAuthClientEntity } from "../../genesys/wire";
import { confirmGone, type Shown, shortPatience } from "../live/removal";
import { type Answer, eventually } from "../run/patience";
import { findLive } from "../live/presence";
import type { Session } from "../run/session";

/** How a client is spoken of, and since when it is there. */
export interface RemovableClient {
  readonly name: string;
  readonly dateCreated?: string | undefined;
}

/** Looks, deactivates, deletes and confirms. Four requests where nothing is in the way. */
export async function deleteOAuthClient(
  session: Session,
  id: string,
  client: RemovableClient,
): Promise<void> {
  if (!(await deactivate(session, id, client))) {
    return;
  }
  const patience = shortPatience(session);
  const isGone = await eventually(
    patience,
    `OAuth client ${id} to be known as inactive`,
    async (): Promise<Answer<boolean>> => {
      try {
        await session.oauthClients.delete(id);
        return { done: false };
      } catch (error) {
        if (isNotFound(error)) {
          // It was found a moment ago: only what neither GET nor the list shows is gone.
          return (await findLiveClient(session, id, client)) === undefined
            ? { done: true }
            : { notYet: error };
        }
        if (hasApiCode(error, "cannot.delete.client")) {
          return { notYet: error }; // the deactivation is not known everywhere yet
        }
        throw error;
      }
    },
  );
  if (!isGone) {
    await confirmGone(patience, `OAuth client ${id}`, async (): Promise<Shown> => {
      const live = await session.oauthClients.get(id);
      return isEnded(live) ? "ended" : live.state === "active" ? "alive" : "powerless";
    });
  }
}

/** The live client as Genesys knows it; undefined when it is gone, or only waits for its end. */
export function findLiveClient(
  session: Session,
  id: string,
  client: RemovableClient,
): Promise<OAuthClientEntity | undefined> {
  return findLive<OAuthClientEntity>(session, {
    what: `OAuth client "${client.name}"`,
    id,
    bornAt: client.dateCreated,
    get: () => session.oauthClients.get(id),
    list: () => session.oauthClients.list(),
    isDeleted: isEnded,
  });
}

/** False when there is nothing to delete. One that is not active stays as it is: `disabled` is never weakened. */
async function deactivate(session: Session, id: string, client: RemovableClient): Promise<boolean> {
  const live = await findLiveClient(session, id, client);
  if (live === undefined) {
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
    if (isRefusal(error) && (await findLiveClient(session, id, client)) === undefined) {
      return false;
    }
    throw error;
  }
}
