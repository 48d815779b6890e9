// The revocation of a credential's OAuth clients in Genesys: no new tokens, and where it is accepted no old ones either.
import { GenesysApiError, isForbidden, isNotFound } from "../genesys/errors";
import { type OAuthClients } from "../genesys/oauthClients";
import { type OAuthClientEntity, type OAuthClientRequest } from "../genesys/wire";
import { type LiveClient } from "./liveClients";

/** What was reached for one client. */
export interface RevokedClient {
  readonly client: LiveClient;
  /** `disabled`: tokens are dead too. `inactive`: no new tokens. `gone`: it does not exist any more. `failed`: it may still mint tokens. */
  readonly reached: "disabled" | "inactive" | "gone" | "failed";
  /** It was like this before. */
  readonly wasSo: boolean;
  /** Why it got no further; absent when all was reached. */
  readonly reason?: string;
  /** Whether trying again may get further: Genesys failed, it did not refuse. */
  readonly isWorthRepeating: boolean;
}

/** Fields of an OAuth client that requests do not have (genesys-api 3.4). All others, unknown ones too, are sent back as they were. */
const readOnlyFields: ReadonlySet<string> = new Set([
  "id",
  "secret",
  "selfUri",
  "dateCreated",
  "dateModified",
  "createdBy",
  "modifiedBy",
]);

const badRequestStatus = 400;

/** Deactivates first all clients, then tries to disable each: at most two requests a client. Never throws for one of them. */
export async function revokeClients(
  oauthClients: OAuthClients,
  clients: readonly LiveClient[],
): Promise<readonly RevokedClient[]> {
  const deactivated = await Promise.all(clients.map((client) => deactivate(oauthClients, client)));
  return Promise.all(
    deactivated.map(async (result) =>
      result.reached === "inactive" ? disable(oauthClients, result) : result,
    ),
  );
}

async function deactivate(oauthClients: OAuthClients, client: LiveClient): Promise<RevokedClient> {
  const { state } = client.entity;
  if (state === "disabled" || state === "inactive") {
    return { client, reached: state, wasSo: true, isWorthRepeating: false };
  }
  try {
    const echo = await oauthClients.update(client.id, requestOf(client.entity, "inactive"));
    return echo.state === "inactive" || echo.state === "disabled"
      ? { client, reached: echo.state, wasSo: false, isWorthRepeating: false }
      : {
          client,
          reached: "failed",
          wasSo: false,
          reason: `Genesys answered with the state ${echo.state ?? "(none)"}`,
          isWorthRepeating: true,
        };
  } catch (error) {
    return isNotFound(error)
      ? { client, reached: "gone", wasSo: false, isWorthRepeating: false }
      : { client, reached: "failed", wasSo: false, reason: messageOf(error), isWorthRepeating: true };
  }
}

/** Whether customers may set `disabled` is not known (genesys-api 12): a refusal is an answer, not a failure. */
async function disable(oauthClients: OAuthClients, result: RevokedClient): Promise<RevokedClient> {
  const { client } = result;
  try {
    const echo = await oauthClients.update(client.id, requestOf(client.entity, "disabled"));
    if (echo.state === "disabled") {
      return { ...result, reached: "disabled", wasSo: false };
    }
    return echo.state === "inactive"
      ? { ...result, reason: "Genesys kept it inactive instead of disabled" }
      : {
          ...result,
          reached: "failed",
          reason: `Genesys answered with the state ${echo.state ?? "(none)"}`,
          isWorthRepeating: true,
        };
  } catch (error) {
    if (isNotFound(error)) {
      return { ...result, reached: "gone" };
    }
    const isRefused =
      isForbidden(error) || (error instanceof GenesysApiError && error.details.status === badRequestStatus);
    return isRefused
      ? { ...result, reason: "Genesys does not let this organisation set disabled" }
      : {
          ...result,
          reason: `whether it is disabled is not known: ${messageOf(error)}`,
          isWorthRepeating: true,
        };
  }
}

/** PUT is a full replacement, so that every writable field goes back as the list showed it. */
function requestOf(entity: OAuthClientEntity, state: string): OAuthClientRequest {
  const writable = Object.fromEntries(Object.entries(entity).filter(([field]) => !readOnlyFields.has(field)));
  return {
    ...writable,
    name: entity.name ?? "",
    description: entity.description ?? "",
    // Lists did not always tell the grant type; this project makes no other (genesys-api 3.2).
    authorizedGrantType: entity.authorizedGrantType ?? "CLIENT-CREDENTIALS",
    accessTokenValiditySeconds: entity.accessTokenValiditySeconds ?? defaultValiditySeconds,
    roleDivisions: entity.roleDivisions ?? [],
    state,
  };
}

/** What Genesys takes when nothing is said (genesys-api 3.3). */
const defaultValiditySeconds = 86_400;

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
