// Declared roles and divisions as ids of Genesys, and the comparison with what a client holds.
import { groupBy } from "../../common/groupBy";
import { allDivisions, type DeclaredRoleDivision, homeDivision } from "../../declarations/roleReferences";
import {
  type ResolvedCredential,
  type ResolvedDeclarations,
  type ResolvedRole,
} from "../../declarations/resolve";
import { type GenesysClient } from "../../genesys/client";
import { Divisions } from "../../genesys/divisions";
import { parseMarker } from "../../genesys/marker";
import { Roles, rolesCalled } from "../../genesys/roles";
import { type RoleEntity } from "../../genesys/wire";
import { type RecordedNames } from "../../genesys/knowledge/recordedNames";
import { isOf } from "./credentialMarks";
import { pairKey, type RoleDivision, uniqueRoleDivisions } from "../../genesys/knowledge/roleDivisions";

/** Names of the organisation, read once for all credentials. */
export interface OrganizationNames {
  readonly roles: readonly RoleEntity[];
  /** Ids by name; names need not be unique. */
  readonly divisionIds: ReadonlyMap<string, readonly string[]>;
  readonly homeDivisionId: string | undefined;
  /** What the stack has on record of the names that it writes: they mean that, whatever has the name now. */
  readonly recorded?: RecordedNames | undefined;
}

/** Reads the names that credentials need: the roles, and divisions only where one is named. @param credentials All names where none are given. */
export async function readOrganizationNames(
  client: GenesysClient,
  credentials?: readonly ResolvedCredential[],
): Promise<OrganizationNames> {
  const divisions = new Divisions(client);
  const used = new Set(credentials?.flatMap(({ roleDivisions }) => roleDivisions.map((one) => one.division)));
  const isNamed = [...used].some((division) => division !== homeDivision && division !== allDivisions);
  const [roles, home, named] = await Promise.all([
    new Roles(client).list(),
    credentials === undefined || used.has(homeDivision) ? divisions.home() : undefined,
    credentials === undefined || isNamed ? divisions.list() : [],
  ]);
  const byName = groupBy(named, ({ name = "" }) => name);
  const divisionIds = new Map([...byName].map(([name, same]) => [name, same.map(({ id }) => id)]));
  return { roles, divisionIds, homeDivisionId: home?.id };
}

/** A role in a division that a client should hold: one of the pairs, where names that are not unique leave several. */
export interface ExpectedGrant {
  readonly pairs: readonly RoleDivision[];
}

/** What of the expected grants a client holds, by which pair, and what it holds besides, each pair once. */
interface GrantComparison<T> {
  readonly present: readonly { readonly expected: T; readonly pair: RoleDivision }[];
  readonly missing: readonly T[];
  readonly extra: readonly RoleDivision[];
}

/** Two declared entries may mean the same pair (`home` and the home division's own name); the client holds it once. */
export function compareGrants<T extends ExpectedGrant>(
  expected: readonly T[],
  held: readonly RoleDivision[],
): GrantComparison<T> {
  const own = uniqueRoleDivisions(held);
  const found = expected.map((one) => {
    const keys = new Set(one.pairs.map(pairKey));
    return { expected: one, pair: own.find((pair) => keys.has(pairKey(pair))) };
  });
  const claimed = new Set(found.map(({ pair }) => pair));
  return {
    present: found.flatMap(({ expected: one, pair }) =>
      pair === undefined ? [] : [{ expected: one, pair }],
    ),
    missing: found.flatMap(({ expected: one, pair }) => (pair === undefined ? [one] : [])),
    extra: own.filter((pair) => !claimed.has(pair)),
  };
}

/**
 * The differences between what is declared and what a client holds, in words; empty when they agree.
 * @param identity Of the stack, where it is known.
 */
export function grantDifferences(
  credential: ResolvedCredential,
  declarations: ResolvedDeclarations,
  names: OrganizationNames,
  held: readonly RoleDivision[],
  identity?: string,
): readonly string[] {
  const { missing, extra } = compareGrants(declaredGrants(credential, declarations, names, identity), held);
  return [
    ...missing.map(({ roleName, division, roleIds, divisionIds }) => {
      const unknown = roleIds.length === 0 ? "role" : divisionIds.length === 0 ? "division" : undefined;
      const reason = unknown === undefined ? "" : `: no ${unknown} of that name exists`;
      return `it lacks the role ${roleName} in division ${division}${reason}`;
    }),
    ...extra.map((pair) => `it also holds the ${heldInWords(pair, names)}, which is not declared`),
  ];
}

