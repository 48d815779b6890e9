// How an OAuth client comes to be: made exactly once, or found again after an interruption and kept with the secret that it has.
import type { OAuthClientWithSecret } from "../../genesys/oauthClients";
import type { OAuthClientEntity, RoleDivision } from "../../genesys/wire";
import { createExactlyOnce } from "../live/reconciliation";
import type { Session } from "../run/session";
import { isMarked, orphansOf, type Ownership } from "./ownership";
import { type OAuthClientInputs, oauthClientRequest } from "./record";
import { deleteOAuthClient } from "./removal";
import { whenUsable } from "./usableRoles";

/** The secret in Genesys's answer waits in the memory of this process for whoever stores it; of a client that was found nobody knows it. */
export async function makeClient(
  session: Session,
  what: string,
  inputs: OAuthClientInputs,
  resolved: readonly RoleDivision[],
  marker: string,
  ownership: Ownership,
): Promise<OAuthClientEntity> {
  const { oauthClients } = session;
  const request = oauthClientRequest(inputs, resolved, marker, inputs.state);
  const { object } = await createExactlyOnce<OAuthClientEntity | OAuthClientWithSecret>(session.clock, {
    create: () => whenUsable(session, what, resolved, () => oauthClients.create(request)),
    findCreated: async () => (await oauthClients.list()).filter((client) => isMarked(client, marker)),
    findOrphans: () => orphansOf(session, ownership, inputs),
    adopt: (found) => whenUsable(session, what, resolved, () => oauthClients.update(found.id, request)),
    remove: (found) =>
      deleteOAuthClient(session, found.id, { ...inputs, marker, resolvedRoleDivisions: resolved }),
  });
  if (typeof object.secret === "string") {
    session.clients.keepSecret(object.id, object.secret);
  }
  return object;
}
