// Roles: /api/v2/authorization/roles (docs/genesys-api.md 4.1).
import { z } from "zod";

import { uuidPattern } from "../common/uuid";
import { listToSend, tellUnread, unreadFields } from "./answered";
import { apiPath } from "./apiPath";
import type { GenesysClient } from "./client";
import { undefinedWhenNotFound } from "./errors";
import { normalizePermissionPolicies, type PermissionPolicyRequest } from "./knowledge/permissionPolicies";
import { listAll, type ListRequest } from "./listing";
import {
  generalPermissionSchema,
  permissionPolicySchema,
  type RoleEntity,
  type RoleRequest,
  roleSchema,
} from "./wire";
import { writableFields } from "./writableFields";

const rolesPath = "/api/v2/authorization/roles";
const rolePath = `${rolesPath}/{id}`;
const kind = "role";

/** Largest page known to work (the Terraform provider uses it). */
const pageSize = 100;

/** Counting the holders of each role is slow and not needed. */
const withoutUserCount = { userCount: false };

/** The SDKs' model has texts; a policy is read as well, and anything else says nothing (docs/genesys-api.md 4.2). */
export const unusedSchema = z.looseObject({
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

/** Fields of a role that only Genesys sets: requests do not have them (docs/genesys-api.md 4.2). All others, unknown ones too, go back as they were. */
export const readOnlyFields: ReadonlySet<string> = new Set([
  "id",
  "defaultRoleId",
  "unusedPermissions",
  "userCount",
  "roleNeedsUpdate",
  "baseLicense",
  "addonLicenses",
  "dateLicenseLastUpdated",
  "default",
  "base",
  "selfUri",
]);

/** What a declaration allows too; Genesys does not tell its own limit. */
export const longestRoleName = 200;

/** A name that differs in case only is the same name for Genesys. */
export function isSameName(left: string | undefined, right: string | undefined): boolean {
  return left !== undefined && left.toLowerCase() === right?.toLowerCase();
}

/** The roles that a written name or id means: those of the name, spelt so before those in another case, else the one of the id. */
export function rolesCalled<T extends Pick<RoleEntity, "id" | "name">>(
  idOrName: string,
  roles: readonly T[],
): readonly T[] {
  const exact = roles.filter(({ name }) => name === idOrName);
  const named = exact.length > 0 ? exact : roles.filter(({ name }) => isSameName(name, idOrName));
  return named.length > 0 ? named : roles.filter(({ id }) => isSameName(id, idOrName));
}

/**
 * The request that changes a live role in these fields and in no other; a policy that says the same as before goes back as it was, too, and so
 * does one, or a general permission, that cannot be read. @throws GenesysResponseError where such are declared, and those that it has are not
 * shown as a list
 */
export function roleRequestFrom(live: RoleEntity, changes: Partial<RoleRequest>): RoleRequest {
  const { permissionPolicies = [] } = live;
  const before = new Map(permissionPolicies.map((policy) => [meaningOf([policy]), policy]));
  const policies = changes.permissionPolicies?.map((policy) => before.get(meaningOf([policy])) ?? policy);
  const list = { path: rolePath, what: `${kind} ${live.id}` };
  const all = listToSend(
    live,
    { ...list, field: "permissionPolicies", entry: permissionPolicySchema, held: "permissions" },
    policies,
  );
  const general = listToSend(
    live,
    { ...list, field: "permissions", entry: generalPermissionSchema, held: "general permissions" },
    changes.permissions,
  );
  return {
    ...writableFields(live, readOnlyFields),
    name: live.name ?? "",
    description: live.description ?? "",
    ...unreadFields(live, readOnlyFields),
    ...changes,
    ...(general === undefined ? {} : { permissions: general }),
    permissionPolicies: (all ?? []) as readonly PermissionPolicyRequest[],
  };
}

function meaningOf(policies: Parameters<typeof normalizePermissionPolicies>[0]): string {
  return JSON.stringify(normalizePermissionPolicies(policies));
}

export class Roles {
  constructor(private readonly client: GenesysClient) {}

  /** Every role. Needs authorization:role:view. */
  list(): Promise<RoleEntity[]> {
    return this.listed(withoutUserCount);
  }

  /** The roles of this name, in whatever case; names are not known to be unique. */
  async findByName(name: string): Promise<RoleEntity[]> {
    const found = await this.listed({ ...withoutUserCount, name });
    return found.filter((role) => isSameName(role.name, name));
  }

  /** The role of this id, or else those of this name. */
  async findByIdOrName(idOrName: string): Promise<RoleEntity[]> {
    if (uuidPattern.test(idOrName)) {
      const found = await this.get(idOrName.toLowerCase()).catch(undefinedWhenNotFound);
      if (found !== undefined) {
        return [found];
      }
    }
    return this.findByName(idOrName);
  }

  /** @throws GenesysApiError (404) when there is none */
  async get(id: string): Promise<RoleEntity> {
    const path = apiPath(rolePath, { id });
    const request = { method: "GET", path, query: withoutUserCount } as const;
    const found = await this.client.request(request, roleSchema);
    tellUnread(this.client.unread, kind, [found]);
    return found;
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

  /** Full replacement. PATCH is not a partial update (docs/genesys-api.md 4.1). Needs authorization:role:edit. */
  update(id: string, request: RoleRequest): Promise<RoleEntity> {
    const body = { id, ...request };
    return this.client.request({ method: "PUT", path: apiPath(rolePath, { id }), body }, roleSchema);
  }

  /** Needs authorization:role:delete. */
  delete(id: string): Promise<void> {
    return this.client.command({ method: "DELETE", path: apiPath(rolePath, { id }) });
  }

  private async listed(query: ListRequest["query"] & object): Promise<RoleEntity[]> {
    const request = { path: rolesPath, what: "roles", query, pageSize };
    const found = await listAll(this.client, request, roleSchema);
    tellUnread(this.client.unread, kind, found);
    return found;
  }
}
