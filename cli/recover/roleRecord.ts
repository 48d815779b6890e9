// The record of a live role as its provider would have written it (pure).
import { defined } from "../../common/defined";
import { covers, parsePermission, permissionText } from "../../common/permission";
import { canonicalId } from "../../declarations/canonicalId";
import { type ResolvedRole } from "../../declarations/resolve";
import { type TokenIdentity } from "../../genesys/identity";
import {
  normalizePermissionPolicies,
  policyEntries,
  type PermissionPolicyRequest,
} from "../../genesys/knowledge/permissionPolicies";
import { generalPermissionsIn } from "../../genesys/knowledge/generalPermissions";
import { type Marker, markerText } from "../../genesys/marker";
import { type RoleEntity } from "../../genesys/wire";
import { divisionIdsOf } from "../world/declaredGrants";
import { declaredDescription, madeBy, type RecordContext, type RecordedProperties } from "./clientRecord";
import { providerTexts } from "./stackUrns";

/** @param live As Genesys shows it when asked by its id. @param deployer Of the role's grants it is the one that the stack made. */
export function roleRecord(
  role: ResolvedRole,
  live: RoleEntity,
  marker: Marker,
  deployer: TokenIdentity,
  { organization, organizationId, names }: RecordContext,
): RecordedProperties {
  const permissionPolicies =
    live.permissionPolicies === undefined
      ? normalizePermissionPolicies(role.permissionPolicies)
      : normalizePermissionPolicies(live.permissionPolicies);
  const generalPermissions = generalPermissionsIn(live) ?? role.generalPermissions ?? [];
  const isAdopted = role.adopt !== undefined && role.adopt.roleId === canonicalId(live.id);
  const inputs = {
    __provider: providerTexts.role,
    organization,
    name: live.name ?? role.name,
    description: declaredDescription(live, marker),
    ...(generalPermissions.length === 0 ? {} : { generalPermissions }),
    permissionPolicies,
    ...wildcardsIn(role, permissionPolicies),
    ...defined({ unlisted: role.unlisted }),
    grantToDeployer: role.grantToDeployer,
    deployerDivisions: role.deployerDivisions,
    ...madeBy(marker, role.marker),
    ...(isAdopted ? { adopt: role.adopt } : {}),
  };
  const wanted = role.grantToDeployer && !isAdopted ? role.deployerDivisions : [];
  const wantedIds = new Set(wanted.flatMap((division) => divisionIdsOf(division, names)));
  const held = (deployer.roleDivisions ?? []).filter(
    ({ roleId, divisionId }) => roleId === live.id && wantedIds.has(divisionId),
  );
  const { clientId: subjectId } = deployer;
  return {
    inputs,
    outputs: {
      ...inputs,
      roleId: live.id,
      marker: markerText(marker),
      organizationId,
      // What an adopted role gave to the deployer may be a person's doing: it is never taken back.
      deployerGrants:
        subjectId === undefined ? [] : held.map(({ divisionId }) => ({ subjectId, divisionId })),
    },
  };
}

/** What each declared wildcard stands for in the live role; a check expands those anew that stand for nothing. */
function wildcardsIn(
  { wildcards }: ResolvedRole,
  policies: readonly PermissionPolicyRequest[],
): { readonly wildcards?: Readonly<Record<string, readonly string[]>> } {
  if (wildcards === undefined) {
    return {};
  }
  const held = policyEntries(policies).filter(({ condition }) => condition === "");
  return {
    wildcards: Object.fromEntries(
      [...wildcards].sort().map((text) => {
        const wide = parsePermission(text);
        const covered = held.filter(({ permission }) => wide !== undefined && covers(wide, permission));
        return [text, covered.map(({ permission }) => permissionText(permission)).sort()];
      }),
    ),
  };
}
