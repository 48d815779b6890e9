// Taking an OAuth client away: inactive, DELETE, confirmed; everything that is already gone is success.
import { hasApiCode, isNotFound, isRefusal } from "../../genesys/errors";
import { isDeleted } from "../../genesys/oauthClients";
import type { OAuthClientEntity, OAuthClientRequest, RoleDivision } from "../../genesys/wire";
import { addressesInBody, addressesOf } from "./allowedAddresses";
import { isClientCredentials } from "../../genesys/knowledge/grantTypes";
import { oauthClientRequest, type SentInputs } from "./record";
import { confirmGone, shortPatience } from "../live/removal";
import { type Answer, eventually } from "../run/patience";
import { findLive } from "../live/presence";
import { uniqueRoleDivisions } from "../../genesys/knowledge/roleDivisions";
import type { Session } from "../run/session";

/** What the deactivating PUT is made of. */
export type RemovableClient = SentInputs & {
  readonly marker: string;
  readonly resolvedRoleDivisions: readonly RoleDivision[];
  readonly dateCreated?: string | undefined;
};

/** Deactivates, deletes and confirms. Three requests where nothing is in the way. */
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
          // The deactivation found it a moment ago: only what neither GET nor the list shows is gone.
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
    await confirmGone(patience, `OAuth client ${id}`, async () => {
      const live = await session.oauthClients.get(id);
      // A client older than 30 days may be kept for a week, inactive, with the date of its end (genesys-api 3.7).
      return isDeleted(live) || (live.state !== "active" && live.dateToDelete !== undefined);
    });
  }
}

/** The live client as Genesys knows it; undefined when it is gone. */
export function findLiveClient(
  session: Session,
  id: string,
  client: { readonly name: string; readonly dateCreated?: string | undefined },
): Promise<OAuthClientEntity | undefined> {
  return findLive<OAuthClientEntity>(session, {
    what: `OAuth client "${client.name}"`,
    id,
    bornAt: client.dateCreated,
    get: () => session.oauthClients.get(id),
    list: () => session.oauthClients.list(),
    isDeleted,
  });
}

/** False when there is nothing to deactivate. */
async function deactivate(session: Session, id: string, client: RemovableClient): Promise<boolean> {
  try {
    const request = oauthClientRequest(client, client.resolvedRoleDivisions, client.marker, "inactive");
    await session.oauthClients.update(id, request);
    return true;
  } catch (error) {
    if (!isRefusal(error)) {
      throw error;
    }
    // The client is gone, or the record names a role that is: what Genesys itself says about the client is accepted (genesys-api 3.4).
    const live = await findLiveClient(session, id, client);
    if (live === undefined) {
      // Refused, yet unknown to GET and list: of a young client that is a contradiction, and no proof that it is gone.
      const ageMs = session.clock.now() - Date.parse(client.dateCreated ?? "");
      if (!isNotFound(error) && ageMs < session.waitMs) {
        throw error;
      }
      return false;
    }
    await session.oauthClients.update(id, requestOfLive(live, client));
    return true;
  }
}

function requestOfLive(live: OAuthClientEntity, recorded: RemovableClient): OAuthClientRequest {
  const registeredRedirectUri = live.registeredRedirectUri ?? recorded.registeredRedirectUri;
  const scope = live.scope ?? recorded.scope;
  const isOfPeople = !isClientCredentials(live.authorizedGrantType ?? recorded.authorizedGrantType);
  return {
    name: live.name ?? recorded.name,
    description: live.description ?? "",
    authorizedGrantType: live.authorizedGrantType ?? recorded.authorizedGrantType,
    accessTokenValiditySeconds: live.accessTokenValiditySeconds ?? recorded.accessTokenValiditySeconds,
    roleDivisions: uniqueRoleDivisions(live.roleDivisions ?? []),
    ...(isOfPeople && registeredRedirectUri !== undefined ? { registeredRedirectUri } : {}),
    ...(isOfPeople && scope !== undefined ? { scope } : {}),
    ...liveAddressesInBody(live, recorded),
    state: "inactive",
  };
}

function liveAddressesInBody(live: OAuthClientEntity, recorded: RemovableClient): object {
  const { allowedAddressesField: field, allowedAddresses } = recorded;
  const shown = field === undefined ? undefined : (addressesOf(live, field) ?? allowedAddresses);
  return field === undefined || shown === undefined
    ? {}
    : addressesInBody({ allowedAddresses: shown, allowedAddressesField: field });
}
