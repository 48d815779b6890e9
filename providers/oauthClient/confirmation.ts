// What others are told of a client that was written, and whether one that cannot sign in for us holds its roles.
import { isClientCredentials } from "../../genesys/knowledge/grantTypes";
import type { RoleDivision } from "../../genesys/knowledge/roleDivisions";
import { explain, InitializationError } from "../engine/providerError";
import { confirmRoles } from "../live/verification";
import type { Session } from "../run/session";
import { addressHint } from "./addressRefusal";
import { type OAuthClientOutputs, storedOutputs } from "./record";

/** Remembers what others need to know of a client. */
export function noteFacts(
  session: Session,
  clientId: string,
  isSecretKept: boolean,
  record: Partial<OAuthClientOutputs>,
): void {
  const { resolvedRoleDivisions: roleDivisions = [] } = record;
  session.clients.know(clientId, { roleDivisions, ...addressHint(record), isSecretKept });
}

/**
 * Looks whether a client whose secret is kept holds its roles; every other one proves that itself before its secret is stored.
 * @param shown The roles in the answer to the write.
 * @returns What is stored of the client.
 * @throws InitializationError
 */
export async function confirmClient(
  session: Session,
  what: string,
  outputs: OAuthClientOutputs,
  shown: readonly RoleDivision[] | undefined,
): Promise<Record<string, unknown>> {
  const { clientId, adopt, authorizedGrantType, resolvedRoleDivisions, isSecretKept = false } = outputs;
  noteFacts(session, clientId, isSecretKept, outputs);
  try {
    if (adopt?.secret === "keep" && isClientCredentials(authorizedGrantType)) {
      await confirmRoles(session, what, clientId, resolvedRoleDivisions, shown);
    }
    return storedOutputs(outputs);
  } catch (error) {
    throw new InitializationError(
      clientId,
      storedOutputs({ ...outputs, areRolesUnconfirmed: true }),
      explain(`Verifying ${what}`, error, session.redactor),
    );
  }
}
