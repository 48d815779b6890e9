// The review's verdicts against brute force: every grant is expanded into all tuples of a small world, and sets are compared.
import fc from "fast-check";
import { classify } from "../../cli/review/classify/classify";
import { defaultSettings } from "../../cli/review/classify/exclusions";
import { beyond, distinctGrants, type Grant } from "../../genesys/knowledge/grant";
import { parsePreview } from "../../cli/review/plan/preview";
import { planOf } from "../../cli/review/plan/stackPlan";

/** Names, and one that nobody has thought of yet: only a wildcard holds it. */
const domains = ["routing", "analytics", "tomorrow"];
const entities = ["queue", "skill", "tomorrow"];
const actions = ["view", "edit", "tomorrow"];
const divisions = ["home", "Sales", "tomorrow"];
const conditions = ["c1", "c2", "otherwise"];

const written = (names: readonly string[]): fc.Arbitrary<string> =>
  fc.constantFrom(...names.filter((name) => name !== "tomorrow"), "*");
const policy = fc.record({
  domain: written(domains),
  entityName: written(entities),
  actionSet: fc.uniqueArray(written(actions), { minLength: 1, maxLength: 2 }),
  condition: fc.option(fc.constantFrom("c1", "c2"), { nil: undefined, freq: 3 }),
});
const role = fc.array(policy, { minLength: 1, maxLength: 2 });
type Role = (typeof role extends fc.Arbitrary<infer T> ? T : never) & object;
const use = fc.record({ role: fc.constantFrom(0, 1), division: written(divisions) });
const side = fc.record({
  roles: fc.tuple(role, role),
  uses: fc.uniqueArray(use, { minLength: 1, maxLength: 3, selector: (one) => JSON.stringify(one) }),
});
type Side = typeof side extends fc.Arbitrary<infer T> ? T : never;

const expand = (part: string, names: readonly string[]): readonly string[] => (part === "*" ? names : [part]);

/** Every tuple of the small world that the side allows. */
function everyTuple({ roles, uses }: Side): Set<string> {
  const tuples = new Set<string>();
  for (const { role: index, division } of uses) {
    for (const one of roles[index]) {
      for (const action of one.actionSet) {
        for (const parts of product(
          expand(one.domain, domains),
          expand(one.entityName, entities),
          expand(action, actions),
          expand(division, divisions),
          one.condition === undefined ? conditions : [one.condition],
        )) {
          tuples.add(parts);
        }
      }
    }
  }
  return tuples;
}

function product(...lists: (readonly string[])[]): string[] {
  return lists.reduce<string[]>(
    (texts, list) => texts.flatMap((text) => list.map((name) => `${text}/${name}`)),
    [""],
  );
}

const urn = (type: string, name: string): string => `urn:pulumi:dev::genesys-credentials::${type}::${name}`;
const roleType = "pulumi-nodejs:dynamic/genesys:Role";
const clientType = "pulumi-nodejs:dynamic/genesys:OAuthClient";

/** A preview as the engine prints it, with everything that stays the same. */
function previewOf(before: Side, after: Side): string {
  const roleState = (roles: readonly Role[], index: number): object => ({
    urn: urn(roleType, `role-${index}`),
    type: roleType,
    id: `role-id-${index}`,
    inputs: {
      name: `role-${index}`,
      permissionPolicies: (roles[index] as Side["roles"][number]).map(({ condition, ...one }) => ({
        ...one,
        ...(condition === undefined ? {} : { resourceConditionNode: { variableName: condition } }),
      })),
    },
  });
  const clientState = ({ uses }: Side): object => ({
    urn: urn(clientType, "nightly-report-a"),
    type: clientType,
    id: "client-id",
    inputs: {
      generation: 0,
      state: "active",
      accessTokenValiditySeconds: 3600,
      roleDivisions: uses.map(({ role: index, division }) => ({ roleId: `role-id-${index}`, division })),
    },
  });
  const step = (oldState: object, newState: object): object => ({
    op: JSON.stringify(oldState) === JSON.stringify(newState) ? "same" : "update",
    urn: (oldState as { urn: string }).urn,
    oldState,
    newState: { ...newState, id: undefined },
  });
  return JSON.stringify({
    steps: [
      ...[0, 1].map((index) => step(roleState(before.roles, index), roleState(after.roles, index))),
      step(clientState(before), clientState(after)),
    ],
  });
}

describe("verdicts against brute force", () => {
  it("wider and narrower exactly when tuples come and go", () => {
    fc.assert(
      fc.property(side, side, (before, after) => {
        const review = classify(planOf(parsePreview(previewOf(before, after), "test")), defaultSettings, 0);
        const ofCredential = review.findings.filter(({ subject }) => subject === "nightly-report");
        const [was, is] = [everyTuple(before), everyTuple(after)];
        const gains = [...is].some((tuple) => !was.has(tuple));
        const loses = [...was].some((tuple) => !is.has(tuple));
        expect({
          gains: ofCredential.some(({ direction }) => direction === "wider"),
          loses: ofCredential.some(({ direction }) => direction === "narrower"),
        }).toEqual({ gains, loses });
      }),
      { numRuns: 1500 },
    );
  });

  it("another order changes nothing", () => {
    fc.assert(
      fc.property(side, (one) => {
        const turned: Side = { ...one, uses: [...one.uses].reverse() };
        const review = classify(planOf(parsePreview(previewOf(one, turned), "test")), defaultSettings, 0);
        expect(review.findings.filter(({ direction }) => direction !== "neutral")).toEqual([]);
      }),
    );
  });

  it("a list of grants without the covered ones allows the same", () => {
    const grant: fc.Arbitrary<Grant> = fc
      .record({
        domain: written(domains),
        entity: written(entities),
        action: written(actions),
        division: written(divisions),
      })
      .map((one) => one);
    fc.assert(
      fc.property(fc.array(grant, { maxLength: 8 }), (grants) => {
        const distinct = distinctGrants(grants);
        expect(beyond(grants, distinct)).toEqual([]);
        expect(beyond(distinct, grants)).toEqual([]);
        for (const [index, one] of distinct.entries()) {
          expect(
            beyond(
              [one],
              distinct.filter((_other, place) => place !== index),
            ),
          ).toEqual([one]);
        }
      }),
    );
  });
});
