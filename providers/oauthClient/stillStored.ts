// A client whose pair consumers read: it keeps its access, whatever the records say of it.
import { ProviderError } from "../engine/providerError";
import type { Session } from "../run/session";

/**
 * A run that was interrupted may have stored the pair of a client that no record of the stored secret tells of. Asks AWS only where this run
 * has neither stored a secret of the credential nor given it up.
 * @param action As `Deleting OAuth client "nightly-report-dev-a"`.
 * @throws ProviderError CLIENT_STILL_STORED; SecretsError
 */
export async function refuseStillStored(
  session: Session,
  action: string,
  clientId: string,
  owner: string,
): Promise<void> {
  const named = await session.clients.storedClientFinders.get(owner)?.();
  if (named?.toLowerCase() === clientId.toLowerCase()) {
    throw new ProviderError(
      "CLIENT_STILL_STORED",
      `${action}: the stored secret of ${owner} names the client ${clientId} now, although its record does not: an earlier run was interrupted, ` +
        "or somebody has moved the label AWSCURRENT; the client was left as it is. Run `pulumi up --refresh`, which stores the declared client again",
    );
  }
}
