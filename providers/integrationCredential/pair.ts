// The pair that an integration credential is to hold, as the stored secret has it.
import type { ClientCredentials } from "../../genesys/token";
import type { SecretStore } from "../../secrets/store";
import { readPayload } from "../../secrets/storedPayload";
import { ProviderError } from "../engine/providerError";
import type { Session } from "../run/session";
import type { IntegrationCredentialInputs } from "./record";

/**
 * An empty secret would stop every data action that uses the integration credential, so none is ever returned.
 * @throws ProviderError INTEGRATION_CREDENTIAL_SECRET; SecretsError
 */
export async function readPair(
  session: Session,
  store: SecretStore,
  action: string,
  { secretArn, versionId, clientId }: IntegrationCredentialInputs,
): Promise<ClientCredentials> {
  const text = versionId === undefined ? undefined : await store.text(secretArn, { id: versionId });
  const payload = text === undefined ? undefined : readPayload(text, session.redactor);
  if (payload === undefined || payload.clientId.toLowerCase() !== clientId.toLowerCase()) {
    const what = versionId === undefined ? "no version" : `version ${versionId}`;
    throw new ProviderError(
      "INTEGRATION_CREDENTIAL_SECRET",
      `${action}: ${what} of the secret ${secretArn} holds the pair of OAuth client ${clientId}; nothing was sent. ` +
        "Run `pulumi up --refresh`, which stores the pair again; a revoked credential has to be restored first",
    );
  }
  return { clientId, clientSecret: payload.clientSecret };
}
