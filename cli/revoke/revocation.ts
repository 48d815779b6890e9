// The revocation of a credential's OAuth clients in Genesys: no new tokens, and where it is accepted no old ones either.
import { messageOf } from "../../common/known";
import { clientCredentialsGrant, isClientCredentials } from "../../genesys/knowledge/grantTypes";
import { GenesysApiError, isForbidden, isNotFound } from "../../genesys/errors";
import { isEnded } from "../../genesys/knowledge/clientLife";
import { type OAuthClients, requestFrom } from "../../genesys/oauthClients";
import { type OAuthClientEntity } from "../../genesys/wire";
import { type RoleDivision } from "../../genesys/knowledge/roleDivisions";
import { type CredentialClient } from "../world/credentialClients";
import { askForUnlisted } from "../world/unlistedClients";

/** What was reached for one client. */
export interface RevokedClient {
  readonly client: CredentialClient;
  /**
   * `disabled`: tokens are dead too. `inactive`: no new tokens. `ended`: it waits for its deletion. `gone`: it does not exist any more.
   * `reset`: it is active, and nobody has its secret any more. `failed`: it may still mint tokens.
   */
  readonly reached: "disabled" | "inactive" | "ended" | "gone" | "reset" | "failed";
  /** It was like this before. */
  readonly wasSo: boolean;
  /** Roles that were taken from it, since the deployer cannot leave them to it. */
  readonly lostRoles?: number;
  /** Why it got no further; absent when all was reached. */
  readonly reason?: string;
  /** Whether trying again may get further: Genesys failed, it did not refuse. */
  readonly isWorthRepeating: boolean;
}

const http = {
  badRequest: 400,
  unauthorized: 401,
  requestTimeout: 408,
  tooManyRequests: 429,
  serverError: 500,
};

/**
 * Deactivates first all clients, then tries to disable each: two requests a client, and two more where Genesys refuses. Never throws for
 * one of them.
 * @param heldRoles The roles of the deployer: the only ones that it may leave to a client; undefined where Genesys does not tell them.
 */
export async function revokeClients(
  oauthClients: OAuthClients,
  clients: readonly CredentialClient[],
  heldRoles: readonly RoleDivision[] = [],
): Promise<readonly RevokedClient[]> {
  const deactivated = await Promise.all(clients.map((client) => deactivate(oauthClients, client, heldRoles)));
  return Promise.all(
    deactivated.map(async (result) =>
      result.reached === "inactive" ? disable(oauthClients, result, heldRoles) : result,
    ),
  );
}

async function deactivate(
  oauthClients: OAuthClients,
  client: CredentialClient,
  heldRoles: readonly RoleDivision[],
): Promise<RevokedClient> {
  const { entity } = client;
  if (isEnded(entity)) {
    return { ...settled(client, "ended"), wasSo: true };
  }
  if (entity.state === "disabled" || entity.state === "inactive") {
    return { ...settled(client, entity.state), wasSo: true };
  }
  const whole = await putInactive(oauthClients, client);
  if (whole.reached !== "failed" || whole.isWorthRepeating) {
    return whole;
  }
  // Whoever writes a client must hold the roles that it gets (docs/genesys-api.md 3.8): what it cannot leave to it, it takes away.
  const kept = rolesLeftTo(entity, heldRoles);
  const lostRoles = (entity.roleDivisions ?? []).length - kept.length;
  const narrowed =
    lostRoles === 0 ? whole : { ...(await putInactive(oauthClients, client, kept)), lostRoles };
  return narrowed.reached === "failed" ? reset(oauthClients, whole) : narrowed;
}

async function putInactive(
  oauthClients: OAuthClients,
  client: CredentialClient,
  kept?: readonly RoleDivision[],
): Promise<RevokedClient> {
  const failed = (reason: string, isWorthRepeating: boolean): RevokedClient => ({
    client,
    reached: "failed",
    wasSo: false,
    reason,
    isWorthRepeating,
  });
  try {
    const roles = kept === undefined ? {} : { roleDivisions: kept };
    const request = requestFrom(client.entity, { state: "inactive", ...roles });
    const echo = await oauthClients.update(client.id, request);
    return echo.state === "inactive" || echo.state === "disabled"
      ? settled(client, echo.state)
      : failed(`Genesys answered with the state ${echo.state ?? "(none)"}`, true);
  } catch (error) {
    // A role that the caller lacks may be answered as one that does not exist: only a GET tells that the client is gone.
    return (await isGone(oauthClients, client, error))
      ? settled(client, "gone")
      : failed(messageOf(error), !isFinal(error));
  }
}

/** What was reached, where trying again changes nothing. */
function settled(
  client: CredentialClient,
  reached: Exclude<RevokedClient["reached"], "failed">,
): RevokedClient {
  return { client, reached, wasSo: false, isWorthRepeating: false };
}

/** The last way: the pair that was leaked dies at once, although the client stays active (docs/genesys-api.md 3.6). The new one is kept by nobody. */
async function reset(oauthClients: OAuthClients, refused: RevokedClient): Promise<RevokedClient> {
  const { client, reason = "" } = refused;
  try {
    await oauthClients.regenerateSecret(client.id);
    return { ...refused, reached: "reset" };
  } catch (error) {
    return {
      ...refused,
      reason: `${reason}; and its secret could not be replaced: ${messageOf(error)}`,
      isWorthRepeating: !isFinal(error),
    };
  }
}

/** Whether customers may set `disabled` is not known (docs/genesys-api.md 9): a refusal is an answer, not a failure. */
async function disable(
  oauthClients: OAuthClients,
  result: RevokedClient,
  heldRoles: readonly RoleDivision[],
): Promise<RevokedClient> {
  const { client, lostRoles = 0 } = result;
  const roles = lostRoles === 0 ? {} : { roleDivisions: rolesLeftTo(client.entity, heldRoles) };
  try {
    const echo = await oauthClients.update(
      client.id,
      requestFrom(client.entity, { state: "disabled", ...roles }),
    );
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
    if (await isGone(oauthClients, client, error)) {
      return { ...result, reached: "gone" };
    }
    const isRefused =
      isForbidden(error) || (error instanceof GenesysApiError && error.details.status === http.badRequest);
    return isRefused
      ? { ...result, reason: "Genesys does not let this organisation set disabled" }
      : {
          ...result,
          reason: `whether it is disabled is not known: ${messageOf(error)}`,
          isWorthRepeating: true,
        };
  }
}

/** Only clients of the client-credentials grant have roles of their own. */
function rolesLeftTo(
  { authorizedGrantType = clientCredentialsGrant, roleDivisions = [] }: OAuthClientEntity,
  heldRoles: readonly RoleDivision[],
): readonly RoleDivision[] {
  return isClientCredentials(authorizedGrantType)
    ? roleDivisions.filter(({ roleId, divisionId }) =>
        heldRoles.some(
          (held) => held.roleId === roleId && (held.divisionId === divisionId || held.divisionId === "*"),
        ),
      )
    : roleDivisions;
}

async function isGone(
  oauthClients: OAuthClients,
  { id }: CredentialClient,
  error: unknown,
): Promise<boolean> {
  return isNotFound(error) && (await askForUnlisted(oauthClients, [id])).fates.get(id) === "gone";
}

/** Whether the same request would be refused again. */
function isFinal(error: unknown): boolean {
  const status = error instanceof GenesysApiError ? error.details.status : undefined;
  return (
    status !== undefined &&
    status >= http.badRequest &&
    status < http.serverError &&
    ![http.unauthorized, http.requestTimeout, http.tooManyRequests].includes(status)
  );
}
