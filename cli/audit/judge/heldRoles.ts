// Roles in divisions as an OAuth client holds them: what should be there, what is missing, what is too much (pure).
import { type ResolvedDeclarations } from "../../../declarations/resolve";
import { type RoleDivision } from "../../../genesys/wire";
import { declaredPairs, heldInWords, type OrganizationNames } from "../../world/declaredGrants";
import { type Known } from "../../../common/known";
import { type CredentialFacts } from "../read/auditFacts";
import { type ManagedClient } from "../read/managedClients";

/** One role that a client should hold: any of the pairs will do, where names leave several. */
interface ExpectedGrant {
  readonly words: string;
  readonly pairs: readonly RoleDivision[];
}

type DeclaredGrant = ExpectedGrant & CredentialFacts["credential"]["roleDivisions"][number];

/** What a client lacks and what it has too much. */
export interface GrantDifferences {
  /** In words: `role "x" in division home`. */
  readonly missing: readonly string[];
  readonly extra: readonly RoleDivision[];
}

/**
 * Compares what a client holds with what is recorded of it; without the state, with what is declared. What is declared and not recorded
 * yet is not too much: the next update gives it.
 * @param goneRoles Roles of the stack that no longer exist, which is told of the role.
 */
export function grantDifferences(
  { credential, stack }: Pick<CredentialFacts, "credential" | "stack">,
  client: ManagedClient,
  held: readonly RoleDivision[],
  names: Known<OrganizationNames>,
  goneRoles: ReadonlySet<string>,
): GrantDifferences {
  const resolved = client.recorded?.resolvedRoleDivisions;
  const declared = (): readonly DeclaredGrant[] =>
    "value" in names ? declaredGrants(credential, stack.declarations, names.value) : [];
  const expected: readonly ExpectedGrant[] =
    resolved?.map((pair) => ({ words: pairInWords(pair, names), pairs: [pair] })) ??
    (client.recorded === undefined ? declared() : []);
  const unexpected = unique(held).filter((pair) => !expected.some(({ pairs }) => has(pairs, pair)));
  // Most clients hold what is recorded, so that the declarations need not be looked through.
  const pending = unexpected.length === 0 ? [] : declared().filter((one) => isPending(one, client));
  return {
    missing: expected
      .filter(({ pairs }) => !pairs.some((pair) => has(held, pair)))
      .filter(({ pairs }) => !pairs.some(({ roleId }) => goneRoles.has(roleId)))
      .map(({ words }) => words),
    extra:
      resolved === undefined && !("value" in names)
        ? []
        : unexpected.filter((pair) => !pending.some(({ pairs }) => has(pairs, pair))),
  };
}

/** A name that is recorded already means what it meant then, and a name that means several things means none. */
function isPending({ roleName, division, pairs }: DeclaredGrant, { recorded }: ManagedClient): boolean {
  const isRecorded =
    roleName !== undefined &&
    recorded?.roleDivisions?.some((one) => one.roleName === roleName && one.division === division) === true;
  return recorded === undefined || (pairs.length === 1 && !isRecorded);
}

/** `role "x" in division home`; ids where no name is known. */
export function pairInWords(pair: RoleDivision, names: Known<OrganizationNames>): string {
  return "value" in names
    ? heldInWords(pair, names.value)
    : `role ${pair.roleId} in division ${pair.divisionId}`;
}

/** Each pair once. */
export function unique(pairs: readonly RoleDivision[]): readonly RoleDivision[] {
  return pairs.filter((pair, index) => pairs.findIndex((one) => isSame(one, pair)) === index);
}

function declaredGrants(
  credential: CredentialFacts["credential"],
  declarations: ResolvedDeclarations,
  names: OrganizationNames,
): readonly DeclaredGrant[] {
  return credential.roleDivisions.map((declared) => ({
    ...declared,
    words: `role ${declared.roleKey ?? declared.roleName ?? ""} in division ${declared.division}`,
    pairs: declaredPairs(declared, declarations, names),
  }));
}

function has(held: readonly RoleDivision[], pair: RoleDivision): boolean {
  return held.some((one) => isSame(one, pair));
}

function isSame(left: RoleDivision, right: RoleDivision): boolean {
  return left.roleId === right.roleId && left.divisionId === right.divisionId;
}
