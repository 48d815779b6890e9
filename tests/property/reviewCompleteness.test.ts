// What the engine would change is in the review, whatever it is: NO CHANGE means that the engine has none.
import fc from "fast-check";
import { itemsOf } from "../../cli/review/render/items";
import { clientInputs, reviewOf, step } from "../unit/cli/review/planning";

type Kind = "client" | "role" | "secret" | "pair" | "integration" | "identity";

const text = fc.constantFrom("one", "two", "three");
const list = fc.uniqueArray(text, { maxLength: 3 });

/** Inputs of each kind with values that they may have, and one of which no rule knows. */
const inputsOf: Readonly<Record<Kind, Readonly<Record<string, fc.Arbitrary<unknown>>>>> = {
  client: {
    name: text,
    description: text,
    generation: fc.integer({ min: 0, max: 3 }),
    state: fc.constantFrom("active", "inactive"),
    accessTokenValiditySeconds: fc.constantFrom(300, 3600),
    authorizedGrantType: fc.constantFrom("CLIENT-CREDENTIALS", "CODE"),
    type: fc.constantFrom("general", "restricted"),
    usedFor: fc.constantFrom("scim"),
    roleDivisions: fc.uniqueArray(
      fc.record({
        roleName: fc.constantFrom("employee", "admin"),
        division: fc.constantFrom("home", "Sales"),
      }),
      { maxLength: 2 },
    ),
    rotation: fc.record({ clients: fc.constantFrom("keep", "replace") }),
    allow: list,
    scope: list,
    registeredRedirectUri: list,
    allowedAddresses: fc.uniqueArray(fc.constantFrom("192.0.2.1", "192.0.2.2"), { minLength: 1 }),
    identity: text,
    owner: text,
    organization: fc.record({ id: text }),
    names: fc.record({ divisions: list }),
    inventedYesterday: text,
  },
  role: {
    name: text,
    description: text,
    permissionPolicies: fc.uniqueArray(
      fc.record({ domain: text, entityName: text, actionSet: fc.constantFrom(["view"], ["edit", "view"]) }),
      { maxLength: 2 },
    ),
    generalPermissions: list,
    unlisted: list,
    deployerDivisions: list,
    grantToDeployer: fc.boolean(),
    inventedYesterday: text,
  },
  secret: {
    name: text,
    description: text,
    recoveryWindowInDays: fc.constantFrom(0, 7, 30),
    kmsKeyId: fc.constantFrom("alias/one", "alias/two"),
    region: fc.constantFrom("eu-west-1", "us-east-1"),
    tags: fc.record({ team: text }),
    tagsAll: fc.record({ team: text }),
    inventedYesterday: text,
  },
  pair: {
    generation: fc.integer({ min: 0, max: 3 }),
    state: fc.constantFrom("active", "inactive"),
    keys: fc.constantFrom("camel", "snake"),
    apiUrl: text,
    tokenUrl: text,
    versionStage: fc.constantFrom("AWSCURRENT", "AWSPREVIOUS"),
    secretName: text,
    aws: fc.record({ region: text }),
    inventedYesterday: text,
  },
  integration: { name: text, existingId: text, versionId: text, inventedYesterday: text },
  identity: { generations: fc.record({ report: fc.integer() }), roles: fc.record({ reader: text }) },
};

type Inputs = Readonly<Record<string, unknown>>;

/** What each kind has when it is made; the rest is optional. */
const base: Readonly<Record<Kind, Inputs>> = {
  client: clientInputs,
  role: { name: "reader", permissionPolicies: [] },
  secret: { name: "genesys/dev/report" },
  pair: { generation: 0, state: "active", keys: "camel" },
  integration: { name: "Data actions" },
  identity: { roles: {} },
};

const nameOf: Readonly<Record<Kind, string>> = {
  client: "report-a",
  role: "reader",
  secret: "report",
  pair: "report",
  integration: "report",
  identity: "identity",
};

/** One resource whose state changes in some inputs, to other values, to none, or from none. */
const changed = fc.constantFrom(...(Object.keys(inputsOf) as Kind[])).chain((kind) => {
  const some = fc.record(inputsOf[kind], { requiredKeys: [] });
  return fc.record({
    kind: fc.constant(kind),
    before: some,
    after: some,
    op: fc.constantFrom("update", "replace"),
  });
});

const differs = (one: Inputs, other: Inputs): boolean =>
  Object.keys({ ...one, ...other }).some((key) => JSON.stringify(one[key]) !== JSON.stringify(other[key]));

it("a resource that the engine changes has a line, whichever of its inputs differ", () => {
  fc.assert(
    fc.property(changed, ({ kind, before, after, op }) => {
      const [was, is] = [
        { ...base[kind], ...before },
        { ...base[kind], ...after },
      ];
      const { findings, verdict } = reviewOf([step(kind, nameOf[kind], op, was, is)]);
      expect(findings.length).toBeGreaterThan(0);
      expect(verdict).not.toBe("NO CHANGE");
      expect(itemsOf(findings).length).toBeGreaterThan(0);
    }),
    { numRuns: 600 },
  );
});

it("each input that differs by itself is told", () => {
  fc.assert(
    fc.property(changed, ({ kind, before, after }) => {
      for (const name of Object.keys({ ...before, ...after })) {
        const was = { ...base[kind], ...before };
        const is = Object.fromEntries(
          Object.entries({ ...was, [name]: after[name] }).filter(([, value]) => value !== undefined),
        );
        if (differs(was, is)) {
          const { findings } = reviewOf([step(kind, nameOf[kind], "update", was, is)]);
          expect(findings.map(({ code }) => code)).not.toEqual([]);
        }
      }
    }),
    { numRuns: 300 },
  );
});

it("what the engine leaves alone has none, and any other type of resource has one", () => {
  const idle = fc.constantFrom("same", "refresh");
  fc.assert(
    fc.property(changed, idle, ({ kind, before }, op) => {
      const state = { ...base[kind], ...before };
      expect(reviewOf([step(kind, nameOf[kind], op, state, state)]).verdict).toBe("NO CHANGE");
    }),
  );
  expect(reviewOf([step("policy", "other", "create", undefined, { policy: "{}" })]).findings).toHaveLength(1);
});
