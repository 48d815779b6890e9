// The deployer's way into Genesys for commands, and the guard that it leads into the declared organisation.
import { type ResolvedDeclarations } from "../../declarations/resolve";
import { GenesysClient } from "../../genesys/client";
import { tokenPath } from "../../genesys/http";
import { Identity, type TokenIdentity } from "../../genesys/identity";
import { readSettings } from "../../genesys/settings";
import { messageOf } from "../../common/known";
import { OutsideError, UsageError } from "../terminal/cliError";
import { type Surroundings } from "../terminal/surroundings";

/**
 * The client for the endpoints of the declarations, with the pair and the settings of the environment.
 * @throws SettingsError where these cannot be used
 */
export function connectDeployer(
  declarations: Pick<ResolvedDeclarations, "apiUrl" | "tokenUrl">,
  { environment, clock, redactor, output }: Surroundings,
): GenesysClient {
  const loginUrl = declarations.tokenUrl.slice(0, -tokenPath.length);
  const settings = readSettings(environment, { apiUrl: declarations.apiUrl, loginUrl });
  redactor.addClientCredentials(settings.credentials.clientId, settings.credentials.clientSecret);
  return new GenesysClient({
    ...settings,
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
      `${action}: the deployer belongs to organisation ${identity.organizationId}${name}, but the stack is for ` +
        `organisation ${expected}; nothing was done. Use the credentials of that organisation, or correct genesys-credentials:organization.id.`,
    );
  }
  return identity;
}

/**
 * What the declared organisation answers, asked once the deployer is known to be in it.
 * @param failed The message where it does not answer. @throws UsageError as {@link requireOrganization}; OutsideError.
 */
export async function askOrganization<T>(
  client: GenesysClient,
  declarations: ResolvedDeclarations,
  action: string,
  question: (identity: TokenIdentity) => Promise<T>,
  failed: (reason: string) => string,
): Promise<T> {
  try {
    return await question(await requireOrganization(client, declarations, action));
  } catch (error) {
    throw error instanceof UsageError || error instanceof OutsideError
      ? error
      : new OutsideError(failed(messageOf(error)));
  }
}
