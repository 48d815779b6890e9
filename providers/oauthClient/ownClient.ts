// The credential that the run itself uses: replacing, deactivating or deleting it would end the run, and every one after it.
import { ProviderError } from "../engine/providerError";
import type { SessionFinder } from "../run/sessions";
import type { OrganizationInput } from "../engine/organization";
import type { Session } from "../run/session";

/**
 * @param action As `Replacing OAuth client "nightly-report-dev-a"`.
 * @throws ProviderError DEPLOYER_OWN_CLIENT when the client is the deployment client.
 */
export function refuseOwnClient(session: Session, action: string, clientId: string): void {
  if (clientId.toLowerCase() === session.deployerClientId.toLowerCase()) {
    throw new ProviderError(
      "DEPLOYER_OWN_CLIENT",
      `${action}: the client ${clientId} is the deployment client that this run signs in with, and it would lose its access; ` +
        "nothing was done. Deploy with another client, or with the pair that the stored secret names now",
    );
  }
}

/** What decides whether a client loses its access. */
interface ClientState {
  readonly name?: string;
  readonly state?: string;
  readonly organization?: OrganizationInput;
}

/**
 * The same for a planned change, so that a preview tells about it. Without a replacement or a deactivation nobody is asked.
 * @throws ProviderError DEPLOYER_OWN_CLIENT
 */
export function refuseOwnReplacement(
  sessionFor: SessionFinder,
  clientId: string,
  olds: ClientState,
  news: ClientState,
  replaces: readonly string[],
): void {
  const isDeactivated = news.state === "inactive" && olds.state !== "inactive";
  if (replaces.length > 0 || isDeactivated) {
    const verb = replaces.length > 0 ? "Replacing" : "Deactivating";
    const action = `${verb} OAuth client "${olds.name ?? clientId}"`;
    refuseOwnClient(sessionFor(news.organization), action, clientId);
  }
}
