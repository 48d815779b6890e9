// Declarations in general: order makes no difference, what was resolved resolves to itself, and nothing hostile crashes the check.
import fc from "fast-check";
import { type ConditionNode } from "../../common/conditionNode";
import { parseDeclarations, type RawDeclarations } from "../../declarations/parse";
import { type ResolvedDeclarations } from "../../declarations/resolve";
import { canarySecret, context, fullStack, problemsOf } from "../unit/declarations/declaring";

const key = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,8}$/).filter((text) => text !== "constructor");
const part = fc.stringMatching(/^[A-Za-z0-9_]{1,3}$/);
const permission = fc.tuple(part, part, part).map((parts) => parts.join(":"));
const division = fc.constantFrom("home", "Sales", "Support", "Ünïted");
const comparison = fc.record({
  variable: part,
  operator: fc.constantFrom("EQ", "IN"),
  operands: fc.array(
    fc.oneof(
      part,
      fc.nat(),
      fc.boolean(),
      fc.record({ queue: fc.constantFrom("q1", "q2") }),
      fc.record({ variable: part }),
    ),
    { minLength: 1, maxLength: 3 },
  ),
});
const groupOf = (inner: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> => {
  const terms = fc.array(inner, { minLength: 1, maxLength: 3 });
  return fc.oneof(fc.record({ all: terms }), fc.record({ any: terms }));
};
const condition = fc.oneof(comparison, groupOf(fc.oneof(comparison, groupOf(comparison))));
/** Other names than {@link permission} can have, so that no condition is cancelled. */
const conditional = fc.record({
  permission: part.map((text) => `conditional:${text}:view`),
  when: condition,
});
/** Other names again: the word belongs to every entry of a permission. */
const unlisted = fc.record({
  permission: part.map((text) => `unlisted:${text}:view`),
  unlisted: fc.constant(true),
});
const wildcard = part.map((text) => `wild${text}:*:view`);
const divisions = fc.oneof(fc.uniqueArray(division, { minLength: 1 }), fc.constant(["*"]));

/** Right declarations of every form. */
const declarations: fc.Arbitrary<RawDeclarations> = fc
  .uniqueArray(key, { minLength: 1, maxLength: 4, selector: (text) => text.toLowerCase() }) // as Genesys tells role names apart
  .chain((roleKeys) =>
    fc.record({
      roles: fc.record(
        Object.fromEntries(
          roleKeys.map((roleKey) => [
            roleKey,
            fc.record(
              {
                permissions: fc.array(fc.oneof(permission, conditional, unlisted, wildcard), {
                  minLength: 1,
                }),
                generalPermissions: fc.uniqueArray(fc.constantFrom("employee", "admin", "group_creation")),
                allowWildcards: fc.constant(true),
                grantToDeployer: fc.boolean(),
              },
              { requiredKeys: ["permissions", "allowWildcards"] },
            ),
          ]),
        ),
      ),
      credentials: fc.dictionary(
        key,
        fc.record(
          {
            description: fc.constantFrom("", "Nightly report"),
            roles: fc
              .uniqueArray(fc.constantFrom(...roleKeys), { minLength: 1 })
              .chain((used) =>
                fc.tuple(
                  ...used.map((role) =>
                    fc.oneof(fc.constant(role), fc.record({ role: fc.constant(role), divisions })),
                  ),
                ),
              ),
            rotation: fc.record(
              {
                generation: fc.nat({ max: 999_999_999 }),
                rotatedAt: fc.constantFrom("2026-11-01T10:00:00+01:00", "2026-11-01 09:00:00 +0000 UTC"),
                every: fc.constantFrom("P90D", "P3M"),
                overlap: fc.constantFrom("previous", "none"),
              },
              { requiredKeys: [] },
            ),
            secret: fc.record(
              { keys: fc.constantFrom("camel", "snake"), tags: fc.dictionary(key, fc.constant("x")) },
              { requiredKeys: [] },
            ),
            revoked: fc.boolean(),
          },
          { requiredKeys: ["roles"] },
        ),
        { maxKeys: 4 },
      ),
    }),
  );

/** The same value with the order of every map turned round, and of the lists whose order means nothing. */
function turnedRound(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(turnedRound).reverse();
  }
  return typeof value === "object" && value !== null
    ? Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([name, item]) => [name, turnedRound(item)]),
      )
    : value;
}

/** A condition in Genesys's form, as a person could write it. */
function writtenCondition(node: ConditionNode): unknown {
  if ("terms" in node) {
    return { [node.conjunction === "AND" ? "all" : "any"]: node.terms.map(writtenCondition) };
  }
  const operands = node.operands.map(({ type, value, queue }) =>
    type === "QUEUE" ? { queue: queue?.id } : type === "VARIABLE" ? { variable: value } : value,
  );
  return { variable: node.variableName, operator: node.operator, operands };
}

