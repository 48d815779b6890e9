// Roles in divisions: from the names in a declaration to Genesys's ids, and from live ids back to the declared form.
import { keyOf, parseMarker } from "../../genesys/marker";
import { pairKey, uniqueRoleDivisions, type RoleDivision } from "../../genesys/knowledge/roleDivisions";
import type { RoleEntity } from "../../genesys/wire";
import { ProviderError } from "../engine/providerError";
import { recordedObject } from "./recordedName";
import type { Session } from "./session";

/** One role in one division, as declared: the role by id or by name, the division `home`, `*`, a name or an id. */
export interface RoleDivisionInput {
  readonly roleId?: string;
  readonly roleName?: string;
  readonly division: string;
}

/** A declared entry with the ids that it stood for when it was last applied. */
export interface ResolvedEntry {
  readonly input: RoleDivisionInput;
  readonly resolved: RoleDivision;
}

/** How many names an error lists. */
const listedNames = 10;

/**
 * Resolves every entry, asking Genesys only for those that are new.
 * @param known Entries of the former record, so that an unchanged declaration costs no request.
 * @throws ProviderError UNKNOWN_ROLE_OR_DIVISION with all problems at once.
 */
export async function resolveRoleDivisions(
  session: Session,
  action: string,
  inputs: readonly RoleDivisionInput[],
  known: readonly ResolvedEntry[] = [],
): Promise<RoleDivision[]> {
  const problems: string[] = [];
  const resolved: RoleDivision[] = [];
  for (const input of inputs) {
    const before = known.find((entry) => isSameInput(entry.input, input));
    if (before !== undefined) {
      resolved.push(before.resolved);
      continue;
    }
    const roleId =
      input.roleName === undefined ? input.roleId : await resolveRoleName(session, input.roleName, problems);
    const divisionId = await resolveDivision(session, input.division, problems);
    if (roleId !== undefined && divisionId !== undefined) {
      resolved.push({ roleId, divisionId });
    }
  }
  if (problems.length > 0) {
    const unique = [...new Set(problems)].join("; ");
    throw new ProviderError("UNKNOWN_ROLE_OR_DIVISION", `${action}: ${unique}; nothing was written`);
  }
  return resolved;
}

/**
 * Resolves one division by `home`, `*`, name or id; adds to `problems` when there is none or several. A name that the stack has on record
 * means what it meant then.
 */
export async function resolveDivision(
  session: Session,
  division: string,
  problems: string[],
): Promise<string | undefined> {
  if (division === "*") {
    return division;
  }
  if (division === "home") {
    return session.homeDivisionId();
  }
  const divisions = await session.divisions();
  const byName = divisions.filter((candidate) => candidate.name === division);
  const id = session.names.idOf("divisions", division);
  if (id !== undefined) {
    const live = divisions.find((candidate) => candidate.id === id);
    return recordedObject(session, { kind: "divisions", name: division, id }, live, byName, problems)?.id;
  }
  const found = byName.length > 0 ? byName : divisions.filter((candidate) => candidate.id === division);
  if (found.length > 1) {
    problems.push(
      `the organisation has ${found.length} divisions named "${division}"; write the id of the one that is meant`,
    );
    return undefined;
  }
  if (found[0] === undefined) {
    const names = divisions.flatMap((candidate) => candidate.name ?? []).slice(0, listedNames);
    problems.push(
      `the organisation has no division "${division}"; write one of ${names.join(", ")}, home or *`,
    );
  }
  return found[0]?.id;
}

/**
 * Resolves one existing role by its name, in whatever case, or by its id; adds to `problems` when there is none or several, and when the
 * role is one that this stack manages: then its removal or its new key would take it away from who refers to it so.
 * @param identity Of the stack; that of the run where it is not given.
 */
export async function resolveRoleName(
  session: Session,
  roleName: string,
  problems: string[],
  identity: string | undefined = session.stackIdentity,
): Promise<string | undefined> {
  const id = session.names.idOf("existingRoles", roleName);
  const role =
    id === undefined
      ? await roleCalled(session, roleName, problems)
      : await recordedRole(session, roleName, id, problems);
  if (role === undefined) {
    return undefined;
  }
  const problem = identity === undefined ? undefined : managedProblem(role, identity);
  if (problem !== undefined) {
    problems.push(problem);
    return undefined;
  }
  return role.id;
}

/** The role that has the name now. */
async function roleCalled(
  session: Session,
  roleName: string,
  problems: string[],
): Promise<RoleEntity | undefined> {
  const named = await session.rolesNamed(roleName);
  const exact = named.filter(({ name }) => name === roleName);
  const found = exact.length > 0 ? exact : named;
  if (found.length === 0) {
    problems.push(
      `the organisation has no role "${roleName}"; correct "existing", or declare the role in this stack`,
    );
  }
  if (found.length > 1) {
    const ids = found.map(({ id }) => id).join(", ");
    problems.push(
      `the organisation has ${found.length} roles named "${roleName}" (${ids}); write the id of the one that is meant`,
    );
    return undefined;
  }
  return found[0];
}

/** The role that the stack has on record for the name. In the usual course it has that name still, and nobody is asked any further. */
async function recordedRole(
  session: Session,
  roleName: string,
  id: string,
  problems: string[],
): Promise<RoleEntity | undefined> {
  const isMeant = (role: RoleEntity): boolean => role.id.toLowerCase() === id.toLowerCase();
  const named = await session.rolesNamed(roleName);
  const live = named.find(isMeant) ?? (await session.rolesNamed(id)).find(isMeant);
  return recordedObject(session, { kind: "existingRoles", name: roleName, id }, live, named, problems);
}

function managedProblem({ id, name = "", description }: RoleEntity, identity: string): string | undefined {
  const marker = parseMarker(description);
  if (marker?.identity !== identity) {
    return undefined;
  }
  const key = keyOf(marker);
  return (
    `the role "${name}" (${id}) is managed by this very stack: name its key \`${key}\` instead of "existing", or the new key with ` +
    `\`formerly: ${key}\` below it where the key has changed; if the role was taken out of the state by hand, take its mark out of its description`
  );
}

/**
 * The live pairs in the declared form: declared entries that are there, in declared order, then what somebody added.
 * Equal to the declared entries exactly when there is no drift.
 */
export function declaredForm(
  entries: readonly ResolvedEntry[],
  live: readonly RoleDivision[],
): RoleDivisionInput[] {
  const liveKeys = new Set(live.map(pairKey));
  const declaredKeys = new Set(entries.map((entry) => pairKey(entry.resolved)));
  const present = entries
    .filter((entry) => liveKeys.has(pairKey(entry.resolved)))
    .map((entry) => entry.input);
  const added = uniqueRoleDivisions(live)
    .filter((pair) => !declaredKeys.has(pairKey(pair)))
    .sort((a, b) => pairKey(a).localeCompare(pairKey(b)))
    .map((pair) => ({ roleId: pair.roleId, division: pair.divisionId }));
  return [...present, ...added];
}

function isSameInput(a: RoleDivisionInput, b: RoleDivisionInput): boolean {
  return a.roleId === b.roleId && a.roleName === b.roleName && a.division === b.division;
}
