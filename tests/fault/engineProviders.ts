// The methods of every provider with inputs and records of one kind of resource, as the model of the engine calls them.
import type { IntegrationCredentialInputs } from "../../providers/integrationCredential/record";
import type { OAuthClientInputs } from "../../providers/oauthClient/record";
import type { RoleInputs } from "../../providers/role/record";
import { type ProviderRun, recordedClient, recordedIntegration, recordedRole } from "../providerWorld";

/** The methods of one provider. */
export interface Provider<Inputs> {
  check(olds: Record<string, unknown>, news: Record<string, unknown>): Promise<{ failures: unknown[] }>;
  diff(id: string, olds: Record<string, unknown>, news: Inputs): Promise<{ replaces: string[] }>;
  create(inputs: Inputs): Promise<{ id: string; outs: Record<string, unknown> }>;
  read(id: string, outs: Record<string, unknown>): Promise<Readable>;
  update(id: string, olds: Record<string, unknown>, news: Inputs): Promise<{ outs: Record<string, unknown> }>;
  delete(id: string, olds: Record<string, unknown>): Promise<void>;
}

interface Readable {
  readonly id?: string;
  readonly props?: Record<string, unknown>;
  readonly inputs?: Record<string, unknown>;
}

/** Of OAuth clients. */
export function oauthClientsOf(run: ProviderRun): Provider<OAuthClientInputs> {
  const { oauthClients } = run;
  return {
    check: (olds, news) => oauthClients.check(olds, news),
    diff: (id, olds, news) => oauthClients.diff(id, olds, news),
    create: (inputs) => oauthClients.create(inputs),
    read: (id, outs) => oauthClients.read(id, recordedClient(outs)),
    update: (id, outs, news) => oauthClients.update(id, recordedClient(outs), news),
    delete: (id, outs) => oauthClients.delete(id, recordedClient(outs)),
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
