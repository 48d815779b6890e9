// Wildcards, conditions, restricted credentials and the grant types of people: what right declarations resolve to, what is refused.
import { type ResolvedCredential, type ResolvedRole } from "../../../declarations/resolve";
import { parse, problemsOf } from "./declaring";

function roleOf(role: Record<string, unknown>): ResolvedRole {
  return parse({ roles: { reader: role } }).roles[0]!;
}

function credentialOf(
  credential: Record<string, unknown>,
  roles: Record<string, unknown> = {},
): ResolvedCredential {
  return parse({ roles, credentials: { report: credential } }).credentials[0]!;
}

const queue = (id: string) => ({
  variable: "Conversation.queues",
  operator: "EQ",
  operands: [{ queue: id }],
});
const queueNode = (id: string) => ({
  variableName: "Conversation.queues",
  operator: "EQ",
  operands: [{ type: "QUEUE", queue: { id } }],
});

describe("wildcards", () => {
  test.each(["routing:queue:*", "routing:*:*", "routing:*:view"])("%s is refused by default", (wildcard) => {
    expect(problemsOf({ roles: { reader: { permissions: ["a:b:c", wildcard] } } })).toEqual([
      {
        path: "genesys-credentials:roles.reader.permissions[1]",
        problem: `"${wildcard}" holds a wildcard`,
        remedy: expect.stringMatching(/name each action.*allowWildcards: true/) as string,
      },
    ]);
  });

  test("are kept apart from the permissions where the role allows them", () => {
    const role = roleOf({
      allowWildcards: true,
      permissions: ["routing:*:view", "a:b:c", "routing:*:view", "analytics:*:*"],
    });
    expect(role.wildcards).toEqual(["analytics:*:*", "routing:*:view"]);
    expect(role.permissionPolicies).toEqual([{ domain: "a", entityName: "b", actionSet: ["c"] }]);
  });

  test("nothing of them is in a role without any, whatever it allows", () => {
    expect(roleOf({ allowWildcards: true, permissions: ["a:b:c"] })).not.toHaveProperty("wildcards");
  });
});

describe("conditions", () => {
  test("every operand and both groups, in Genesys's form", () => {
    const when = {
      all: [
        queue("q-1"),
        {
          any: [
            { variable: "a", operator: "IN", operands: [{ user: "u" }, { team: "t" }, "text", 5, true] },
            { variable: "b", operator: "GE", operands: [{ variable: "c" }] },
          ],
        },
      ],
    };
    const { permissionPolicies } = roleOf({ permissions: [{ permission: "quality:evaluation:view", when }] });
    expect(permissionPolicies).toEqual([
      {
        domain: "quality",
        entityName: "evaluation",
        actionSet: ["view"],
        resourceConditionNode: {
          conjunction: "AND",
          terms: [
            {
              conjunction: "OR",
              terms: [
                {
                  variableName: "a",
                  operator: "IN",
                  operands: [
                    { type: "SCALAR", value: "5" },
                    { type: "SCALAR", value: "text" },
                    { type: "SCALAR", value: "true" },
                    { type: "TEAM", team: { id: "t" } },
                    { type: "USER", user: { id: "u" } },
                  ],
                },
                { variableName: "b", operator: "GE", operands: [{ type: "VARIABLE", value: "c" }] },
              ],
            },
            queueNode("q-1"),
          ],
        },
      },
    ]);
  });

  test("a single comparison becomes a group of one, the form that Genesys is known to take", () => {
    const [policy] = roleOf({ permissions: [{ permission: "a:b:c", when: queue("q") }] }).permissionPolicies;
    expect(policy?.resourceConditionNode).toEqual({ conjunction: "AND", terms: [queueNode("q")] });
  });

  test("permissions under the same condition share a policy, under another one they do not", () => {
    const { permissionPolicies } = roleOf({
      permissions: [
        { permission: "a:b:c", when: { any: [queue("1"), queue("2")] } },
        { permission: "a:b:d", when: { any: [queue("2"), queue("1")] } },
        { permission: "a:b:e", when: queue("1") },
        { permission: "a:b:f" },
        "a:b:g",
      ],
    });
    expect(permissionPolicies.map(({ actionSet }) => actionSet)).toEqual([["f", "g"], ["e"], ["c", "d"]]);
  });

  test("a condition that another entry cancels is a mistake", () => {
    const conditional = { permission: "a:b:c", when: queue("1") };
    for (const unconditional of ["a:b:c", "a:b:*", { permission: "a:b:c" }]) {
      const role = { allowWildcards: true, permissions: [conditional, unconditional] };
      expect(problemsOf({ roles: { reader: role } })).toEqual([
        {
          path: "genesys-credentials:roles.reader.permissions[0]",
          problem: '"a:b:c" under a condition is also given without one, by permissions[1]',
          remedy: "remove one of the two",
        },
      ]);
    }
  });

  test("groups go two levels deep, which is enough for every combination", () => {
    const nested = { all: [{ any: [{ all: [queue("1")] }] }] };
    expect(
      problemsOf({ roles: { reader: { permissions: [{ permission: "a:b:c", when: nested }] } } }),
    ).not.toEqual([]);
  });
});

