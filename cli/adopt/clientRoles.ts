// The roles of a live client as a declaration refers to them, and why that is not possible for some.
import { groupBy } from "../../common/groupBy";
import { parsePermission } from "../../common/permission";
import { allDivisions, homeDivision } from "../../declarations/roleReferences";
import { type ResolvedRole } from "../../declarations/resolve";
import { entriesInWords, unreadEntryCount } from "../../genesys/answered";
import { policyEntries } from "../../genesys/knowledge/permissionPolicies";
import { type OAuthClientEntity } from "../../genesys/wire";
import { permissionsIn, unlimitedPermissions } from "./cataloguePermissions";
import { type Inventory } from "./inventory";
import { nameProblem } from "./liveText";
import { type RoleUse } from "./roleUse";

/** A role in one division, by its name as a declaration writes it: `home`, `*` or a name. */
export interface HeldRole {
  readonly roleId: string;
  readonly division: string;
}

/** The roles of a client with the divisions as they are written, or the first reason why they cannot be. */
export function heldRolesOf(client: OAuthClientEntity, inventory: Inventory): readonly HeldRole[] | string {
  const { roleDivisions, roleIds } = client;
  const unreadCount = unreadEntryCount(client, "roleDivisions");
  if (unreadCount > 0) {
    return `${entriesInWords(unreadCount)} of its roleDivisions cannot be read`;
  }
  if (roleDivisions === undefined && Array.isArray(roleIds) && roleIds.length > 0) {
    return "Genesys does not tell in which divisions it has its roles";
  }
  if (roleDivisions === undefined || roleDivisions.length === 0) {
    return "it has no roles";
  }
  const held = new Map<string, HeldRole>();
  for (const { roleId, divisionId } of roleDivisions) {
    if (!inventory.roles.some(({ id }) => id === roleId)) {
      return `its role ${roleId} does not exist any more`;
    }
    const division = divisionText(divisionId, inventory);
    if (typeof division !== "string") {
      return division.problem;
    }
    held.set(JSON.stringify([roleId, division]), { roleId, division });
  }
  return [...held.values()];
}

/** Whether a division limits where a role applies: everything without a division is at home, and `*` means all. */
export function isNarrow(division: string): boolean {
  return division !== homeDivision && division !== allDivisions;
}

function divisionText(
  divisionId: string,
  { divisions, homeDivisionId, recorded }: Inventory,
): string | { readonly problem: string } {
  if (divisionId === allDivisions) {
    return allDivisions;
  }
  if (divisionId === homeDivisionId) {
    return homeDivision;
  }
  const name = divisions.find(({ id }) => id === divisionId)?.name;
  if (name === undefined) {
    return { problem: `its division ${divisionId} is not among those of the organisation` };
  }
  if (divisions.filter((one) => one.name === name).length > 1) {
    return {
      problem: `several divisions have the name "${name}" of one of its divisions: rename all but one`,
    };
  }
  const mistake = nameProblem(name);
  if (!isNarrow(name) || mistake !== undefined) {
    return {
      problem: `the name of its division "${name}" ${mistake ?? "means something else in a declaration"}`,
    };
  }
  const recordedId = recorded?.divisions.get(name);
  return recordedId === undefined || recordedId === divisionId ? name : divisionId; // this stack calls another one so
}

/** Why a client cannot hold these roles through this stack; undefined when it can. */
export function roleObstacle(
  held: readonly HeldRole[],
  uses: ReadonlyMap<string, RoleUse>,
  inventory: Inventory,
): string | undefined {
  for (const { roleId, division } of held) {
    const use = uses.get(roleId);
    const reason = use === undefined ? undefined : useObstacle(roleId, division, use, inventory);
    if (reason !== undefined) {
      return reason;
    }
  }
  return undefined;
}

function useObstacle(
  roleId: string,
  division: string,
  use: RoleUse,
  { identity, catalogue, roles }: Inventory,
): string | undefined {
  const name = roles.find(({ id }) => id === roleId)?.name ?? roleId;
  if (use.how === "impossible") {
    return `its role "${name}" cannot be declared: ${use.reason}`;
  }
  if (use.how === "declared") {
    const unlimited = unlimitedPermissions(declaredPermissions(use.role), catalogue);
    const known = use.role.deployerDivisions;
    const isKnown = known.includes(division) || known.includes(allDivisions);
    return unlimited === undefined || !isNarrow(division) || isKnown
      ? undefined
      : `its role "${name}" is declared in this stack and cannot be used in "${division}": no division limits ${unlimited}`;
  }
  // A client without any role could not sign in: an empty list means that Genesys does not tell.
  const told = identity.roleDivisions ?? [];
  const isHeld = told.length === 0 || told.some((pair) => pair.roleId === roleId);
  return use.how === "adopted" || isHeld
    ? undefined
    : `its role "${name}" is only referred to (${use.reason}) and the deployer does not hold it: ` +
        "give that role to the deployer (Admin, Integrations, OAuth), since nobody can hand out a role they do not hold";
}

function declaredPermissions({ permissionPolicies, wildcards = [] }: ResolvedRole) {
  const named = permissionsIn(policyEntries(permissionPolicies));
  return [...named, ...wildcards.flatMap((text) => parsePermission(text) ?? [])];
}

/**
 * The references to roles as they are written, in the order of the client.
 * @param keyOf The key of a declared role; undefined for one that is referred to by its name.
 */
export function roleReferences(
  held: readonly HeldRole[],
  keyOf: (roleId: string) => string | undefined,
  nameOf: (roleId: string) => string,
): readonly unknown[] {
  const everywhere = held.filter(({ division }) => division === allDivisions);
  const byRole = groupBy(
    held.filter((one) => !everywhere.includes(one)),
    ({ roleId }) => roleId,
  );
  // `*` stands alone in a list, so that a role which is held everywhere and somewhere is referred to twice.
  const grants = [...byRole, ...everywhere.map((one) => [one.roleId, [one]] as const)];
  return grants.map(([roleId, own]) => {
    const divisions = own.map(({ division }) => division);
    const key = keyOf(roleId);
    const isHomeOnly = divisions.length === 1 && divisions[0] === homeDivision;
    const place = isHomeOnly ? {} : { divisions };
    if (key === undefined) {
      return { existing: nameOf(roleId), ...place };
    }
    return isHomeOnly ? key : { role: key, ...place };
  });
}
