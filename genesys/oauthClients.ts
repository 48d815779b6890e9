// OAuth clients: /api/v2/oauth/clients (docs/genesys-api.md 3).
import { apiPath } from "./apiPath";
import { listToSend, tellUnread, unreadFields } from "./answered";
import type { GenesysClient } from "./client";
import { listAll } from "./listing";
import { readOnlyClientFields, requestedFields } from "./knowledge/oauthClientFields";
import {
  clientWithSecretSchema,
  type OAuthClientChange,
  type OAuthClientEntity,
  type OAuthClientRequest,
  oauthClientSchema,
  roleDivisionSchema,
} from "./wire";
import { writableFields } from "./writableFields";

/** An OAuth client together with its secret: the one moment in which Genesys shows it. */
export type OAuthClientWithSecret = OAuthClientEntity & { readonly secret: string };

const clientsPath = "/api/v2/oauth/clients";
const clientPath = `${clientsPath}/{id}`;
const kind = "OAuth client";

/**
 * The request that changes a live client in these fields and in no other. What of it could not be read goes back as it was: a role, too,
 * beside those that are declared.
 * @throws GenesysResponseError where roles are declared, and those that it has are not shown as a list
 */
export function requestFrom(
  live: OAuthClientEntity,
  changes: Partial<OAuthClientRequest>,
): OAuthClientChange {
  const roleDivisions = listToSend(
    live,
    {
      field: "roleDivisions",
      entry: roleDivisionSchema,
      path: clientPath,
      what: `${kind} ${live.id}`,
      held: "roles",
    },
    changes.roleDivisions,
  );
  const { roleDivisions: _told, ...others } = writableFields(live, readOnlyClientFields);
  return {
    ...others,
    ...requestedFields(live),
    ...unreadFields(live, readOnlyClientFields),
    ...changes,
    ...(roleDivisions === undefined ? {} : { roleDivisions }),
  };
}

/** The list may hold clients that are deleted already (docs/genesys-api.md 3.2). */
export function isDeleted({ state }: Pick<OAuthClientEntity, "state">): boolean {
  return state === "deleted";
}

export class OAuthClients {
  constructor(private readonly client: GenesysClient) {}

  /** Every client of the organisation. No page size is asked for; pages that it tells of are followed (docs/genesys-api.md 3.2). Needs oauth:client:view. */
  async list(): Promise<OAuthClientEntity[]> {
    const found = await listAll(this.client, { path: clientsPath, what: "OAuth clients" }, oauthClientSchema);
    tellUnread(this.client.unread, kind, found);
    return found;
  }

  /** Needs oauth:client:view. @throws GenesysApiError (404) when there is none */
  async get(id: string): Promise<OAuthClientEntity> {
    const path = apiPath(clientPath, { id });
    const found = await this.client.request({ method: "GET", path }, oauthClientSchema);
    tellUnread(this.client.unread, kind, [found]);
    return found;
  }

  /**
   * Creates a client and returns it with its secret. Never sent twice by itself: after an error for which
   * `mayHaveTakenEffect` is true, look for the marker before anything else. Needs oauth:client:add.
   */
  async create(request: OAuthClientRequest): Promise<OAuthClientWithSecret> {
    const created = await this.client.request(
      { method: "POST", path: clientsPath, body: request, kind: "create" },
      clientWithSecretSchema,
    );
    return this.remember(created);
  }

  /** Full replacement: what is left out may fall back to a default (docs/genesys-api.md 3.4). Needs oauth:client:edit. */
  update(id: string, request: OAuthClientChange): Promise<OAuthClientEntity> {
    return this.client.request(
      { method: "PUT", path: apiPath(clientPath, { id }), body: request },
      oauthClientSchema,
    );
  }

  /** The client must be inactive, else 400 `cannot.delete.client` (docs/genesys-api.md 3.7). Needs oauth:client:delete. */
  delete(id: string): Promise<void> {
    return this.client.command({ method: "DELETE", path: apiPath(clientPath, { id }) });
  }

  /** Makes a new secret; the old one dies at once (docs/genesys-api.md 3.6). Needs oauth:client:edit. */
  async regenerateSecret(id: string): Promise<OAuthClientWithSecret> {
    const path = apiPath(`${clientPath}/secret`, { id });
    return this.remember(await this.client.request({ method: "POST", path }, clientWithSecretSchema));
  }

  private remember(client: OAuthClientWithSecret): OAuthClientWithSecret {
    this.client.redactor.addClientCredentials(client.id, client.secret);
    return client;
  }
}
