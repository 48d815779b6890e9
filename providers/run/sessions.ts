// The sessions of this process: one for each pair of hosts, shared by every resource (one process serves them all).
import { Redactor } from "../../common/redact";
import { SettingsError } from "../../genesys/errors";
import type { OrganizationInput } from "../engine/organization";
import { ProviderError } from "../engine/providerError";
import { Session } from "./session";
import type { AllowedAddressesSwitch } from "../../genesys/knowledge/allowedAddressesField";
import { readAllowedAddressesSwitch, readSettings } from "../../genesys/settings";

/** Finds the session for a resource. @throws ProviderError DEPLOYER_ENVIRONMENT */
export type SessionFinder = (organization: OrganizationInput | undefined) => Session;

/** The redactor of the process: everything it prints passes through it. */
export const processRedactor = new Redactor();

const sessions = new Map<string, Session>();

/** The session for the organisation's region and the environment of this process. */
export const sessionFor: SessionFinder = (organization) => {
  const settings = fromEnvironment(() => readSettings(process.env, organization?.region));
  const key = `${settings.origins.apiUrl} ${settings.origins.loginUrl}`;
  let session = sessions.get(key);
  if (session === undefined) {
    processRedactor.addClientCredentials(settings.credentials.clientId, settings.credentials.clientSecret);
    session = new Session(settings, {
      redactor: processRedactor,
      notify: (line) => {
        console.log(line);
      },
    });
    sessions.set(key, session);
  }
  return session;
};

/** The switch in the environment of this process. @throws ProviderError DEPLOYER_ENVIRONMENT */
export function allowedAddressesSwitch(): AllowedAddressesSwitch {
  return fromEnvironment(() => readAllowedAddressesSwitch(process.env));
}

/** The engine shows a failure of ours as it is, without a stack. */
function fromEnvironment<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof SettingsError ? new ProviderError(error.code, error.message) : error;
  }
}