/** A declared role in a division, with the ids that it can mean: several where names are not unique, none where nothing has the name. */
export interface DeclaredGrant extends ExpectedGrant {
  readonly declared: DeclaredRoleDivision;
  readonly roleName: string;
  readonly division: string;
  readonly roleIds: readonly string[];
  readonly divisionIds: readonly string[];
}

/** @param identity Of the stack, where it is known. */
export function declaredGrants(
  { roleDivisions }: ResolvedCredential,
  { roles }: ResolvedDeclarations,
  names: OrganizationNames,
  identity?: string,
): readonly DeclaredGrant[] {
  return roleDivisions.map((declared) => {
    const { roleKey, roleName: existing, division } = declared;
    const managed = roles.find(({ key }) => key === roleKey);
    const roleName = existing ?? managed?.name ?? roleKey ?? "";
    const made = managed === undefined ? [] : rolesMadeFor(managed, names.roles, identity);
    // A managed role whose mark was edited away is known by its name. An existing one is written by its name, or by its id.
    const roleIds = (made.length > 0 ? made : rolesMeantBy(roleName, names)).map(({ id }) => id);
    const divisionIds = divisionIdsOf(division, names);
    return { declared, roleName, division, roleIds, divisionIds, pairs: pairsOf(roleIds, divisionIds) };
  });
}

/** Every pair of these. */
export function pairsOf(roleIds: readonly string[], divisionIds: readonly string[]): readonly RoleDivision[] {
  return roleIds.flatMap((roleId) => divisionIds.map((divisionId) => ({ roleId, divisionId })));
}

/** The live roles that the stack made for a declared one, by their marks. @param identity Of the stack, where it is known. */
export function rolesMadeFor(
  role: Pick<ResolvedRole, "key" | "formerly" | "marker">,
  roles: readonly RoleEntity[],
  identity?: string,
): readonly RoleEntity[] {
  const marks = { identity, ownerPrefix: role.marker.slice(0, -role.key.length) };
  return roles.filter(({ description }) => {
    const marker = parseMarker(description);
    return marker !== undefined && isOf(marker, role, marks);
  });
}

/** The roles that a written name or id means: one, none, or several where names are not unique. */
export function rolesMeantBy(
  name: string,
  { roles, recorded }: Pick<OrganizationNames, "roles" | "recorded">,
): readonly RoleEntity[] {
  const id = recorded?.existingRoles.get(name)?.toLowerCase();
  return id === undefined ? rolesCalled(name, roles) : roles.filter((role) => role.id.toLowerCase() === id);
}

/** The ids that a written division means: one, none, or several where names are not unique. */
export function divisionIdsOf(
  division: string,
  { divisionIds, homeDivisionId, recorded }: OrganizationNames,
): readonly string[] {
  if (division === allDivisions) {
    return [allDivisions];
  }
  if (division === homeDivision) {
    return homeDivisionId === undefined ? [] : [homeDivisionId];
  }
  const recordedId = recorded?.divisions.get(division);
  const everyId = [...divisionIds.values()].flat();
  // A division is written by its name, or by its id where names are not unique.
  return recordedId === undefined
    ? (divisionIds.get(division) ?? everyId.filter((id) => id === division))
    : everyId.filter((id) => id === recordedId);
}

/** What the stack has on record as the name of a division, if it has. */
export function recordedDivisionName(divisionId: string, { recorded }: Recorded): string | undefined {
  return nameOf(divisionId, recorded?.divisions);
}

/** The same of a role that the stack does not manage. */
export function recordedRoleName(roleId: string, { recorded }: Recorded): string | undefined {
  return nameOf(roleId, recorded?.existingRoles);
}

type Recorded = Pick<OrganizationNames, "recorded">;

function nameOf(wanted: string, idByName: ReadonlyMap<string, string> = new Map()): string | undefined {
  return [...idByName].find(([, id]) => id === wanted)?.[0];
}

/** What of a role in a division no longer exists. */
export interface Gone {
  readonly role: boolean;
  readonly division: boolean;
}

/** A role in a division by names, recorded ones where it is gone; ids where there are none. */
export function heldInWords(
  { roleId, divisionId }: RoleDivision,
  names: OrganizationNames,
  gone: Gone = { role: false, division: false },
): string {
  const role = names.roles.find(({ id }) => id === roleId)?.name ?? recordedRoleName(roleId, names);
  const named =
    [...names.divisionIds].find(([, ids]) => ids.includes(divisionId))?.[0] ??
    recordedDivisionName(divisionId, names);
  const division = divisionId === names.homeDivisionId ? homeDivision : named;
  const mark = (isGone: boolean): string => (isGone ? " (no longer exists)" : "");
  return `role ${role ?? roleId}${mark(gone.role)} in division ${division ?? divisionId}${mark(gone.division)}`;
}
