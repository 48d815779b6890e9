// How an OAuth client comes to be: made exactly once, or found again after an interruption and kept with the secret that it has.
import { isEnded } from "../../genesys/knowledge/clientLife";
import { type OAuthClientWithSecret, requestFrom } from "../../genesys/oauthClients";
import type { OAuthClientEntity, RoleDivision } from "../../genesys/wire";
import { createExactlyOnce } from "../live/reconciliation";
import type { Session } from "../run/session";
import type { Neighbourhood } from "./neighbourhood";
import { type OAuthClientInputs, oauthClientRequest } from "./record";
import { deleteOAuthClient, findLiveClient } from "./removal";
import { whenUsable } from "./usableRoles";

/** The secret in Genesys's answer waits in the memory of this process for whoever stores it; of a client that was found nobody knows it. */
export async function makeClient(
  session: Session,
  action: string,
  what: string,
  inputs: OAuthClientInputs,
  resolved: readonly RoleDivision[],
  marker: string,
  neighbourhood: Neighbourhood,
): Promise<OAuthClientEntity> {
  const { oauthClients } = session;
  const request = oauthClientRequest(inputs, resolved, marker, inputs.state);
  const { object } = await createExactlyOnce<OAuthClientEntity | OAuthClientWithSecret>(session.clock, {
    create: () => whenUsable(session, what, resolved, () => oauthClients.create(request)),
    findCreated: async () => (await oauthClients.list()).filter((client) => isMarked(client, marker)),
    findOrphans: () => neighbourhood.leftovers(session, action, inputs),
    adopt: async (found) => {
      const live = (await findLiveClient(session, found.id, inputs)) ?? found;
      return whenUsable(session, what, resolved, () =>
        oauthClients.update(found.id, requestFrom(live, request)),
      );
    },
    remove: (found) => deleteOAuthClient(session, found.id, inputs),
  });
  if (typeof object.secret === "string") {
    session.clients.keepSecret(object.id, object.secret);
  }
  return object;
}

/** Whether a living client carries exactly this marker. */
function isMarked(client: OAuthClientEntity, marker: string): boolean {
  return (client.description ?? "").includes(marker) && !isEnded(client);
}
