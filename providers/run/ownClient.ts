// The credential that the run itself uses: replacing, deactivating, deleting it or its secret would end the run, and every one after it.
import { ProviderError } from "../engine/providerError";
import type { OrganizationInput } from "../engine/organization";
import type { Session } from "./session";
import type { SessionFinder } from "./sessions";

/**
 * @param action As `Replacing OAuth client "nightly-report-dev-a"`.
 * @throws ProviderError DEPLOYER_OWN_CLIENT when the client is the deployer.
 */
export function refuseOwnClient(session: Session, action: string, clientId: string): void {
  if (clientId.toLowerCase() === session.deployerClientId.toLowerCase()) {
    throw new ProviderError(
      "DEPLOYER_OWN_CLIENT",
      `${action}: the client ${clientId} is the deployer that this run signs in with, and it would lose its access; ` +
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
 * @param isKept The client stays and gets another secret.
 * @throws ProviderError DEPLOYER_OWN_CLIENT
 */
export function refuseOwnReplacement(
  sessionFor: SessionFinder,
  clientId: string,
  olds: ClientState,
  news: ClientState,
  replaces: readonly string[],
  isKept: boolean,
): void {
  const isDeactivated = news.state === "inactive" && olds.state !== "inactive";
  if (replaces.length > 0 || isDeactivated || isKept) {
    const verb = replaces.length > 0 ? "Replacing" : isDeactivated ? "Deactivating" : "Rotating";
    const action = `${verb} OAuth client "${olds.name ?? clientId}"`;
    refuseOwnClient(sessionFor(news.organization), action, clientId);
  }
}
