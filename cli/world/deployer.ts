// The deployer's way into Genesys for commands, and the guard that it leads into the declared organisation.
import { type ResolvedDeclarations } from "../../declarations/resolve";
import { GenesysClient } from "../../genesys/client";
import { Identity, type TokenIdentity } from "../../genesys/identity";
import { UsageError } from "../terminal/cliError";
import { type Surroundings } from "../terminal/surroundings";

const tokenPath = "/oauth/token";

/** The client for the endpoints of the declarations; the deployer's pair comes from the environment, which was checked with them. */
export function connectDeployer(
  declarations: ResolvedDeclarations,
  { environment, clock, redactor, output }: Surroundings,
): GenesysClient {
  const clientId = environment["GENESYSCLOUD_OAUTHCLIENT_ID"] ?? "";
  const clientSecret = environment["GENESYSCLOUD_OAUTHCLIENT_SECRET"] ?? "";
  redactor.addClientCredentials(clientId, clientSecret);
  const loginUrl = declarations.tokenUrl.slice(0, -tokenPath.length);
  return new GenesysClient({
    origins: { apiUrl: declarations.apiUrl, loginUrl },
    credentials: { clientId, clientSecret },
    clock,
    redactor,
    notify: (line) => {
      output.note(line);
    },
  });
}

/**
 * Signs in and compares the organisation; costs the token and one request.
 * @throws UsageError when the deployer belongs to another organisation than the declared one; the errors of `genesys/errors.ts`.
 */
export async function requireOrganization(
  client: GenesysClient,
  declarations: ResolvedDeclarations,
  action: string,
): Promise<TokenIdentity> {
  const identity = await new Identity(client).read();
  const expected = declarations.organization.id;
  if (expected !== undefined && identity.organizationId.toLowerCase() !== expected.toLowerCase()) {
    const name = identity.organizationName === undefined ? "" : ` (${identity.organizationName})`;
    throw new UsageError(
      `${action}: the deployment client belongs to organisation ${identity.organizationId}${name}, but the stack is for ` +
        `organisation ${expected}; nothing was done. Use the credentials of that organisation, or correct genesys-credentials:organization.id.`,
    );
  }
  return identity;
}
