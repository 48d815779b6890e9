// The methods of every provider with inputs and records of one kind of resource, as the model of the engine calls them.
import type { ClientSecretInputs } from "../../providers/clientSecret/record";
import type { CheckFailure } from "../../providers/engine/checked";
import { ProviderError } from "../../providers/engine/providerError";
import type { IntegrationCredentialInputs } from "../../providers/integrationCredential/record";
import type { OAuthClientInputs } from "../../providers/oauthClient/record";
import type { RoleInputs } from "../../providers/role/record";
import {
  type ProviderRun,
  recordedClient,
  recordedIntegration,
  recordedRole,
  recordedSecret,
} from "../providerWorld";
import { secretName } from "../storedSecrets";

/** The methods of one provider. */
export interface Provider<Inputs> {
  check(
    olds: Record<string, unknown>,
    news: Record<string, unknown>,
  ): Promise<{ failures: readonly CheckFailure[] }>;
  diff(
    id: string,
    olds: Record<string, unknown>,
    news: Inputs,
  ): Promise<{ replaces: string[]; changes?: true }>;
  create(inputs: Inputs): Promise<{ id: string; outs: Record<string, unknown> }>;
  read(id: string, outs: Record<string, unknown>): Promise<Readable>;
  update(id: string, olds: Record<string, unknown>, news: Inputs): Promise<{ outs: Record<string, unknown> }>;
  delete(id: string, olds: Record<string, unknown>): Promise<void>;
}

interface Readable {
  readonly id?: string;
  readonly props?: Record<string, unknown>;
  readonly inputs?: object;
}

/** Of OAuth clients. */
export function oauthClientsOf(run: ProviderRun): Provider<OAuthClientInputs> {
  const { oauthClients } = run;
  return {
    check: (olds, news) => oauthClients.check(olds, { ...news, storedIn: { secretName } }), // as the program tells it
    diff: (id, olds, news) => oauthClients.diff(id, olds, news),
    create: (inputs) => oauthClients.create(inputs),
    read: (id, outs) => oauthClients.read(id, recordedClient(outs)),
    update: (id, outs, news) => oauthClients.update(id, recordedClient(outs), news),
    delete: (id, outs) => oauthClients.delete(id, recordedClient(outs)),
  };
}

/** Of stored secrets. */
export function clientSecretsOf(run: ProviderRun): Provider<ClientSecretInputs> {
  const { clientSecrets } = run;
  return {
    check: (olds, news) => clientSecrets.check(olds, news),
    diff: (id, outs, news) => clientSecrets.diff(id, recordedSecret(outs), news),
    create: (inputs) => clientSecrets.create(inputs),
    read: (id, outs) => clientSecrets.read(id, recordedSecret(outs)),
    update: (id, outs, news) => clientSecrets.update(id, recordedSecret(outs), news),
    delete: () => clientSecrets.delete(),
  };
}

/** Of integration credentials. */
export function integrationsOf(run: ProviderRun): Provider<IntegrationCredentialInputs> {
  const { integrationCredentials } = run;
  return {
    check: (olds, news) => integrationCredentials.check(olds, news),
    diff: (id, outs, news) => integrationCredentials.diff(id, recordedIntegration(outs), news),
    create: (inputs) => integrationCredentials.create(inputs),
    read: (id, outs) => integrationCredentials.read(id, recordedIntegration(outs)),
    update: (id, outs, news) => integrationCredentials.update(id, recordedIntegration(outs), news),
    delete: (id, outs) => integrationCredentials.delete(id, recordedIntegration(outs)),
  };
}

/** Of roles. */
export function rolesOf(run: ProviderRun): Provider<RoleInputs> {
  const { roles } = run;
  return {
    check: (olds, news) => roles.check(olds, news),
    diff: (id, olds, news) => roles.diff(id, olds, news),
    create: (inputs) => roles.create(inputs),
    read: (id, outs) => roles.read(id, recordedRole(outs)),
    update: (id, outs, news) => roles.update(id, recordedRole(outs), news),
    delete: (id, outs) => roles.delete(id, recordedRole(outs)),
  };
}

/** What a preview would end with. @throws ProviderError; Error where inputs of a test are wrong */
export function throwRefusal(failures: readonly CheckFailure[]): void {
  const [failure] = failures;
  if (failure === undefined) {
    return;
  }
  const [, text, code] = /^(.*) \[([A-Z_]+)\]$/.exec(failure.reason) ?? [];
  if (text === undefined || code === undefined) {
    throw new Error(`The inputs of a fault test are refused by check: ${JSON.stringify(failures)}`);
  }
  throw new ProviderError(code, text);
}
