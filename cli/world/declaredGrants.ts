// Declared roles and divisions as ids of Genesys, and the comparison with what a client holds.
import { allDivisions, homeDivision } from "../../declarations/credentialSchema";
import {
  type DeclaredRoleDivision,
  type ResolvedCredential,
  type ResolvedDeclarations,
} from "../../declarations/resolve";
import { type GenesysClient } from "../../genesys/client";
import { Divisions } from "../../genesys/divisions";
import { parseMarker } from "../../genesys/marker";
import { Roles, rolesCalled } from "../../genesys/roles";
import { type RoleDivision, type RoleEntity } from "../../genesys/wire";

/** Names of the organisation, read once for all credentials. */
export interface OrganizationNames {
  readonly roles: readonly RoleEntity[];
  /** Ids by name; names need not be unique. */
  readonly divisionIds: ReadonlyMap<string, readonly string[]>;
  readonly homeDivisionId: string | undefined;
}

/** Reads the names that the credentials need: the roles, and divisions only where one is named. */
export async function readOrganizationNames(
  client: GenesysClient,
  credentials: readonly ResolvedCredential[],
): Promise<OrganizationNames> {
  const divisions = new Divisions(client);
  const used = new Set(
    credentials.flatMap(({ roleDivisions }) => roleDivisions.map(({ division }) => division)),
  );
  const isNamed = [...used].some((division) => division !== homeDivision && division !== allDivisions);
  const [roles, home, named] = await Promise.all([
    new Roles(client).list(),
    used.has(homeDivision) ? divisions.home() : undefined,
    isNamed ? divisions.list() : [],
  ]);
  const divisionIds = new Map<string, string[]>();
  for (const { id, name = "" } of named) {
    divisionIds.set(name, [...(divisionIds.get(name) ?? []), id]);
  }
  return { roles, divisionIds, homeDivisionId: home?.id };
}

/** The differences between what is declared and what a client holds, in words; empty when they agree. */
export function grantDifferences(
  credential: ResolvedCredential,
  declarations: ResolvedDeclarations,
  names: OrganizationNames,
  held: readonly RoleDivision[],
): readonly string[] {
  // Two declared entries may mean the same pair (`home` and the home division's own name); the client holds it once.
  const claimed = new Set<RoleDivision>();
  const missing = credential.roleDivisions.flatMap((declared) => {
    const roleIds = roleIdsOf(declared, declarations, names.roles);
    const divisionIds = divisionIdsOf(declared.division, names);
    const pair = held.find(
      ({ roleId, divisionId }) => roleIds.includes(roleId) && divisionIds.includes(divisionId),
    );
    if (pair !== undefined) {
      claimed.add(pair);
      return [];
    }
    const lack = `it lacks the role ${roleName(declared, declarations)} in division ${declared.division}`;
    if (roleIds.length === 0) {
      return [`${lack}: no role of that name exists`];
    }
    return [divisionIds.length === 0 ? `${lack}: no division of that name exists` : lack];
  });
  const extra = held.filter((pair) => !claimed.has(pair));
  return [
    ...missing,
    ...extra.map((pair) => `it also holds the ${heldInWords(pair, names)}, which is not declared`),
  ];
}

/** The pairs that a declared role in a division can mean; several where names are not unique, none where nothing has the name. */
export function declaredPairs(
  declared: DeclaredRoleDivision,
  declarations: ResolvedDeclarations,
  names: OrganizationNames,
): readonly RoleDivision[] {
  return roleIdsOf(declared, declarations, names.roles).flatMap((roleId) =>
    divisionIdsOf(declared.division, names).map((divisionId) => ({ roleId, divisionId })),
  );
}

function roleName(
  { roleKey, roleName: existing }: DeclaredRoleDivision,
  { roles }: ResolvedDeclarations,
): string {
  return existing ?? roles.find(({ key }) => key === roleKey)?.name ?? roleKey ?? "";
}

/** A managed role is known by its marker; where that was edited away, by its name. An existing one is written by its name, or by its id. */
function roleIdsOf(
  declared: DeclaredRoleDivision,
  declarations: ResolvedDeclarations,
  roles: readonly RoleEntity[],
): readonly string[] {
  const managed = declarations.roles.find(({ key }) => key === declared.roleKey);
  const marked = roles.filter(
    ({ description }) => managed !== undefined && parseMarker(description)?.owner === managed.marker,
  );
  const name = roleName(declared, declarations);
  return (marked.length > 0 ? marked : rolesCalled(name, roles)).map(({ id }) => id);
}

/** The ids that a written division means: one, none, or several where names are not unique. */
export function divisionIdsOf(
  division: string,
  { divisionIds, homeDivisionId }: OrganizationNames,
): readonly string[] {
  if (division === allDivisions) {
    return [allDivisions];
  }
  if (division === homeDivision) {
    return homeDivisionId === undefined ? [] : [homeDivisionId];
  }
  // A division is written by its name, or by its id where names are not unique.
  return divisionIds.get(division) ?? [...divisionIds.values()].flat().filter((id) => id === division);
}

/** A role in a division by names; ids where there are none. */
export function heldInWords({ roleId, divisionId }: RoleDivision, names: OrganizationNames): string {
  const role = names.roles.find(({ id }) => id === roleId)?.name;
  const named = [...names.divisionIds].find(([, ids]) => ids.includes(divisionId))?.[0];
  const division = divisionId === names.homeDivisionId ? homeDivision : named;
  return `role ${role ?? roleId} in division ${division ?? divisionId}`;
}