/** Resolved declarations written out in full, as a person could write them. */
function writtenOut({ roles, credentials }: ResolvedDeclarations): RawDeclarations {
  return {
    roles: Object.fromEntries(
      roles.map(
        ({
          key: roleKey,
          name,
          description,
          grantToDeployer,
          permissionPolicies,
          generalPermissions,
          wildcards = [],
          unlisted: unlistedOnes = [],
        }) => [
          roleKey,
          {
            name,
            description,
            grantToDeployer,
            ...(generalPermissions === undefined ? {} : { generalPermissions }),
            allowWildcards: true,
            permissions: [
              ...wildcards,
              ...permissionPolicies.flatMap(({ domain, entityName, actionSet, resourceConditionNode }) =>
                actionSet.map((action) => {
                  const text = `${domain}:${entityName}:${action}`;
                  const isUnlisted = unlistedOnes.includes(text) ? { unlisted: true } : {};
                  return resourceConditionNode === undefined
                    ? { permission: text, ...isUnlisted }
                    : {
                        permission: text,
                        when: writtenCondition(resourceConditionNode as ConditionNode),
                        ...isUnlisted,
                      };
                }),
              ),
            ],
          },
        ],
      ),
    ),
    credentials: Object.fromEntries(
      credentials.map(
        ({ key: credentialKey, description, roleDivisions, rotation, secret, revoked, ...rest }) => [
          credentialKey,
          {
            description,
            accessTokenValiditySeconds: rest.accessTokenValiditySeconds,
            roles: roleDivisions.map(({ roleKey, roleName, division: where }) =>
              roleKey === undefined
                ? { existing: roleName, divisions: [where] }
                : { role: roleKey, divisions: [where] },
            ),
            rotation,
            secret,
            revoked,
          },
        ],
      ),
    ),
  };
}

const resolve = (raw: RawDeclarations): ResolvedDeclarations => parseDeclarations(raw, context);

test("the order in which things are written makes no difference", () => {
  fc.assert(
    fc.property(declarations, (raw) => {
      expect(JSON.stringify(resolve(turnedRound(raw) as RawDeclarations))).toBe(JSON.stringify(resolve(raw)));
    }),
    { verbose: fc.VerbosityLevel.Verbose },
  );
});

test("what was resolved, written out in full, resolves to itself", () => {
  fc.assert(
    fc.property(declarations, (raw) => {
      const resolved = resolve(raw);
      expect(resolve(writtenOut(resolved))).toEqual(resolved);
    }),
    { verbose: fc.VerbosityLevel.Verbose },
  );
});

test("the deployer holds every declared role wherever a credential uses it", () => {
  fc.assert(
    fc.property(declarations, (raw) => {
      const { roles, credentials } = resolve(raw);
      for (const { roleKey, division: where } of credentials.flatMap(({ roleDivisions }) => roleDivisions)) {
        const held = roles.find((role) => role.key === roleKey)?.deployerDivisions ?? [];
        expect(held.includes("*") || held.includes(where)).toBe(true);
      }
    }),
    { verbose: fc.VerbosityLevel.Verbose },
  );
});

/** Anything, with the names that matter and the secret that must not be seen strewn in. */
const hostileText = fc.oneof(
  fc.constantFrom(
    "__proto__",
    "constructor",
    "roles",
    "existing",
    "*",
    "home",
    "",
    "\u0000",
    "\ud800",
    canarySecret,
  ),
  fc.string({ unit: "binary" }),
);
const hostile = fc.anything({
  key: hostileText,
  values: [
    hostileText,
    fc.constantFrom(null, undefined, Number.NaN, -0, 1e308),
    fc.integer(),
    fc.boolean(),
    fc.bigInt(),
  ],
  withDate: true,
  withMap: true,
  withNullPrototype: true,
  withSet: true,
  withSparseArray: true,
  maxDepth: 4,
});

/** Every place in the full stack, the top included. */
const places: readonly (readonly (string | number)[])[] = placesIn(fullStack(), []);

function placesIn(value: unknown, path: readonly (string | number)[]): (readonly (string | number)[])[] {
  const inner =
    typeof value === "object" && value !== null
      ? Object.entries(value).flatMap(([name, item]) =>
          placesIn(item, [...path, Array.isArray(value) ? Number(name) : name]),
        )
      : [];
  return [path, ...inner];
}

function replaceAt(value: unknown, [first, ...rest]: readonly (string | number)[], by: unknown): unknown {
  if (first === undefined) {
    return by;
  }
  const copy: unknown = Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) };
  const map = copy as Record<string | number, unknown>;
  map[first] = replaceAt(map[first], rest, by);
  return copy;
}

test("nothing hostile, anywhere, ends in anything but a list of printable problems without the secret", () => {
  fc.assert(
    fc.property(fc.constantFrom(...places), hostile, (place, value) => {
      for (const { path, problem, remedy } of problemsOf(replaceAt(fullStack(), place, value))) {
        expect(remedy).not.toBe("");
        expect(`${path}: ${problem}; ${remedy}`).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
        expect(`${path}${problem}${remedy}`).not.toContain(canarySecret);
      }
    }),
    { numRuns: 3000, verbose: fc.VerbosityLevel.Verbose },
  );
});
