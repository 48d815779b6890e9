// The secret that an adopted client came with: another one would end it, which nobody has asked for.
import { ProviderError } from "../engine/providerError";
import type { Session } from "../run/session";

/**
 * @param action As `Making a new secret for nightly-report (genesys/dev/nightly-report)`.
 * @throws ProviderError ADOPTION_SECRET_UNKNOWN
 */
export function refuseKeptSecret(session: Session, action: string, clientId: string): void {
  const reason = keptSecretReason(session, clientId);
  if (reason !== undefined) {
    throw new ProviderError("ADOPTION_SECRET_UNKNOWN", `${action}: ${reason}`);
  }
}

/** Why nothing can be stored of a client; undefined where it can, or where this run knows nothing of the client yet. */
export function keptSecretReason(session: Pick<Session, "clients">, clientId: string): string | undefined {
  return session.clients.factsOf(clientId)?.isSecretKept === true
    ? `the secret of OAuth client ${clientId} is not known, since the client was adopted with its secret kept, and a new one would cut off ` +
        "whoever holds it; nothing was stored. Write adopt with secret: keep as before, or with secret: regenerate, or rotate to a new client"
    : undefined;
}
