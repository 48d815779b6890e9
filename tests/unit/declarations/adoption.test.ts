// `adopt`: what may be written, what it resolves to, and which client it concerns.
import { adoptionIn, clientNameIn, isSecretKept } from "../../../declarations/adoption";
import { parse, problemsOf } from "./declaring";

const clientId = "4B1C7E52-0A6F-4D0E-9A57-5E1F3C2B8D91";
const canonical = clientId.toLowerCase();
const roles = [{ existing: "employee" }];

function credentialWith(adopt: unknown, more: object = {}): { credentials: Record<string, unknown> } {
  return { credentials: { report: { roles, adopt, ...more } } };
}

function resolved(adopt: unknown, more: object = {}) {
  return parse(credentialWith(adopt, more)).credentials[0]!;
}

function rolesWith(...adopts: unknown[]): { roles: Record<string, unknown> } {
  return {
    roles: Object.fromEntries(
      adopts.map((adopt, index) => [`role-${index}`, { permissions: ["routing:queue:view"], adopt }]),
    ),
  };
}

describe("a right adoption", () => {
  it("is absent where it is not written", () => {
    expect(parse({ credentials: { report: { roles } } }).credentials[0]).not.toHaveProperty("adopt");
    expect(parse(rolesWith(undefined)).roles[0]).not.toHaveProperty("adopt");
  });

  it("has its ids in one spelling, and its name only where one is written", () => {
    expect(resolved({ clientId, secret: "keep" }).adopt).toEqual({ clientId: canonical, secret: "keep" });
    expect(resolved({ clientId, secret: "regenerate", name: "Nightly Report" }).adopt).toEqual({
      clientId: canonical,
      secret: "regenerate",
      name: "Nightly Report",
    });
    expect(parse(rolesWith({ roleId: clientId })).roles[0]?.adopt).toEqual({ roleId: canonical });
    expect(parse(rolesWith({ roleId: "Role_1" })).roles[0]?.adopt).toEqual({ roleId: "Role_1" });
  });

  it("is allowed for a restricted credential and for grant types of people", () => {
    const adopt = { clientId, secret: "keep" };
    expect(
      problemsOf({
        roles: { reader: { permissions: ["routing:queue:view"] } },
        credentials: { report: { type: "restricted", allow: ["routing:*"], roles: ["reader"], adopt } },
      }),
    ).toEqual([]);
    expect(
      problemsOf({
        credentials: { portal: { grantType: "CODE", redirectUris: ["https://a.example.com/x"], adopt } },
      }),
    ).toEqual([]);
  });
});

describe("a mistake in it has a path, a problem and a remedy", () => {
  const cases: readonly [string, unknown, string, RegExp][] = [
    ["a text", clientId, "adopt", /is not a map/],
    ["nothing", null, "adopt", /is not a map/],
    ["no client id", { secret: "keep" }, "adopt.clientId", /is missing/],
    [
      "a name in place of the id",
      { clientId: "Nightly Report", secret: "keep" },
      "adopt.clientId",
      /is not an id/,
    ],
    ["a number", { clientId: 5, secret: "keep" }, "adopt.clientId", /is not text/],
    ["a path in place of the id", { clientId: "../x", secret: "keep" }, "adopt.clientId", /is not an id/],
    ["no word on the secret", { clientId }, "adopt.secret", /is missing/],
    ["another word", { clientId, secret: "forget" }, "adopt.secret", /is not one of keep, regenerate/],
    ["a blank name", { clientId, secret: "keep", name: " " }, "adopt.name", /is blank/],
    ["a misspelt key", { clientID: clientId, secret: "keep" }, "adopt.clientID", /no setting has this name/],
    ["a key of roles", { clientId, secret: "keep", roleId: "x" }, "adopt.roleId", /no setting has this name/],
  ];
  it.each(cases)("%s", (_name, adopt, path, problem) => {
    const [first, ...more] = problemsOf(credentialWith(adopt));
    expect(more).toEqual([]);
    expect(first?.path).toBe(`genesys-credentials:credentials.report.${path}`);
    expect(first?.problem).toMatch(problem);
    expect(first?.remedy).not.toBe("");
  });

  it("never shows the secret that somebody writes in place of the word", () => {
    const [problem] = problemsOf(credentialWith({ clientId, secret: "canary-aB3dE6gH9kL2mN5pQ8sT1v" }));
    expect(JSON.stringify(problem)).not.toContain("canary-");
  });

  it("of a role", () => {
    const paths = (adopt: unknown): string[] => problemsOf(rolesWith(adopt)).map(({ path }) => path);
    expect(paths({})).toEqual(["genesys-credentials:roles.role-0.adopt.roleId"]);
    expect(paths({ roleId: "a b" })).toEqual(["genesys-credentials:roles.role-0.adopt.roleId"]);
    expect(paths({ roleId: "x", secret: "keep" })).toEqual(["genesys-credentials:roles.role-0.adopt.secret"]);
  });
});

describe("one object of Genesys taken over twice", () => {
  it("is a mistake of the second credential, in whatever case the ids are written", () => {
    const [problem, ...more] = problemsOf({
      credentials: {
        one: { roles, adopt: { clientId, secret: "keep" } },
        two: { roles, adopt: { clientId: canonical, secret: "regenerate" } },
        three: { roles, adopt: { clientId: "other", secret: "keep" } },
      },
    });
    expect(more).toEqual([]);
    expect(problem).toEqual({
      path: "genesys-credentials:credentials.two.adopt.clientId",
      problem: `the credentials "one" and "two" adopt the same OAuth client "${canonical}"`,
      remedy: "let one of them adopt it, and have the other made by leaving adopt out",
    });
  });

  it("is one of roles too, and is told beside other mistakes", () => {
    const problems = problemsOf({
      ...rolesWith({ roleId: clientId }, { roleId: clientId }),
      credentials: { report: { roles, adopt: 5 } },
    });
    expect(problems.map(({ path }) => path).sort()).toEqual([
      "genesys-credentials:credentials.report.adopt",
      "genesys-credentials:roles.role-1.adopt.roleId",
    ]);
  });
});

describe("which client it concerns", () => {
  const adopt = { clientId, secret: "keep", name: "Nightly Report" };

  it.each([
    [0, "previous", ["a"], true],
    [1, "previous", ["a"], false],
    [2, "previous", [], false],
    [3, "previous", [], false],
    [0, "none", ["a"], true],
    [1, "none", [], false],
  ] as const)("at generation %i with overlap %s: %j", (generation, overlap, slots, isKept) => {
    const credential = resolved(adopt, { rotation: { generation, overlap } });
    const concerned = credential.slots.filter((slot) => adoptionIn(credential, slot) !== undefined);
    expect(concerned.map(({ slot }) => slot)).toEqual(slots);
    expect(isSecretKept(credential)).toBe(isKept);
    for (const slot of credential.slots) {
      expect(clientNameIn(credential, "dev", slot)).toBe(
        slot.generation === 0 ? "Nightly Report" : `report-dev-${slot.slot}`,
      );
    }
  });

  it("without a name is called as any other, and a new secret is stored at once", () => {
    const credential = resolved({ clientId, secret: "regenerate" });
    expect(clientNameIn(credential, "dev", credential.slots[0]!)).toBe("report-dev-a");
    expect(isSecretKept(credential)).toBe(false);
  });
});
