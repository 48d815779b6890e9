// What a preview would refuse of a role's permissions, by the organisation's own catalogue (pure).
import { listed } from "../../common/listed";
import { covers, hasWildcard, type Permission, permissionText } from "../../common/permission";
import { type CataloguePermission, type PermissionCatalogue } from "../../genesys/knowledge/catalogueRules";
import { type PolicyEntry } from "../../genesys/knowledge/permissionPolicies";

/** Permissions that a reason names. */
const namedPermissions = 3;

/** Why the permissions could not be declared; undefined when they can. Mirrors what the role provider checks. */
export function permissionProblem(
  held: readonly PolicyEntry[],
  { permissions }: PermissionCatalogue,
): string | undefined {
  const stands = (one: Permission): readonly CataloguePermission[] =>
    permissions.filter((known) => covers(one, known));
  // A wildcard has to stand for something that is shown; a permission that is not shown is declared as unlisted.
  const unknown = permissionsIn(held).filter((one) => hasWildcard(one) && stands(one).length === 0);
  if (unknown.length > 0) {
    return `the organisation has no permission ${someOf(unknown)}`;
  }
  const unconditional = permissionsIn(held.filter(({ condition }) => condition !== "")).filter((one) =>
    stands(one).some(({ allowsConditions }) => allowsConditions === false),
  );
  return unconditional.length > 0 ? `${someOf(unconditional)} cannot carry a condition` : undefined;
}

/** Whether a permission has to be declared as one that the catalogue does not list. What an incomplete answer does not show may be listed. */
export function isUnlisted(
  permission: Permission,
  { permissions, isComplete }: PermissionCatalogue,
): boolean {
  return isComplete && !hasWildcard(permission) && !permissions.some((known) => covers(permission, known));
}

/** The permissions alone. */
export function permissionsIn(held: readonly PolicyEntry[]): readonly Permission[] {
  return held.map(({ permission }) => permission);
}

/** The permissions, wildcards expanded, that no division limits; in words, undefined when there are none. */
export function unlimitedPermissions(
  held: readonly Permission[],
  { permissions }: PermissionCatalogue,
): string | undefined {
  const unlimited = permissions.filter(
    (known) => known.divisionAware === false && held.some((one) => covers(one, known)),
  );
  return unlimited.length === 0 ? undefined : someOf(unlimited);
}

function someOf(permissions: readonly Permission[]): string {
  return listed([...new Set(permissions.map(permissionText))].sort(), namedPermissions);
}
