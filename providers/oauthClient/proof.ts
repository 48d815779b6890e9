// What follows the write of a client: a new secret where one is asked for, the proof of the pair, and the declared state.
import type { RoleDivision } from "../../genesys/wire";
import { addressHint } from "./addressRefusal";
import { needsNewSecret } from "./adoption";
import { isClientCredentials } from "../../genesys/grantTypes";
import { oauthClientRequest, type OAuthClientOutputs, storedOutputs } from "./record";
import { sanitizeProperties } from "../engine/outputs";
import { explain, InitializationError } from "../engine/providerError";
import type { Session } from "../run/session";
import { confirmRoles, unproven, verifyCredentials } from "../live/verification";

/**
 * Verifies the pair, then brings the client to its declared state. A failure keeps the client in state. A client whose secret is
 * not known cannot sign in for us: only its roles are compared.
 * @param what As `OAuth client "nightly-report-dev-a"`.
 * @param shownRoles The roles in the answer to the write, where it told them.
 * @returns The outputs as the engine stores them.
 * @throws InitializationError
 */
export async function proveClient(
  session: Session,
  what: string,
  outputs: OAuthClientOutputs,
  deployerClientId: string | undefined,
  shownRoles: readonly RoleDivision[] | undefined,
): Promise<Record<string, unknown>> {
  let current = outputs;
  let action = `Verifying ${what}`;
  let proven: Pick<OAuthClientOutputs, "verification"> = {};
  try {
    if (needsNewSecret(current)) {
      action = `Making a new secret for ${what}`;
      const { secret } = await session.oauthClients.regenerateSecret(current.clientId);
      current = { ...current, clientSecret: secret };
      action = `Verifying ${what}`;
    }
    const { authorizedGrantType, resolvedRoleDivisions: roleDivisions } = current;
    const isOwnGrant = isClientCredentials(authorizedGrantType);
    if (current.clientSecret !== undefined) {
      const pair = { clientId: current.clientId, clientSecret: current.clientSecret };
      const verification = isOwnGrant
        ? await verifyCredentials(session, what, pair, {
            authorizedGrantType,
            roleDivisions,
            ...addressHint(current),
          })
        : unproven(pair.clientId, authorizedGrantType);
      const by = deployerClientId === undefined ? {} : { deployerClientId };
      proven = { verification: { ...verification, ...by } };
    } else if (isOwnGrant) {
      await confirmRoles(session, what, current.clientId, roleDivisions, shownRoles);
    }
    if (current.state !== "active" && current.clientSecret !== undefined) {
      const { resolvedRoleDivisions, marker, state } = current;
      const request = oauthClientRequest(current, resolvedRoleDivisions, marker, state);
      await session.oauthClients.update(current.clientId, request);
    }
    return sanitizeProperties(storedOutputs({ ...current, ...proven, verified: true }));
  } catch (error) {
    throw new InitializationError(
      current.clientId,
      sanitizeProperties(storedOutputs(current)),
      explain(action, error, session.redactor),
    );
  }
}
