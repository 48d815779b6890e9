// Roles in divisions as an OAuth client holds them: what should be there, what is missing, what is too much (pure).
import { type RoleDivision } from "../../../genesys/knowledge/roleDivisions";
import {
  compareGrants,
  type DeclaredGrant,
  declaredGrants,
  type ExpectedGrant,
  heldInWords,
  type OrganizationNames,
} from "../../world/declaredGrants";
import { type Known } from "../../../common/known";
import { type CredentialFacts } from "../read/auditFacts";
import { type ManagedClient } from "../read/managedClients";
import { type RecordedClient } from "../read/recordedStack";

/** One role that a client should hold, in words: `role "x" in division home`. */
interface TellableGrant extends ExpectedGrant {
  readonly words: string;
}

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
  const { recorded } = client;
  const resolved = recorded?.resolvedRoleDivisions;
  const identity = "value" in stack.recorded ? stack.recorded.value.identity : undefined;
  const declared =
    "value" in names ? declaredGrants(credential, stack.declarations, names.value, identity) : [];
  const expected: readonly TellableGrant[] =
    resolved?.map((pair) => ({ words: pairInWords(pair, names), pairs: [pair] })) ??
    (recorded === undefined ? declared.map((one) => ({ ...one, words: wordsOf(one) })) : []);
  const { missing, extra } = compareGrants(expected, held);
  const pending = recorded === undefined ? [] : declared.filter((one) => isPending(one, recorded));
  return {
    missing: missing
      .filter(({ pairs }) => !pairs.some(({ roleId }) => goneRoles.has(roleId)))
      .map(({ words }) => words),
    extra: resolved === undefined && !("value" in names) ? [] : compareGrants(pending, extra).extra,
  };
}

/** A name that is recorded already means what it meant then, and a name that means several things means none. */
function isPending(
  { declared: { roleName }, division, pairs }: DeclaredGrant,
  recorded: RecordedClient,
): boolean {
  const isRecorded =
    roleName !== undefined &&
    recorded.roleDivisions?.some((one) => one.roleName === roleName && one.division === division) === true;
  return pairs.length === 1 && !isRecorded;
}

function wordsOf({ declared, roleName, division }: DeclaredGrant): string {
  return `role ${declared.roleKey ?? roleName} in division ${division}`;
}

/** `role "x" in division home`; ids where no name is known. */
export function pairInWords(pair: RoleDivision, names: Known<OrganizationNames>): string {
  return "value" in names
    ? heldInWords(pair, names.value)
    : `role ${pair.roleId} in division ${pair.divisionId}`;
}
