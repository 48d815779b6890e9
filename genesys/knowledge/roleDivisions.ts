// Roles in divisions as Genesys holds them: a set of pairs, whatever the order and the repetitions (pure).

/** One role in one division: a grant (docs/genesys-api.md 3.3). */
export interface RoleDivision {
  readonly roleId: string;
  /** A division's id, or `*` for all of them. */
  readonly divisionId: string;
}

/** Each pair once, in the order given: two names may stand for one division. */
export function uniqueRoleDivisions(pairs: readonly RoleDivision[]): RoleDivision[] {
  const byKey = new Map(
    pairs.map((pair) => [pairKey(pair), { roleId: pair.roleId, divisionId: pair.divisionId }]),
  );
  return [...byKey.values()];
}

/** What one set of pairs has and the other lacks. */
export function compareRoleDivisions(
  expected: readonly RoleDivision[],
  actual: readonly RoleDivision[],
): { readonly missing: RoleDivision[]; readonly extra: RoleDivision[] } {
  const expectedKeys = new Set(expected.map(pairKey));
  const actualKeys = new Set(actual.map(pairKey));
  return {
    missing: uniqueRoleDivisions(expected).filter((pair) => !actualKeys.has(pairKey(pair))),
    extra: uniqueRoleDivisions(actual).filter((pair) => !expectedKeys.has(pairKey(pair))),
  };
}

/** Whether two sets of pairs say the same. */
export function isSameRoleDivisions(one: readonly RoleDivision[], other: readonly RoleDivision[]): boolean {
  const { missing, extra } = compareRoleDivisions(one, other);
  return missing.length + extra.length === 0;
}

/** The pair as a text to compare. */
export function pairKey(pair: RoleDivision): string {
  return `${pair.roleId} ${pair.divisionId}`;
}
