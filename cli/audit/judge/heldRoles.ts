// Roles in divisions as an OAuth client holds them: what should be there, what is missing, what is too much (pure).
import { allDivisions } from "../../../declarations/roleReferences";
import { type RoleDivision } from "../../../genesys/knowledge/roleDivisions";
import {
  compareGrants,
  type DeclaredGrant,
  declaredGrants,
  type Gone,
  heldInWords,
  type OrganizationNames,
  recordedDivisionName,
  recordedRoleName,
} from "../../world/declaredGrants";
import { recordedIn } from "../read/auditedStacks";
import { type CredentialFacts } from "../read/auditFacts";
import { type ManagedClient } from "../read/managedClients";
import { type RecordedClient } from "../read/recordedStack";

/** What a client lacks and what it has too much. */
export interface GrantDifferences {
  /** In words: `role "x" in division home`. */
  readonly missing: readonly string[];
  readonly extra: readonly RoleDivision[];
  /** Divisions of what it lacks that are gone and declared still, as they are written: an update that resolves them is refused. */
  readonly goneDivisions: readonly string[];
  /** The same of roles that the stack does not manage. */
  readonly goneExistingRoles: readonly string[];
}

/**
 * Compares what a client holds with what is recorded of it; without the state, with what is declared. What is declared and not recorded
 * yet is not too much: the next update gives it.
 * @param names Undefined where they could not be read.
 * @param goneManagedRoles Roles of the stack that no longer exist, which is told of the role.
 * @param areWhole Whether what is not among the names does not exist.
 */
export function grantDifferences(
  { credential, stack }: Pick<CredentialFacts, "credential" | "stack">,
  { recorded }: ManagedClient,
  held: readonly RoleDivision[],
  names: OrganizationNames | undefined,
  goneManagedRoles: ReadonlySet<string>,
  areWhole = false,
): GrantDifferences {
  const { identity, names: recordedNames } = recordedIn(stack);
  const known = names && { ...names, recorded: recordedNames };
  const declared = known === undefined ? [] : declaredGrants(credential, stack.declarations, known, identity);
  const inWords = ({ declared: { roleKey }, roleName, division, pairs }: DeclaredGrant) => ({
    words: `role ${roleKey ?? roleName} in division ${division}`,
    pairs,
  });
  const goneOf = ({ roleId, divisionId }: RoleDivision): Gone => ({
    role: areWhole && known !== undefined && !known.roles.some(({ id }) => id === roleId),
    division: areWhole && known !== undefined && !isThere(divisionId, known),
  });
  const resolved = recorded?.resolvedRoleDivisions;
  const expected =
    resolved?.map((pair) => ({ words: pairInWords(pair, known, goneOf(pair)), pairs: [pair] })) ??
    (recorded === undefined ? declared.map(inWords) : []);
  const { missing, extra } = compareGrants(expected, held);
  const lacked = missing.flatMap(({ pairs }) => pairs).map((pair) => ({ ...pair, gone: goneOf(pair) }));
  const goneDivisions = lacked
    .filter(({ gone }) => gone.division)
    .flatMap(({ divisionId }) => [divisionId, known && recordedDivisionName(divisionId, known)]);
  const goneRoles = lacked
    .filter(({ gone }) => gone.role)
    .flatMap(({ roleId }) => [roleId, known && recordedRoleName(roleId, known)]);
  const { roleDivisions } = credential;
  const pending = recorded === undefined ? [] : declared.filter((one) => isPending(one, recorded));
  return {
    missing: missing
      .filter(({ pairs }) => !pairs.some(({ roleId }) => goneManagedRoles.has(roleId)))
      .map(({ words }) => words),
    extra: resolved === undefined && names === undefined ? [] : compareGrants(pending, extra).extra,
    goneDivisions: writtenAmong(
      goneDivisions,
      roleDivisions.map(({ division }) => division),
    ),
    goneExistingRoles: writtenAmong(
      goneRoles,
      roleDivisions.map(({ roleName }) => roleName),
    ),
  };
}

/** Each of the names and ids that is written, once. */
function writtenAmong(
  names: readonly (string | undefined)[],
  written: readonly (string | undefined)[],
): readonly string[] {
  return [...new Set(written)].filter((name): name is string => name !== undefined && names.includes(name));
}

function isThere(divisionId: string, { divisionIds, homeDivisionId }: OrganizationNames): boolean {
  return (
    divisionId === allDivisions ||
    divisionId === homeDivisionId ||
    [...divisionIds.values()].some((ids) => ids.includes(divisionId))
  );
}

/** A name that is recorded already means what it meant then, and a name that means several things means none. */
function isPending(
  { declared: { roleName }, division, roleIds, pairs }: DeclaredGrant,
  recorded: RecordedClient,
): boolean {
  const isSameRole = (one: {
    readonly roleId?: string | undefined;
    readonly roleName?: string | undefined;
  }) =>
    roleName === undefined
      ? one.roleId !== undefined && roleIds.includes(one.roleId)
      : one.roleName === roleName;
  const isRecorded =
    recorded.roleDivisions?.some((one) => one.division === division && isSameRole(one)) === true;
  return pairs.length === 1 && !isRecorded;
}

/** `role "x" in division home`; ids where no name is known. */
export function pairInWords(pair: RoleDivision, names: OrganizationNames | undefined, gone?: Gone): string {
  return names === undefined
    ? `role ${pair.roleId} in division ${pair.divisionId}`
    : heldInWords(pair, names, gone);
}
