// Roles: /api/v2/authorization/roles (genesys-api 4.1).
import { z } from "zod";

import { apiPath } from "./apiPath";
import type { GenesysClient } from "./client";
import { listAll } from "./listing";
import { permissionPolicySchema, type RoleEntity, type RoleRequest, roleSchema } from "./wire";

const rolesPath = "/api/v2/authorization/roles";
const rolePath = `${rolesPath}/{id}`;

/** Largest page known to work (the Terraform provider uses it). */
const pageSize = 100;

/** Counting the holders of each role is slow and not needed. */
const withoutUserCount = { userCount: false };

/** The SDKs' model has texts; a policy is read as well, and anything else says nothing (genesys-api 4.2). */
const unusedSchema = z.looseObject({
  unusedPermissions: z
    .array(
      z
        .union([
          z.string().transform((text) => [text]),
          permissionPolicySchema.transform(({ domain, entityName = "*", actionSet = ["*"] }) =>
            actionSet.map((action) => `${domain}:${entityName}:${action}`),
          ),
        ])
        .catch([]),
    )
    .nullish(),
});

export class Roles {
  constructor(private readonly client: GenesysClient) {}

  /** Every role. Needs authorization:role:view. */
  list(): Promise<RoleEntity[]> {
    return listAll(this.client, { path: rolesPath, query: withoutUserCount, pageSize }, roleSchema);
  }

  /** The roles of exactly this name; names are not known to be unique. */
  async findByName(name: string): Promise<RoleEntity[]> {
    const query = { ...withoutUserCount, name };
    const found = await listAll(this.client, { path: rolesPath, query, pageSize }, roleSchema);
    return found.filter((role) => role.name === name);
  }

  /** @throws GenesysApiError (404) when there is none */
  get(id: string): Promise<RoleEntity> {
    return this.client.request(
      { method: "GET", path: apiPath(rolePath, { id }), query: withoutUserCount },
      roleSchema,
    );
  }

  /**
   * The permissions of a role, `domain:entity:action`, that nobody who holds it uses; undefined when Genesys does not tell.
   * Needs authorization:role:view.
   */
  async unusedPermissions(id: string): Promise<string[] | undefined> {
    const { unusedPermissions } = await this.client.request(
      {
        method: "GET",
        path: apiPath(rolePath, { id }),
        query: { ...withoutUserCount, expand: "unusedPermissions" },
      },
      unusedSchema,
    );
    return unusedPermissions?.flat();
  }

  /** Never sent twice by itself (see OAuthClients.create). Needs authorization:role:add. */
  create(request: RoleRequest): Promise<RoleEntity> {
    return this.client.request(
      { method: "POST", path: rolesPath, body: request, kind: "create" },
      roleSchema,
    );
  }

  /** Full replacement. PATCH is not a partial update (genesys-api 4.1). Needs authorization:role:edit. */
  update(id: string, request: RoleRequest): Promise<RoleEntity> {
    const body = { id, ...request };
    return this.client.request({ method: "PUT", path: apiPath(rolePath, { id }), body }, roleSchema);
  }

  /** Needs authorization:role:delete. */
  delete(id: string): Promise<void> {
    return this.client.command({ method: "DELETE", path: apiPath(rolePath, { id }) });
  }
}
