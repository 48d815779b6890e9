// The permission catalogue: /api/v2/authorization/permissions (docs/genesys-api.md 4.5). No permission is needed to read it.
import { z } from "zod";

import type { GenesysClient } from "./client";
import type { CataloguePermission, PermissionCatalogue } from "./knowledge/catalogueRules";
import { listAll } from "./listing";

const permissionsPath = "/api/v2/authorization/permissions";

/** Largest page known to work (the Terraform provider uses it). */
const pageSize = 100;

/** What a part of a permission looks like; anything else could not be declared either. */
const namePattern = /^[A-Za-z0-9_.-]{1,100}$/;

const flag = z.boolean().optional().catch(undefined);
const text = z.string().optional().catch(undefined);
/** DomainPermission. */
export const itemSchema = z.looseObject({
  domain: text,
  entityType: text,
  action: text,
  allowsConditions: flag,
  divisionAware: flag,
  // Fields of roles; whether entries of the catalogue have them is not known (docs/genesys-api.md 4.5).
  baseLicense: text,
  addonLicenses: z.array(z.string()).optional().catch(undefined),
});

/** DomainPermissionCollection: one domain, or a part of one. What cannot be read becomes undefined instead of an error, and instead of being left out. */
export const collectionSchema = z.preprocess(
  (raw) => (typeof raw === "object" && raw !== null ? raw : {}),
  z
    .looseObject({
      id: text,
      domain: text,
      permissionMap: z.record(z.string(), z.unknown()).optional().catch(undefined),
    })
    .transform((collection) => ({ ...collection, id: collection.id ?? JSON.stringify(collection) })),
);

export class Permissions {
  constructor(private readonly client: GenesysClient) {}

  /** The whole catalogue: one request for each hundred domains. */
  async catalogue(): Promise<PermissionCatalogue> {
    const collections = await listAll(
      this.client,
      { path: permissionsPath, what: "permissions", pageSize },
      collectionSchema,
    );
    const read = collections.flatMap(({ domain, permissionMap }) =>
      Object.entries(permissionMap ?? { "": undefined }).flatMap(([entity, items]) =>
        (Array.isArray(items) ? items : [undefined]).map((item: unknown) =>
          permissionOf(domain, entity, itemSchema.safeParse(item).data),
        ),
      ),
    );
    const permissions = read.filter((permission) => permission !== undefined);
    return { permissions, isComplete: permissions.length > 0 && permissions.length === read.length };
  }
}

function permissionOf(
  collectionDomain: string | undefined,
  entity: string,
  item: z.infer<typeof itemSchema> | undefined,
): CataloguePermission | undefined {
  const domain = item?.domain ?? collectionDomain;
  const action = item?.action;
  if (item === undefined || domain === undefined || action === undefined) {
    return undefined;
  }
  const { entityType, allowsConditions, divisionAware } = item;
  const entityName = entityType ?? entity;
  return [domain, entityName, action].every((name) => namePattern.test(name))
    ? { domain, entityName, action, allowsConditions, divisionAware, ...licensesIn(item) }
    : undefined;
}

function licensesIn({
  baseLicense,
  addonLicenses = [],
}: Pick<z.infer<typeof itemSchema>, "baseLicense" | "addonLicenses">): Pick<CataloguePermission, "licenses"> {
  const told = [...(baseLicense === undefined ? [] : [baseLicense]), ...addonLicenses];
  const licenses = [
    ...new Set(told.map((licence) => licence.trim()).filter((licence) => licence !== "")),
  ].sort();
  return licenses.length === 0 ? {} : { licenses };
}
