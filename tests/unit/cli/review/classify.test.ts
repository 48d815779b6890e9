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
      "BREAKS",
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
      "the permissions of the boundary gain users:*",
    ],
    [
      "shorter tokens",
      {},
      { accessTokenValiditySeconds: 300 },
      "NARROWED",
      "token validity 3600 s (1 hour) -> 300 s (5 minutes)",
    ],
    [
      "the long tokens of SCIM",
      {},
      { accessTokenValiditySeconds: 38_880_000, usedFor: "scim" },
      "WIDENED",
      "token validity 3600 s (1 hour) -> 38880000 s (450 days, as Genesys allows for SCIM alone; nobody can call a token back)",
    ],
    ["used for SCIM alone", {}, { usedFor: "scim" }, "WIDENED", "used for anything -> scim"],
    ["no longer used for SCIM alone", { usedFor: "scim" }, {}, "NARROWED", "used for scim -> anything"],
    ["working again", { state: "inactive" }, {}, "WIDENED", "works again"],
    [
      "another organisation",
      { organization: { id: "one" } },
      { organization: { id: "two" } },
      "BREAKS",
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

  it("a rollback whose present client goes says that its copies stop", () => {
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
    expect(review.verdict).toBe("BREAKS");
    expect(linesOf(review)).toContain(
      "crm-sync rotated: back to generation 1 from 2; copies of the present secret stop working",
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

  const withGeneral = (
    before: readonly string[] | undefined,
    after: readonly string[] | undefined,
  ): object => {
    const inputs = (generalPermissions: readonly string[] | undefined): object => ({
      permissionPolicies: [queue({})],
      ...(generalPermissions === undefined ? {} : { generalPermissions }),
    });
    return step("role", "reader", "update", { ...inputs(before) }, { ...inputs(after) }, { id: "role-id" });
  };

  it("general permissions are shown as they come and go; all but the usual one are a risk", () => {
    const gained = reviewOf([withGeneral(undefined, ["admin", "employee"]), holder]);
    expect(gained.verdict).toBe("WIDENED");
    expect(linesOf(gained)).toEqual([
      "crm-sync wider: general permission admin in Sales [privilege escalation]",
      "crm-sync wider: general permission employee in Sales",
    ]);
    const lost = reviewOf([withGeneral(["employee", "group_creation"], ["employee"]), holder]);
    expect([lost.verdict, linesOf(lost)]).toEqual([
      "NARROWED",
      ["crm-sync narrower: loses general permission group_creation in Sales"],
    ]);
  });

  it("no exclusion of a permission is one of a general permission; one of the risk is", () => {
    const review = (exclusion: object) =>
      reviewOf([withGeneral(undefined, ["admin"]), holder], {
        exclusions: [{ credential: "*", reason: "agreed", expiresOn: "2027-01-01", ...exclusion }],
        forbidWildcards: true,
        forbidAllDivisions: false,
      });
    expect(linesOf(review({ permission: "*:*:*" })).join()).toContain("[privilege escalation]");
    expect(linesOf(review({})).join()).not.toContain("[privilege escalation]");
  });

  it("what is not in the catalogue is told beside the permission, and when the word is taken out", () => {
    const inputs = (unlisted: readonly string[]): Record<string, unknown> => ({
      permissionPolicies: [queue({})],
      ...(unlisted.length === 0 ? {} : { unlisted }),
    });
    const change = (before: readonly string[], after: readonly string[]) =>
      linesOf(
        reviewOf([
          step("role", "reader", "update", inputs(before), inputs(after), { id: "role-id" }),
          holder,
        ]),
      );
    expect(change([], ["routing:queue:view"])).toEqual([
      "role reader wider: routing:queue:view is declared although it is not in this organisation's catalogue (unlisted: true): nothing tells " +
        "whether it is misspelt, or what it will allow",
    ]);
    expect(change(["routing:queue:view"], [])).toEqual([
      "role reader neutral: routing:queue:view is no longer declared as one that is not in this organisation's catalogue",
    ]);
  });

  it("a dropped condition is wider, and the other way round narrower", () => {
    const condition = { resourceConditionNode: { variableName: "media", operator: "EQ" } };
    const dropped = reviewOf([role(queue(condition), queue({})), holder]);
    expect(linesOf(dropped)).toEqual([
      "crm-sync wider: routing:queue:view in Sales (was bound to a condition)",
    ]);
    expect(reviewOf([role(queue({}), queue(condition)), holder]).verdict).toBe("NARROWED");
  });

  it("the order of a condition's keys is an update by which nobody gains or loses anything", () => {
    const one = queue({ resourceConditionNode: { variableName: "media", operator: "EQ" } });
    const other = queue({ resourceConditionNode: { operator: "EQ", variableName: "media" } });
    const review = reviewOf([role(one, other), holder]);
    expect(review.verdict).toBe("NEUTRAL");
    expect(linesOf(review)).toEqual([
      "role reader neutral: update of the role reader; nobody gains or loses anything by that",
    ]);
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
    [
      {},
      { kmsKeyId: "alias/one" },
      "crm-sync narrower: encryption key of the account -> alias/one: whoever reads the secret needs the right to use it",
    ],
    [
      { kmsKeyId: "alias/one" },
      { kmsKeyId: "alias/two" },
      "crm-sync narrower: encryption key alias/one -> alias/two: whoever reads the secret needs the right to use it",
    ],
    [
      { kmsKeyId: "alias/one" },
      {},
      "crm-sync neutral: encryption key alias/one is not declared any more; AWS keeps it until it is taken off there (SECRET_KEY_STAYS in docs/errors.md)",
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

it.each<[string, object, object, ...string[]]>([
  ["what no rule knows", { limits: [] }, { limits: ["admin"] }, 'wider: limits [] -> ["admin"]'],
  [
    "what no rule knows and every object inherits",
    {},
    { constructor: ["admin"], toString: 1 },
    'wider: constructor not set -> ["admin"]',
    "wider: toString not set -> 1",
  ],
  [
    "its organisation, which its clients tell",
    { organization: {} },
    { organization: { id: "one" } },
    "neutral: update of the role reader: organization; nobody gains or loses anything by that",
  ],
])("of a role: %s", (_what, before, after, ...lines) => {
  const role = (more: object): object => ({ name: "Reader", permissionPolicies: [], ...more });
  const review = reviewOf([
    step("role", "reader", "update", { ...role(before) }, { ...role(after) }, { id: "r-1" }),
  ]);
  expect(linesOf(review)).toEqual(lines.map((line) => `role reader ${line}`));
});
