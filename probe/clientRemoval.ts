// Takes one OAuth client away: inactive first, else its deletion is refused (docs/genesys-api.md 3.7).
import { apiPath } from "../genesys/apiPath";
import { isNotFound, isRefusal, undefinedWhenNotFound } from "../genesys/errors";
import { Grants } from "../genesys/grants";
import { clientCredentialsGrant } from "../genesys/knowledge/grantTypes";
import type { RoleDivision } from "../genesys/knowledge/roleDivisions";
import { tokenValiditySeconds } from "../genesys/knowledge/tokenValidity";
import { isDeleted, OAuthClients, requestFrom } from "../genesys/oauthClients";
import type { OAuthClientEntity, OAuthClientChange } from "../genesys/wire";
import { isDeletionAccepted } from "./deletion";
import type { Ledger, MadeObject } from "./ledger";
import { Patience } from "./patience";
import type { ProbeClient } from "./probeClient";

/**
 * @returns False where Genesys does not know the client, any more or yet.
 * @param heldPairs Roles that the deployer holds: a client with others may not be changed (docs/genesys-api.md 3.8).
 * @throws the errors of genesys/
 */
export async function removeClient(
  client: ProbeClient,
  { id, name }: MadeObject,
  ledger: Ledger,
  heldPairs: readonly RoleDivision[],
): Promise<boolean> {
  const clients = new OAuthClients(client);
  const live = await clients.get(id).catch(undefinedWhenNotFound);
  if (live !== undefined && isDeleted(live)) {
    return true;
  }
  if (live?.state !== "inactive") {
    const request = inactiveRequest(live, name);
    const variants = [
      request,
      { ...request, roleDivisions: heldPairs.slice(0, 1) },
      { ...request, roleDivisions: [] },
    ];
    if (!(await isAccepted(clients, id, variants))) {
      await deactivateAsHolder(client, id, request, ledger);
    }
  }
  return isDeletionAccepted(client, apiPath("/api/v2/oauth/clients/{id}", { id }));
}

/** A client that GET does not know may be too new for it, and is there nevertheless. */
function inactiveRequest(live: OAuthClientEntity | undefined, name: string): OAuthClientChange {
  return live === undefined
    ? {
        name,
        description: "",
        authorizedGrantType: clientCredentialsGrant,
        accessTokenValiditySeconds: tokenValiditySeconds.standard,
        state: "inactive",
        roleDivisions: [],
      }
    : requestFrom(live, { state: "inactive" });
}

/** Whether one of the requests is accepted, in their order; a client that is gone needs none. */
async function isAccepted(
  clients: OAuthClients,
  id: string,
  requests: readonly OAuthClientChange[],
): Promise<boolean> {
  let isGone = false;
  for (const request of requests) {
    try {
      await clients.update(id, request);
      return true;
    } catch (error) {
      if (!isRefusal(error)) {
        throw error;
      }
      isGone = isNotFound(error);
    }
  }
  return isGone;
}

/** Where an editor must hold the roles that a client has, the deployer takes those of the probe's making once more. */
async function deactivateAsHolder(
  client: ProbeClient,
  id: string,
  request: OAuthClientChange,
  ledger: Ledger,
): Promise<void> {
  const pairs = (request.roleDivisions ?? []).filter(({ roleId }) => ledger.has("role", roleId));
  if (pairs.length > 0) {
    await new Grants(client).addToOAuthClient(ledger.deployerId, pairs);
  }
  const clients = new OAuthClients(client);
  const patience = new Patience(client.clock, new AbortController().signal);
  const accepted = await patience.until(async () =>
    (await isAccepted(clients, id, [request])) ? true : undefined,
  );
  if (accepted === undefined) {
    await clients.update(id, request); // for its refusal
  }
}
