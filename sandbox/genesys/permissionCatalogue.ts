// The permission catalogue: which permissions exist, and how wildcards read against it.
import { permissionTable } from "./permissionTable";
import { type CataloguePermission, type PermissionPolicy } from "./state";

/** Stands for every entity or every action. */
export const wildcard = "*";

/** Licences of domains, under names that are nobody's: what a review says of licences can be seen, and taken for nothing real. */
const licences: ReadonlyMap<string, Pick<CataloguePermission, "baseLicense" | "addonLicenses">> = new Map([
  ["quality", { baseLicense: "sandboxPlus" }],
  ["recording", { baseLicense: "sandboxPlus", addonLicenses: ["sandboxArchive"] }],
  ["workforceManagement", { addonLicenses: ["sandboxPlanning"] }],
]);

/** `conversationDetail` -> `Conversation Detail`. */
function words(name: string): string {
  const spaced = name.replace(/([a-z0-9])([A-Z])/g, "$1 $2");
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

function permissionsOf(domain: string, entityType: string, actions: string): CataloguePermission[] {
  return actions.split(" ").map((text) => {
    const [action = text, marks = ""] = text.split("/");
    return {
      domain,
      entityType,
      action,
      label: `${words(domain)} > ${words(entityType)} > ${words(action)}`,
      allowsConditions: marks.includes("c"),
      divisionAware: marks.includes("d"),
    };
  });
}

/** The built-in catalogue. */
export const defaultCatalogue: readonly CataloguePermission[] = Object.entries(permissionTable).flatMap(
  ([domain, entities]) =>
    Object.entries(entities).flatMap(([entityType, actions]) => permissionsOf(domain, entityType, actions)),
);

const licensedCatalogues = new WeakMap<readonly CataloguePermission[], readonly CataloguePermission[]>();

/** The catalogue with the licences of its domains; worked out once. */
export function withLicences(catalogue: readonly CataloguePermission[]): readonly CataloguePermission[] {
  const licensed =
    licensedCatalogues.get(catalogue) ?? catalogue.map((one) => ({ ...licences.get(one.domain), ...one }));
  licensedCatalogues.set(catalogue, licensed);
  return licensed;
}

/** All permissions of one domain, as `GET /authorization/permissions` answers them. */
export type PermissionCollection = ReturnType<typeof groupedAnew>[number];

const groupedCatalogues = new WeakMap<readonly CataloguePermission[], readonly PermissionCollection[]>();

/** The catalogue grouped by domain, in the order of the domains' names; worked out once, for a catalogue is never changed in place. */
export function collectionsOf(catalogue: readonly CataloguePermission[]): readonly PermissionCollection[] {
  const grouped = groupedCatalogues.get(catalogue) ?? groupedAnew(catalogue);
  groupedCatalogues.set(catalogue, grouped);
  return grouped;
}

function groupedAnew(catalogue: readonly CataloguePermission[]) {
  const domains = [...new Set(catalogue.map((permission) => permission.domain))].sort();
  return domains.map((domain) => {
    const permissions = catalogue.filter((permission) => permission.domain === domain);
    const entities = [...new Set(permissions.map((permission) => permission.entityType))];
    return {
      id: domain,
      name: domain,
      domain,
      permissionMap: Object.fromEntries(
        entities.map((entity) => [entity, permissions.filter((one) => one.entityType === entity)]),
      ),
    };
  });
}

/** Whether a policy gives `domain:entity:action`; its wildcards count. */
export function policyGives(policy: PermissionPolicy, permission: string): boolean {
  const [domain = "", entity = "", action = ""] = permission.split(":");
  const covers = (given: string, asked: string): boolean => given === wildcard || given === asked;
  return (
    covers(policy.domain, domain) &&
    covers(policy.entityName, entity) &&
    policy.actionSet.some((given) => covers(given, action))
  );
}

/** The permissions `domain:entity:action` of a policy, as written: wildcards stay. */
export function permissionsIn(policy: PermissionPolicy): string[] {
  return policy.actionSet.map((action) => `${policy.domain}:${policy.entityName}:${action}`);
}

/** `domain:entity:action` texts as one policy per domain and entity. */
export function policiesOf(permissions: readonly string[]): PermissionPolicy[] {
  const actions = new Map<string, string[]>();
  for (const permission of permissions) {
    const [domain = "", entity = "", action = ""] = permission.split(":");
    const key = `${domain}:${entity}`;
    actions.set(key, [...(actions.get(key) ?? []), action]);
  }
  return [...actions].map(([key, actionSet]) => {
    const [domain = "", entityName = ""] = key.split(":");
    return { domain, entityName, actionSet, allowConditions: false };
  });
}

function isWild(policy: PermissionPolicy): boolean {
  return policy.entityName === wildcard || policy.actionSet.includes(wildcard);
}

/**
 * Replaces wildcards with what the catalogue holds: one policy per entity, explicit actions, without conditions
 * (Genesys announced this for 2026-06-01; its final form is not documented). A wildcard that matches nothing stays.
 */
export function expandWildcards(
  policies: readonly PermissionPolicy[],
  catalogue: readonly CataloguePermission[],
): PermissionPolicy[] {
  return policies.flatMap((policy) => {
    if (!isWild(policy)) {
      return [policy];
    }
    const given = catalogue.filter((one) =>
      policyGives(policy, `${one.domain}:${one.entityType}:${one.action}`),
    );
    const entities = [...new Set(given.map((one) => one.entityType))];
    const { resourceConditionNode: _dropped, ...rest } = policy;
    const explicit = entities.map((entityName) => ({
      ...rest,
      entityName,
      actionSet: given.filter((one) => one.entityType === entityName).map((one) => one.action),
    }));
    return explicit.length === 0 ? [policy] : explicit;
  });
}

/** The permissions of the policies that the catalogue does not hold; a wildcard is known when it matches something. */
export function unknownPermissions(
  policies: readonly PermissionPolicy[],
  catalogue: readonly CataloguePermission[],
): string[] {
  return policies.flatMap((policy) =>
    policy.actionSet
      .map((action) => ({ ...policy, actionSet: [action] }))
      .filter((one) => !catalogue.some((p) => policyGives(one, `${p.domain}:${p.entityType}:${p.action}`)))
      .flatMap(permissionsIn),
  );
}
