// Verdicts on changes that are rarer than those of the golden pull requests.
import { clientInputs, linesOf, reviewOf, step } from "./planning";

const changed = (before: object, after: object): object =>
  step("client", "crm-sync-a", "update", { ...clientInputs, ...before }, { ...clientInputs, ...after });

describe("settings of a client", () => {
  it.each([
    ["restricted to general", { type: "restricted" }, {}, "WIDENED", "type restricted -> general"],
    ["general to restricted", {}, { type: "restricted" }, "NARROWED", "type general -> restricted"],
    [
      "another grant type",
      {},
      { authorizedGrantType: "CODE" },
      "WIDENED",
      "grant type CLIENT-CREDENTIALS -> CODE",
    ],
    [
      "one redirect URI more",
      { registeredRedirectUri: [] },
      { registeredRedirectUri: ["https://a"] },
      "WIDENED",
      "the redirect URIs gain https://a",
    ],
    [
      "a scope less",
      { scope: ["routing", "users"] },
      { scope: ["users"] },
      "NARROWED",
      "the scopes lose routing",
    ],
    [
      "a wider boundary",
      { allow: ["routing:*"] },
      { allow: ["routing:*", "users:*"] },
      "WIDENED",
      "the permission boundary gain users:*",
    ],
    ["shorter tokens", {}, { accessTokenValiditySeconds: 300 }, "NARROWED", "token validity 3600 s -> 300 s"],
    ["working again", { state: "inactive" }, {}, "WIDENED", "works again"],
    [
      "another organisation",
      { organization: { id: "one" } },
      { organization: { id: "two" } },
      "WIDENED",
      "organisation one -> two",
    ],
    [
      "what no rule knows",
      { contactEmail: "a@canary.example" },
      { contactEmail: "b@canary.example" },
      "WIDENED",
      'contactEmail "a@canary.example" -> "b@canary.example"',
    ],
    ["what no rule knows, for the first time", {}, { limits: [1] }, "WIDENED", "limits not set -> [1]"],
  ])("%s", (_what, before, after, verdict, said) => {
    const review = reviewOf([changed(before, after)]);
    expect(review.verdict).toBe(verdict);
    expect(linesOf(review).join("\n")).toContain(said);
  });

  it("a rollback by git revert says so", () => {
    const review = reviewOf([
      step("client", "crm-sync-a", "replace", { ...clientInputs, generation: 2 }, clientInputs),
      step(
        "client",
        "crm-sync-b",
        "same",
        { ...clientInputs, generation: 1 },
        { ...clientInputs, generation: 1 },
      ),
    ]);
    expect(review.verdict).toBe("ROTATED");
    expect(linesOf(review)).toContain(
      "crm-sync rotated: back to generation 1 from 2; every copy of the secret that is in use stops working at the end of this update",
    );
  });

  it("a client whose age is not known is taken for lost", () => {
    const review = reviewOf([step("client", "crm-sync-a", "delete", clientInputs, undefined)]);
    expect(linesOf(review).join()).toContain("its age is not in the state) [irreversible]");
  });
});

describe("roles", () => {
  const queue = (changes: object): object => ({
    domain: "routing",
    entityName: "queue",
    actionSet: ["view"],
    ...changes,
  });
  const role = (before: object, after: object, op = "update"): object =>
    step(
      "role",
      "reader",
      op,
      { permissionPolicies: [before] },
      { permissionPolicies: [after] },
      { id: "role-id" },
    );
  const holder = step(
    "client",
    "crm-sync-a",
    "same",
    { ...clientInputs, roleDivisions: [{ roleId: "role-id", division: "Sales" }] },
    { ...clientInputs, roleDivisions: [{ roleId: "role-id", division: "Sales" }] },
  );

  it("a dropped condition is wider, and the other way round narrower", () => {
    const condition = { resourceConditionNode: { variableName: "media", operator: "EQ" } };
    const dropped = reviewOf([role(queue(condition), queue({})), holder]);
    expect(linesOf(dropped)).toEqual([
      "crm-sync wider: routing:queue:view in Sales (was bound to a condition)",
    ]);
    expect(reviewOf([role(queue({}), queue(condition)), holder]).verdict).toBe("NARROWED");
  });

  it("the order of a condition's keys says nothing", () => {
    const one = queue({ resourceConditionNode: { variableName: "media", operator: "EQ" } });
    const other = queue({ resourceConditionNode: { operator: "EQ", variableName: "media" } });
    expect(reviewOf([role(one, other), holder]).verdict).toBe("NO CHANGE");
  });

  it("a wildcard is wider than all its names, and touches every risk below it", () => {
    const review = reviewOf([role(queue({}), queue({ entityName: "*", actionSet: ["*"] })), holder]);
    expect(linesOf(review)).toEqual(["crm-sync wider: routing:*:* in Sales [configuration]"]);
  });

  it("a role that the preview shows without its holders is judged by itself", () => {
    const review = reviewOf([role(queue({}), queue({ actionSet: ["edit", "view"] }))]);
    expect(review.verdict).toBe("WIDENED");
    expect(review.notes.join()).toContain("--show-sames");
  });

  it("a policy that cannot be read might allow everything", () => {
    const review = reviewOf([role(queue({}), { domain: 7 }), holder]);
    expect(linesOf(review)[0]).toContain("crm-sync wider: *:*:* in Sales");
  });
});

