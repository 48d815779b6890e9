// Integration credentials: /api/v2/integrations/credentials (docs/genesys-api.md 8), where data actions keep a client's id and secret.
import { z } from "zod";

import { apiPath } from "./apiPath";
import { answered, given, tellUnread } from "./answered";
import type { GenesysClient } from "./client";
import { listByCursor } from "./listing";
import { idSchema } from "./wire";
import { writableFields } from "./writableFields";

/** Credential and CredentialInfo in one. Nothing but the id is certain: which fields can be read back is not documented. */
export const integrationCredentialSchema = answered({
  id: idSchema,
  name: given(z.string()),
  type: given(z.looseObject({ id: given(z.string()), name: given(z.string()) })),
  /** In the answer of GET only. */
  credentialFields: given(z.record(z.string(), z.unknown())),
  createdDate: given(z.string()),
});

/** An integration credential as Genesys shows it: never with its secret. */
export type IntegrationCredentialEntity = z.infer<typeof integrationCredentialSchema>;

/** The body of POST and PUT, which replaces everything: both fields are always in it. */
export interface IntegrationCredentialRequest {
  readonly name: string;
  readonly type: { readonly name: string };
  readonly credentialFields: { readonly clientId: string; readonly clientSecret: string };
}

const credentialsPath = "/api/v2/integrations/credentials";
const credentialPath = `${credentialsPath}/{id}`;
const listingPath = `${credentialsPath}/listing`;

/** The largest page of the listing (docs/genesys-api.md 8). */
const pageSize = 200;

/** What requests do not have; everything else, unknown fields too, goes back as it was. */
export const readOnlyFields: ReadonlySet<string> = new Set([
  "id",
  "selfUri",
  "createdDate",
  "createdBy",
  "modifiedDate",
  "modifiedBy",
]);

/** The request that puts these values into a live credential. */
export function credentialRequestFrom(
  live: IntegrationCredentialEntity,
  request: IntegrationCredentialRequest,
): IntegrationCredentialRequest {
  return { ...writableFields(live, readOnlyFields), ...request };
}

/** The client id that a credential holds; undefined where Genesys does not tell it. */
export function clientIdOf(credential: IntegrationCredentialEntity): string | undefined {
  const clientId = credential.credentialFields?.["clientId"];
  return typeof clientId === "string" && clientId.trim() !== "" ? clientId : undefined;
}

/** Whether a credential is of a type; Genesys tells a type by id, by name or by both. */
export function isOfType({ type }: IntegrationCredentialEntity, name: string): boolean {
  return type?.name === name || type?.id === name;
}

export class IntegrationCredentials {
  constructor(private readonly client: GenesysClient) {}

  /**
   * Every integration credential, without its fields. Needs integrations:integration:view.
   * @throws GenesysResponseError when a further page is announced and cannot be asked for: half a list would hide a name
   */
  async list(): Promise<IntegrationCredentialEntity[]> {
    const found = await listByCursor(
      this.client,
      { path: listingPath, what: "integration credentials", pageSize },
      integrationCredentialSchema,
    );
    tellUnread(this.client.unread, "integration credential", found);
    return found;
  }

  /** Needs integrations:integration:view. @throws GenesysApiError (404) when there is none */
  get(id: string): Promise<IntegrationCredentialEntity> {
    return this.client.request(
      { method: "GET", path: apiPath(credentialPath, { id }) },
      integrationCredentialSchema,
    );
  }

  /** Never sent twice by itself (see OAuthClients.create). Needs integrations:integration:add. */
  create(request: IntegrationCredentialRequest): Promise<IntegrationCredentialEntity> {
    return this.client.request(
      { method: "POST", path: credentialsPath, body: request, kind: "create" },
      integrationCredentialSchema,
    );
  }

  /** Full replacement: a field that is left out is lost, the secret too. Needs integrations:integration:edit. */
  update(id: string, request: IntegrationCredentialRequest): Promise<IntegrationCredentialEntity> {
    return this.client.request(
      { method: "PUT", path: apiPath(credentialPath, { id }), body: request },
      integrationCredentialSchema,
    );
  }

  /** Needs integrations:integration:delete. */
  delete(id: string): Promise<void> {
    return this.client.command({ method: "DELETE", path: apiPath(credentialPath, { id }) });
  }
}
