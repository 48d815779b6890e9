// How a live role can appear in the stack file: declared and taken over, referred to as existing, or not at all.
import { type Permission } from "../../common/permission";
import { type ResolvedRole } from "../../declarations/resolve";
import { isDefaultRole } from "../../genesys/knowledge/defaultRoles";
import { ofClientsAndRoles, permissionsFor } from "../../genesys/knowledge/deployerPermissions";
import { isHeld } from "../../genesys/knowledge/heldPermissions";
import { normalizePermissionPolicies, policyEntries } from "../../genesys/knowledge/permissionPolicies";
import { isSameName } from "../../genesys/roles";
import { type RoleEntity } from "../../genesys/wire";
import { rolesMeantBy } from "../world/declaredGrants";
import { permissionProblem, permissionsIn, unlimitedPermissions } from "./cataloguePermissions";
import { entryProblem } from "./entryProblem";
import { type Inventory } from "./inventory";
import { nameProblem } from "./liveText";
import { type RoleContent, roleContent, roleEntry } from "./roleContent";
import { type StackEntries } from "./stackEntries";

/** See the first line of this file. Reasons are clauses, as `it is a default role of Genesys`. */
export type RoleUse =
  | { readonly how: "declared"; readonly role: ResolvedRole }
  | { readonly how: "adopted"; readonly content: RoleContent }
  | { readonly how: "existing"; readonly name: string; readonly reason: string }
  | { readonly how: "impossible"; readonly reason: string };

/** What decides about a role besides the role itself. */
export interface RoleCircumstances {
  readonly entries: StackEntries;
  readonly inventory: Inventory;
  /** Names of divisions, neither `home` nor `*`, in which the clients that are looked at have the role. */
  readonly narrowDivisions: readonly string[];
}

/** Decides how a role appears. */
export function roleUseOf(live: RoleEntity, circumstances: RoleCircumstances): RoleUse {
  const { entries, inventory } = circumstances;
  const declared = entries.declaredRole(live);
  if (declared !== undefined) {
    return { how: "declared", role: declared };
  }
  const name = live.name ?? "";
  const mistake = nameProblem(name);
  if (mistake !== undefined) {
    return { how: "impossible", reason: `its name ${mistake}` };
  }
  const other = entries.roleNamed(name);
  if (other !== undefined) {
    return {
      how: "impossible",
      reason: `the stack declares another role of this name, "${other.key}": give that one \`adopt: { roleId: ${live.id} }\`, or another name`,
    };
  }
  const namesakes = inventory.roles.filter((role) => isSameName(role.name, name));
  if (namesakes.length > 1) {
    const ids = namesakes.map(({ id }) => id).join(", ");
    return {
      how: "impossible",
      reason: `${namesakes.length} roles have this name (${ids}): rename all but one`,
    };
  }
  const recordedId = inventory.recorded?.existingRoles.get(name);
  const isOtherOnes = recordedId !== undefined && recordedId !== live.id; // this stack calls another one so
  const content = roleContent(live, inventory.catalogue);
  const reason = reasonForReference(live, content, circumstances);
  return reason === undefined && typeof content !== "string"
    ? { how: "adopted", content }
    : { how: "existing", name: isOtherOnes ? live.id : name, reason: reason ?? "" };
}

/** Why a role is only referred to; undefined when it can be taken over. */
function reasonForReference(
  live: RoleEntity,
  content: RoleContent | string,
  { entries, inventory, narrowDivisions }: RoleCircumstances,
): string | undefined {
  if (isDefaultRole(live)) {
    return "it is a default role of Genesys";
  }
  if (entries.isInState(live)) {
    return "the state of this stack holds it, and no declared role is it";
  }
  const owner = entries.ownerOf(live);
  if (owner !== undefined) {
    return owner.standing === "ours"
      ? `its description bears a marker of this stack (${owner.owner}) that belongs to no declared role`
      : `it belongs to ${owner.owner}`;
  }
  const { recorded } = inventory;
  const isReferredToAs = (name: string): boolean =>
    rolesMeantBy(name, { roles: [live], recorded }).length > 0;
  if (entries.existingNames.some(isReferredToAs)) {
    return "credentials of this stack refer to it with `existing:`";
  }
  if (typeof content === "string") {
    return content;
  }
  const held = policyEntries(normalizePermissionPolicies(live.permissionPolicies ?? []));
  const permissions = permissionsIn(held);
  const problem =
    entryProblem({ roles: { entry: roleEntry(content) } }, "roles.entry", entries.stack) ??
    permissionProblem(held, inventory.catalogue);
  if (problem !== undefined) {
    return problem;
  }
  if (isWorkingRole(live, permissions, inventory)) {
    return "the deployer works with its permissions, so that its removal would end the deployments";
  }
  const unlimited =
    narrowDivisions.length === 0 ? undefined : unlimitedPermissions(permissions, inventory.catalogue);
  const places = narrowDivisions.map((division) => `"${division}"`).join(", ");
  return unlimited === undefined ? undefined : `it is used in ${places}, but no division limits ${unlimited}`;
}

/** Whether the deployer holds the role and has permissions from it that a deployment needs. */
function isWorkingRole(
  { id }: RoleEntity,
  permissions: readonly Permission[],
  { identity }: Inventory,
): boolean {
  const isOfDeployer = (identity.roleDivisions ?? []).some(({ roleId }) => roleId === id);
  const needed = permissionsFor([...ofClientsAndRoles, "integrations"]);
  return (
    isOfDeployer &&
    needed.some(({ permission }) => isHeld({ permissions, isComplete: true }, permission) === true)
  );
}
