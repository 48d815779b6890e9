// What somebody may do by the roles they hold, as far as Genesys tells it; and whether a permission is among that (pure).
import { listed } from "../../common/listed";
import { covers, parsePermission, type Permission } from "../../common/permission";

/** How many roles a reason names. */
const listedRoles = 3;

/** What the roles allow. Conditions are ignored: under one, a permission may be enough. */
export interface HeldPermissions {
  readonly permissions: readonly Permission[];
  /** False where a role is not described, or not wholly: what is missing may be held nevertheless. */
  readonly isComplete: boolean;
  /** Why it is not complete, as far as that is known: a clause. */
  readonly reason?: string;
}

/** A role as far as it is told. */
export interface DescribedRole {
  readonly id: string;
  readonly default?: boolean | undefined;
  readonly policies?:
    | readonly { readonly domain: string; readonly entityName: string; readonly actions: readonly string[] }[]
    | undefined;
  /** Of the former, general kind, where they are told. */
  readonly permissions?: readonly unknown[] | undefined;
}

/**
 * What the roles of a client allow together.
 * @param roles Those that are described; undefined stands for one that cannot be read.
 * @param roleIds All that the client is known to hold.
 */
export function permissionsOfRoles(
  roles: readonly (DescribedRole | undefined)[],
  roleIds: readonly string[],
): HeldPermissions {
  const untold = roleIds.filter((roleId) => !roles.some((role) => role?.id === roleId));
  const undescribed = roles.flatMap((role) =>
    isDescribed(role) ? [] : [role?.id ?? "one that cannot be read"],
  );
  const lacking = [...new Set([...undescribed, ...untold])];
  return {
    permissions: roles.flatMap((role) =>
      (role?.policies ?? []).flatMap(({ domain, entityName, actions }) =>
        actions.map((action) => ({ domain, entityName, action })),
      ),
    ),
    isComplete: lacking.length === 0,
    ...(lacking.length === 0
      ? {}
      : { reason: `Genesys does not tell all that these roles allow: ${listed(lacking, listedRoles)}` }),
  };
}

/**
 * A default role may have permissions of the former, general kind, which no policy shows, and what those allow is not known
 * (docs/genesys-api.md 4.4): a role that is told to have some is not wholly described, and neither is a default role without a policy.
 */
function isDescribed(role: DescribedRole | undefined): boolean {
  return (
    role?.policies !== undefined &&
    (role.permissions ?? []).length === 0 &&
    (role.policies.length > 0 || role.default === false)
  );
}

/** Whether a permission is held; undefined where that cannot be told. */
export function isHeld(
  { permissions, isComplete }: HeldPermissions,
  permission: string,
): boolean | undefined {
  const asked = parsePermission(permission);
  if (asked === undefined || permissions.some((given) => covers(given, asked))) {
    return true;
  }
  return isComplete ? false : undefined;
}
