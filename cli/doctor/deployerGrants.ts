// What the deployer holds: its roles in divisions, and the permissions that come with them.
import { type GenesysClient } from "../../genesys/client";
import { Grants } from "../../genesys/grants";
import { type TokenIdentity } from "../../genesys/identity";
import { Roles } from "../../genesys/roles";
import { type AuthzSubject, type RoleDivision, type RoleEntity } from "../../genesys/wire";
import { type Permission } from "../../common/permission";

/** The deployer's hold. */
export interface DeployerGrants {
  readonly roleDivisions: readonly RoleDivision[];
  /** With wildcards as Genesys has them; conditions are not looked at. */
  readonly permissions: readonly Permission[];
}

/**
 * Asks the grants of the caller, which needs no permission; where Genesys does not tell their policies, the roles of the token are
 * read, which needs authorization:role:view.
 * @throws the errors of `genesys/errors.ts`
 */
export async function readDeployerGrants(
  client: GenesysClient,
  identity: TokenIdentity,
): Promise<DeployerGrants> {
  const told = await new Grants(client).mine().then(grantsOf, () => undefined);
  // A client's roles and the grants of the same subject may be two stores (genesys-api 4.6): what either shows is held.
  const ofToken = identity.roleDivisions ?? [];
  const untold = ofToken.filter(({ roleId }) => !(told?.describedRoles.has(roleId) ?? false));
  if (told !== undefined && untold.length === 0) {
    return { roleDivisions: [...ofToken, ...told.roleDivisions], permissions: told.permissions };
  }
  const roles = await new Roles(client).list();
  const held = roles.filter(({ id }) => untold.some(({ roleId }) => roleId === id));
  return {
    roleDivisions: [...ofToken, ...(told?.roleDivisions ?? [])],
    permissions: [...(told?.permissions ?? []), ...held.flatMap(permissionsOf)],
  };
}

function grantsOf({
  grants,
}: AuthzSubject): DeployerGrants & { readonly describedRoles: ReadonlySet<string> } {
  const every = (grants ?? []).flatMap(({ role, division }) =>
    role === undefined ? [] : [{ role, division }],
  );
  return {
    roleDivisions: every.flatMap(({ role, division }) =>
      division === undefined ? [] : [{ roleId: role.id, divisionId: division.id }],
    ),
    permissions: every.flatMap(({ role }) =>
      (role.policies ?? []).flatMap(({ domain, entityName, actions }) =>
        actions.map((action) => ({ domain, entityName, action })),
      ),
    ),
    describedRoles: new Set(every.flatMap(({ role }) => (role.policies === undefined ? [] : [role.id]))),
  };
}

function permissionsOf({ permissionPolicies }: RoleEntity): readonly Permission[] {
  return (permissionPolicies ?? []).flatMap(({ domain, entityName, actionSet }) =>
    (actionSet ?? []).map((action) => ({ domain, entityName: entityName ?? "", action })),
  );
}
