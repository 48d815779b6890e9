// What the deployer holds: its roles in divisions, and the permissions that come with them.
import { type GenesysClient } from "../../genesys/client";
import { Grants } from "../../genesys/grants";
import { type TokenIdentity } from "../../genesys/identity";
import { Roles } from "../../genesys/roles";
import { type AuthzSubject, type RoleEntity } from "../../genesys/wire";
import { isDefaultRole } from "../../genesys/knowledge/defaultRoles";
import { isUnread } from "../../genesys/answered";
import { generalPermissionsIn } from "../../genesys/knowledge/generalPermissions";
import {
  type DescribedRole,
  type HeldPermissions,
  permissionsOfRoles,
} from "../../genesys/knowledge/heldPermissions";
import { type RoleDivision } from "../../genesys/knowledge/roleDivisions";

/** The deployer's hold. */
interface DeployerGrants {
  readonly roleDivisions: readonly RoleDivision[];
  readonly permissions: HeldPermissions;
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
  const { grants = [] } = await new Grants(client).mine().catch((): AuthzSubject => ({ grants: undefined }));
  // A client's roles and the grants of the same subject may be two stores (docs/genesys-api.md 4.6): what either shows is held.
  const ofToken = identity.roleDivisions ?? [];
  const ofSubject = grants.flatMap(({ role, division }) =>
    role === undefined || division === undefined ? [] : [{ roleId: role.id, divisionId: division.id }],
  );
  // Roles that all allow nothing are taken for roles whose policies are not shown.
  const isShown = grants.some(({ role }) => (role?.policies ?? []).length > 0);
  const told = grants
    .map(({ role }) => role)
    .filter((role) => role === undefined || (isShown && role.policies !== undefined));
  const roleIds = [...ofToken, ...ofSubject].map(({ roleId }) => roleId);
  const untold = roleIds.filter((roleId) => told.every((role) => role?.id !== roleId));
  const listed = untold.length > 0 ? await new Roles(client).list() : [];
  const read = listed.filter(({ id }) => untold.includes(id)).map(described);
  const held = permissionsOfRoles([...told, ...read], roleIds);
  const { unreadableRoleCount = 0 } = identity;
  if (unreadableRoleCount > 0) {
    // One of those may be any role: of none it can be said that the deployer does not hold it.
    const reason = `${unreadableRoleCount} of its roles cannot be read`;
    return { roleDivisions: [], permissions: { ...held, isComplete: false, reason } };
  }
  return {
    roleDivisions: [...ofToken, ...ofSubject],
    // A client without any role could not sign in: where none is shown, Genesys does not tell.
    permissions: { ...held, isComplete: held.isComplete && roleIds.length > 0 },
  };
}

function described(role: RoleEntity): DescribedRole {
  return {
    id: role.id,
    default: isDefaultRole(role),
    // In a form that is not known they are there all the same.
    permissions: isUnread(role, "permissions") ? [undefined] : (generalPermissionsIn(role) ?? []),
    policies: role.permissionPolicies?.map(({ domain, entityName = "", actionSet = [] }) => ({
      domain,
      entityName,
      actions: actionSet,
    })),
  };
}