describe("stored secrets", () => {
  const secret = (before: object, after: object): string[] =>
    linesOf(
      reviewOf([step("secret", "crm-sync", "update", { name: "a", ...before }, { name: "a", ...after })]),
    );

  it.each([
    [{}, { kmsKeyId: "alias/one" }, "crm-sync narrower: encryption key of the account -> alias/one"],
    [
      { kmsKeyId: "alias/one" },
      { kmsKeyId: "alias/two" },
      "crm-sync neutral: encryption key alias/one -> alias/two",
    ],
    [
      { kmsKeyId: "alias/one" },
      {},
      "crm-sync neutral: encryption key alias/one is not declared any more; AWS keeps it until the command that SECRET_KEY_STAYS names has been run",
    ],
    [
      { recoveryWindowInDays: 7 },
      { recoveryWindowInDays: 30 },
      "crm-sync neutral: recovery window of the secret 7 -> 30 days",
    ],
  ])("%p -> %p", (before, after, line) => {
    expect(secret(before, after)).toEqual([line]);
  });

  it("a resource policy is never called harmless", () => {
    expect(reviewOf([step("policy", "crm-sync", "update", { policy: "{}" }, { policy: "{}" })]).verdict).toBe(
      "WIDENED",
    );
  });
});

describe("wildcards that are pinned to what they stood for", () => {
  const wildcardRole = (
    actions: readonly string[],
    before: readonly string[] = ["view"],
    was = ["routing:queue:*"],
  ): object => {
    const state = (names: readonly string[], wildcards: readonly string[]): object => ({
      permissionPolicies: [{ domain: "routing", entityName: "queue", actionSet: names }],
      wildcards: Object.fromEntries(wildcards.map((one) => [one, names])),
    });
    return step(
      "role",
      "reader",
      "update",
      { ...state(before, was) },
      { ...state(actions, ["routing:queue:*"]) },
      { id: "role-id" },
    );
  };
  const held = { ...clientInputs, roleDivisions: [{ roleId: "role-id", division: "home" }] };
  const holder = step("client", "crm-sync-a", "same", held, held);

  it("a new one is told beside what it adds", () => {
    expect(linesOf(reviewOf([wildcardRole(["edit", "view"], ["view"], []), holder]))).toEqual([
      "crm-sync wider: routing:queue:edit in home [configuration]",
      "role reader wider: new wildcard routing:queue:*: it stands for what the catalogue holds at this moment [configuration]",
    ]);
  });
  it("what the catalogue has added since is wider too", () => {
    expect(linesOf(reviewOf([wildcardRole(["join", "view"]), holder]))).toEqual([
      "crm-sync wider: routing:queue:join in home [configuration]",
    ]);
  });
});

it.each([
  ["the grant to the deployer", { grantToDeployer: true }, { grantToDeployer: false }, "NEUTRAL"],
  ["what no rule knows", { generalPermissions: [] }, { generalPermissions: ["admin"] }, "WIDENED"],
  [
    "its organisation, which its clients tell",
    { organization: {} },
    { organization: { id: "one" } },
    "NO CHANGE",
  ],
])("of a role: %s", (_what, before, after, verdict) => {
  const role = (more: object): object => ({ name: "Reader", permissionPolicies: [], ...more });
  const review = reviewOf([
    step("role", "reader", "update", { ...role(before) }, { ...role(after) }, { id: "r-1" }),
  ]);
  expect(review.verdict).toBe(verdict);
  expect(linesOf(review)).toEqual(
    {
      NEUTRAL: ["role reader neutral: the deployer is no longer given the role"],
      WIDENED: ['role reader wider: generalPermissions [] -> ["admin"]'],
      "NO CHANGE": [],
    }[verdict],
  );
});
