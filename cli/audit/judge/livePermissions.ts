// The permissions of a live role one by one, wildcards as the catalogue reads them today (pure).
import { covers, hasWildcard, permissionText } from "../../../common/permission";
import { type PermissionCatalogue } from "../../../genesys/knowledge/catalogueRules";
import { type RoleEntity } from "../../../genesys/wire";

/** `domain:entity:action`, sorted, each once; a wildcard that the catalogue does not know stays one. */
export function livePermissions(
  { permissionPolicies = [] }: RoleEntity,
  catalogue: PermissionCatalogue | undefined,
): readonly string[] {
  const known = catalogue?.permissions ?? [];
  const permissions = permissionPolicies.flatMap(({ domain, entityName = "*", actionSet = [] }) =>
    actionSet.flatMap((action) => {
      const permission = { domain, entityName, action };
      const meant = hasWildcard(permission) ? known.filter((one) => covers(permission, one)) : [];
      return (meant.length > 0 ? meant : [permission]).map(permissionText);
    }),
  );
  return [...new Set(permissions)].sort();
}