describe("a restricted credential", () => {
  const roles = {
    reader: { permissions: ["analytics:conversationDetail:view", "routing:queue:view"] },
    wide: { allowWildcards: true, permissions: ["analytics:*:view"] },
  };

  test.each([
    [["analytics:*", "routing:*"]],
    [["analytics:*:*", "routing:queue:*"]],
    [["analytics:conversationDetail:view", "routing:queue:view"]],
  ])("is right when every permission is inside %j", (allow) => {
    const credential = credentialOf({ type: "restricted", allow, roles: ["reader"] }, roles);
    expect(credential).toMatchObject({ type: "restricted", allow, accessTokenValiditySeconds: 3600 });
  });

  test("a general one has neither a boundary nor another validity", () => {
    const credential = credentialOf({ roles: ["reader"] }, roles);
    expect(credential).toMatchObject({ type: "general", accessTokenValiditySeconds: 86_400 });
    expect(credential).not.toHaveProperty("allow");
  });

  test("a wildcard of a role is inside only what covers it for ever", () => {
    const within = (allow: string[]) =>
      problemsOf({ roles, credentials: { x: { type: "restricted", allow, roles: ["wide"] } } });
    expect(within(["analytics:*"])).toEqual([]);
    expect(within(["analytics:*:view"])).toEqual([]);
    expect(within(["analytics:conversationDetail:view"])).toHaveLength(1);
  });

  test("every violation is listed at its own place", () => {
    const credential = {
      type: "restricted",
      allow: ["routing:*"],
      roles: ["reader", { role: "wide", divisions: ["*"] }, { existing: "employee" }],
      accessTokenValiditySeconds: 3601,
    };
    const shown = problemsOf({ roles, credentials: { report: credential } });
    expect(
      shown.map(
        ({ path, problem }) => `${path.replace("genesys-credentials:credentials.report.", "")}: ${problem}`,
      ),
    ).toEqual([
      "accessTokenValiditySeconds: 3601 is above 3600, the longest of a restricted credential",
      'roles[0]: the role "reader" allows analytics:conversationDetail:view, outside the credential\'s boundary',
      'roles[1].divisions: a restricted credential must not hold a role in every division ("*")',
      'roles[1]: the role "wide" allows analytics:*:view, outside the credential\'s boundary',
      'roles[2].existing: "employee" is not declared in this stack, so what it allows cannot be checked',
    ]);
  });

  test("many permissions outside are cut short", () => {
    const permissions = Array.from({ length: 15 }, (_, index) => `a:b:c${index}`);
    const [problem] = problemsOf({
      roles: { wide: { permissions } },
      credentials: { x: { type: "restricted", allow: ["routing:*"], roles: ["wide"] } },
    });
    expect(problem?.problem).toMatch(/a:b:c0, .*a:b:c9 and 5 more, outside/);
  });
});

describe("grant types of people", () => {
  test("an authorization code client", () => {
    const credential = credentialOf({
      grantType: "CODE",
      redirectUris: ["https://b.example/cb", "http://127.0.0.1:8080/cb", "https://b.example/cb"],
      scopes: ["routing", "analytics:readonly"],
    });
    expect(credential).toMatchObject({
      authorizedGrantType: "CODE",
      roleDivisions: [],
      registeredRedirectUri: ["http://127.0.0.1:8080/cb", "https://b.example/cb"],
      scope: ["analytics:readonly", "routing"],
    });
  });

  test.each(["SAML2-BEARER", "PASSWORD"])("%s needs neither redirect URIs nor scopes", (grantType) => {
    expect(credentialOf({ grantType })).toMatchObject({
      authorizedGrantType: grantType,
      registeredRedirectUri: [],
      scope: [],
    });
  });

  test("client credentials carry neither", () => {
    const credential = credentialOf({ roles: [{ existing: "employee" }] });
    expect(credential).not.toHaveProperty("registeredRedirectUri");
    expect(credential).not.toHaveProperty("scope");
  });

  test.each([
    ["code", "CODE"],
    ["SAML2BEARER", "SAML2-BEARER"],
    ["client_credentials", "CLIENT-CREDENTIALS"],
  ])("%s is met with %s", (written, meant) => {
    const [problem] = problemsOf({ credentials: { x: { grantType: written } } });
    expect(problem?.remedy).toBe(`did you mean ${meant}?`);
  });

  test("the implicit grant is refused with the dates of its end and what to use instead", () => {
    expect(
      problemsOf({ credentials: { x: { grantType: "TOKEN", redirectUris: ["https://a.example"] } } }),
    ).toEqual([
      {
        path: "genesys-credentials:credentials.x.grantType",
        problem: expect.stringMatching(/implicit grant.*March 2026.*March 2027/) as string,
        remedy: expect.stringContaining("CODE") as string,
      },
    ]);
  });

  test.each(["redirectUris", "scopes", "allow"])(
    "mistakes of a CODE client in %s do not hide others",
    (key) => {
      const problems = problemsOf({ credentials: { x: { grantType: "CODE", [key]: [5], roles: ["none"] } } });
      expect(problems.map(({ path }) => path)).toEqual(
        expect.arrayContaining([
          `genesys-credentials:credentials.x.${key}[0]`,
          "genesys-credentials:credentials.x.roles",
        ]),
      );
    },
  );
});
