// Taking an integration credential away: DELETE, then confirmed; one that is gone already is success.
import { isNotFound } from "../../genesys/errors";
import type { IntegrationCredentialEntity } from "../../genesys/integrationCredentials";
import { type Answer, eventually } from "../run/patience";
import { findLive } from "../live/presence";
import { confirmGone, shortPatience } from "../live/removal";
import type { Session } from "../run/session";

/** What is known of it; the date tells how long it may still be unknown by right. */
interface Recorded {
  readonly name: string;
  readonly createdAt?: string;
}

/** The live integration credential; undefined when it is gone. */
export function findLiveIntegrationCredential(
  session: Session,
  id: string,
  { name, createdAt }: Recorded,
): Promise<IntegrationCredentialEntity | undefined> {
  return findLive<IntegrationCredentialEntity>(session, {
    what: `integration credential "${name}"`,
    id,
    bornAt: createdAt,
    get: () => session.integrationCredentials.get(id),
    list: () => session.integrationCredentials.list(),
  });
}

/** Deletes and confirms. Two requests where nothing is in the way. */
export async function removeIntegrationCredential(
  session: Session,
  id: string,
  recorded: Recorded,
): Promise<void> {
  const patience = shortPatience(session);
  const what = `integration credential ${id}`;
  const isGone = await eventually(patience, `${what} to be known`, async (): Promise<Answer<boolean>> => {
    try {
      await session.integrationCredentials.delete(id);
      return { done: false };
    } catch (error) {
      if (!isNotFound(error)) {
        throw error;
      }
      const live = await findLiveIntegrationCredential(session, id, recorded);
      return live === undefined ? { done: true } : { notYet: error };
    }
  });
  if (!isGone) {
    await confirmGone(patience, what, async () => {
      await session.integrationCredentials.get(id);
      return "alive" as const;
    });
  }
}
