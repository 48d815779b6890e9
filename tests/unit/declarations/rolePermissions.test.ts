// What a role may hold besides listed permissions: general ones by their names, and such as this organisation's catalogue does not list.
import { parse, problemsOf, stackWith } from "./declaring";

const role = ["roles", "screener"] as const;
const roleWith = (settings: object) => {
  const raw = stackWith(role, settings);
  const { archive: _archive, ...credentials } = raw.credentials as Record<string, unknown>;
  return { ...raw, credentials };
};
const resolved = (settings: object) => parse(roleWith(settings)).roles.find(({ key }) => key === "screener");
const mistakes = (settings: object) =>
  problemsOf(roleWith(settings)).map(({ path, problem, remedy }) => `${path}: ${problem}; ${remedy}`);
const rolledOut = "workitems:workbin:view";
const place = "genesys-credentials:roles.screener";

describe("general permissions", () => {
  it("are a set, beside permissions or alone", () => {
    expect(
      resolved({
        permissions: ["routing:queue:view"],
        generalPermissions: ["employee", "admin", "employee"],
      }),
    ).toMatchObject({ generalPermissions: ["admin", "employee"] });
    expect(resolved({ generalPermissions: ["employee"] })).toMatchObject({
      generalPermissions: ["employee"],
      permissionPolicies: [],
    });
  });

  it("a role that declares none has no word of them", () => {
    expect(resolved({ permissions: ["routing:queue:view"] })).not.toHaveProperty("generalPermissions");
    expect(resolved({ permissions: ["routing:queue:view"], generalPermissions: [] })).not.toHaveProperty(
      "generalPermissions",
    );
  });

  it.each<[object, RegExp]>([
    [
      { generalPermissions: ["routing:queue:view"] },
      /generalPermissions\[0\]: "routing:queue:view" is a permission of a domain; write it under permissions/,
    ],
    [{ generalPermissions: ["*"] }, /generalPermissions\[0\]: "\*" is not the name of a general permission/],
    [{ generalPermissions: [""] }, /generalPermissions\[0\]: "" is not the name/],
    [{ generalPermissions: "employee" }, /generalPermissions: "employee" is not a list/],
    [{ generalPermissions: [] }, /permissions: is missing/],
    [{}, /permissions: is missing/],
    [{ permisions: ["routing:queue:view"] }, /permisions: no setting has this name/],
  ])("%j is one mistake", (settings, words) => {
    expect(mistakes(settings)).toEqual([expect.stringMatching(words)]);
  });

  it("lie outside every boundary of a restricted credential", () => {
    const raw = stackWith([...role, "generalPermissions"], ["employee"]);
    expect(problemsOf(raw)).toMatchObject([
      {
        path: "genesys-credentials:credentials.archive.roles[0]",
        problem: expect.stringContaining(
          "the general permission employee, outside the credential's boundary",
        ),
      },
    ]);
  });
});

describe("a permission that the catalogue does not list", () => {
  it("is declared one by one, also under a condition", () => {
    const when = { variable: "a", operator: "EQ", operands: ["b"] };
    expect(
      resolved({
        permissions: [
          "routing:queue:view",
          { permission: rolledOut, unlisted: true },
          { permission: "workitems:workitem:view", unlisted: true, when },
          { permission: "audits:audit:view", unlisted: false },
        ],
      }),
    ).toMatchObject({ unlisted: [rolledOut, "workitems:workitem:view"].sort() });
  });

  it("a role without one has no word of it", () => {
    expect(resolved({ permissions: [{ permission: "audits:audit:view" }] })).not.toHaveProperty("unlisted");
  });

  it("is never a wildcard", () => {
    expect(
      mistakes({ allowWildcards: true, permissions: [{ permission: "workitems:*:view", unlisted: true }] }),
    ).toEqual([
      `${place}.permissions[0].permission: "workitems:*:view" holds a wildcard, of which none can be unlisted; name each permission that the ` +
        "catalogue does not list",
    ]);
  });

  it("needs a word that is true or false", () => {
    expect(mistakes({ permissions: [{ permission: rolledOut, unlisted: "yes" }] })).toEqual([
      expect.stringContaining(`${place}.permissions[0].unlisted: "yes" is not true or false`),
    ]);
  });
});
