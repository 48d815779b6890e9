// What a client's number of roles says about the grants that it holds: learned from clients of which both are known (pure).
import { isSameRoleDivisions, pairKey, type RoleDivision } from "../../../genesys/knowledge/roleDivisions";
import { type OAuthClientEntity } from "../../../genesys/wire";

/** `roles`: the number is that of different roles. `grants`: that of roles in divisions. */
type Measure = "roles" | "grants";

/** How numbers are to be read. */
export interface RoleCountRule {
  /** Several where the sample does not tell them apart; a number then has to fit all of them. */
  readonly measures: readonly Measure[];
  /** Whether grants are what a client's own settings say; else they are a second store, which is empty unless somebody gave something. */
  readonly isOneStore: boolean;
}

const sizes: Readonly<Record<Measure, (pairs: readonly RoleDivision[]) => number>> = {
  roles: (pairs) => new Set(pairs.map(({ roleId }) => roleId)).size,
  grants: (pairs) => new Set(pairs.map(pairKey)).size,
};

/**
 * The rule that a sample shows; undefined where it shows none, or several, or was not asked wholly. A client whose grants are neither its settings nor nothing was
 * given some by hand, and says only what is counted.
 */
export function ruleOf(
  sample: readonly Pick<OAuthClientEntity, "id" | "roleDivisions">[],
  held: ReadonlyMap<string, readonly RoleDivision[]>,
  counts: ReadonlyMap<string, number>,
): RoleCountRule | undefined {
  const stores = new Set<boolean>();
  let measures: readonly Measure[] = ["roles", "grants"];
  for (const { id, roleDivisions = [] } of sample) {
    const grants = held.get(id);
    if (grants === undefined) {
      return undefined;
    }
    if (grants.length > 0 && isSameRoleDivisions(grants, roleDivisions)) {
      stores.add(true);
    } else if (grants.length === 0) {
      stores.add(false);
    }
    measures = measures.filter((measure) => sizes[measure](grants) === counts.get(id));
  }
  const [isOneStore] = stores;
  return stores.size !== 1 || isOneStore === undefined || measures.length === 0
    ? undefined
    : { measures, isOneStore };
}

/** The grants of a client whose number is just what the rule expects; undefined where it has to be asked for. */
export function explainedGrants(
  { measures, isOneStore }: RoleCountRule,
  own: readonly RoleDivision[],
  count: number | undefined,
): readonly RoleDivision[] | undefined {
  const expected = isOneStore ? own : [];
  return measures.every((measure) => sizes[measure](expected) === count) ? expected : undefined;
}
