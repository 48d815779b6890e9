// Taking an OAuth client away: inactive, DELETE, confirmed; everything that is already gone is success.
import { hasApiCode, isNotFound, isRefusal } from "../genesys/errors";
import { isDeleted } from "../genesys/oauthClients";
import type { OAuthClientEntity, OAuthClientRequest, RoleDivision } from "../genesys/wire";
import { addressesInBody, addressesOf, type AllowedAddressesInputs } from "./allowedAddresses";
import { isClientCredentials } from "./grantTypes";
import { type OAuthClientInputs, oauthClientRequest } from "./oauthClientRecord";
import { type Answer, eventually, type Patience } from "./patience";
import { findLive } from "./presence";
import { ProviderError } from "./providerError";
import { uniqueRoleDivisions } from "./roleDivisions";
import type { Session } from "./session";

/** What the deactivating PUT is made of. */
export type RemovableClient = Pick<
  OAuthClientInputs,
  | "name"
  | "description"
  | "authorizedGrantType"
  | "accessTokenValiditySeconds"
  | "registeredRedirectUri"
  | "scope"
  | keyof AllowedAddressesInputs
> & {
  readonly marker: string;
  readonly resolvedRoleDivisions: readonly RoleDivision[];
  readonly dateCreated?: string | undefined;
};

/** The Terraform provider polls a deleted client for 30 s and a role for 60 s (genesys-api 3.10). */
const settlingMs = 60_000;

/** Whether a living client carries a marker, or one that begins so. */
export function isMarked(client: OAuthClientEntity, marker: string): boolean {
  return (client.description ?? "").includes(marker) && !isDeleted(client);
}

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

/** Asks until the object answers 404, or `isEnded` says that it only waits for its end. */
export async function confirmGone(
  patience: Patience,
  what: string,
  isEnded: () => Promise<boolean>,
): Promise<void> {
  await eventually(patience, `${what} to be gone`, async (): Promise<Answer<true>> => {
    try {
      if (await isEnded()) {
        return { done: true };
      }
    } catch (error) {
      if (isNotFound(error)) {
        return { done: true };
      }
      throw error;
    }
    return {
      notYet: new ProviderError(
        "DELETE_UNCONFIRMED",
        `Deleting ${what}: Genesys accepted the deletion but still shows it; run the command again to make sure`,
      ),
    };
  });
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

/** The session's clock and voice, with the shorter wait of deletions. */
export function shortPatience(session: Session): Patience {
  return { clock: session.clock, notify: session.notify, waitMs: Math.min(settlingMs, session.waitMs) };
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
