// Taking an integration credential away: DELETE, then confirmed; one that is gone already is success.
import type { IntegrationCredentialEntity } from "../../genesys/integrationCredentials";
import { findLive } from "../live/presence";
import { remove } from "../live/removal";
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

/** DELETE, then confirmed. */
export function removeIntegrationCredential(session: Session, id: string, recorded: Recorded): Promise<void> {
  const removal = {
    what: `integration credential ${id}`,
    delete: () => session.integrationCredentials.delete(id),
    findLive: () => findLiveIntegrationCredential(session, id, recorded),
  };
  return remove(session, removal, () => session.integrationCredentials.get(id));
}
