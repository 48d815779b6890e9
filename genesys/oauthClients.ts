// OAuth clients: /api/v2/oauth/clients (docs/genesys-api.md 3).
import { z } from "zod";

import { apiPath } from "./apiPath";
import type { GenesysClient } from "./client";
import { listAll } from "./listing";
import { readOnlyClientFields, requestedFields } from "./knowledge/oauthClientFields";
import { type OAuthClientEntity, type OAuthClientRequest, oauthClientSchema } from "./wire";
import { writableFields } from "./writableFields";

/** An OAuth client together with its secret: the one moment in which Genesys shows it. */
export type OAuthClientWithSecret = OAuthClientEntity & { readonly secret: string };

const withSecretSchema = oauthClientSchema.extend({ secret: z.string().min(1) });

const clientsPath = "/api/v2/oauth/clients";
const clientPath = `${clientsPath}/{id}`;

/** The request that changes a live client in these fields and in no other. */
export function requestFrom(
  live: OAuthClientEntity,
  changes: Partial<OAuthClientRequest>,
): OAuthClientRequest {
  return {
    ...writableFields(live, readOnlyClientFields),
    ...requestedFields(live),
    roleDivisions: live.roleDivisions ?? [],
    ...changes,
  };
}

/** The list may hold clients that are deleted already (docs/genesys-api.md 3.2). */
export function isDeleted({ state }: Pick<OAuthClientEntity, "state">): boolean {
  return state === "deleted";
}

export class OAuthClients {
  constructor(private readonly client: GenesysClient) {}

  /** Every client of the organisation. No page size is asked for; pages that it tells of are followed (docs/genesys-api.md 3.2). Needs oauth:client:view. */
  list(): Promise<OAuthClientEntity[]> {
    return listAll(this.client, { path: clientsPath }, oauthClientSchema);
  }

  /** Needs oauth:client:view. @throws GenesysApiError (404) when there is none */
  get(id: string): Promise<OAuthClientEntity> {
    return this.client.request({ method: "GET", path: apiPath(clientPath, { id }) }, oauthClientSchema);
  }

  /**
   * Creates a client and returns it with its secret. Never sent twice by itself: after an error for which
   * `mayHaveTakenEffect` is true, look for the marker before anything else. Needs oauth:client:add.
   */
  async create(request: OAuthClientRequest): Promise<OAuthClientWithSecret> {
    const created = await this.client.request(
      { method: "POST", path: clientsPath, body: request, kind: "create" },
      withSecretSchema,
    );
    return this.remember(created);
  }

  /** Full replacement: what is left out may fall back to a default (docs/genesys-api.md 3.4). Needs oauth:client:edit. */
  update(id: string, request: OAuthClientRequest): Promise<OAuthClientEntity> {
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
    return this.remember(await this.client.request({ method: "POST", path }, withSecretSchema));
  }

  private remember(client: OAuthClientWithSecret): OAuthClientWithSecret {
    this.client.redactor.addClientCredentials(client.id, client.secret);
    return client;
  }
}
