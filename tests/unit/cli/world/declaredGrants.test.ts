// What a client holds against what is declared.
import { grantDifferences } from "../../../../cli/world/declaredGrants";
import { type RoleEntity } from "../../../../genesys/wire";
import { parse } from "../../declarations/declaring";
import { declaredByOldNames, recordedNames, renamedOrganization } from "../renamedWorld";

const declarations = parse({
  roles: { reader: { permissions: ["routing:queue:view"] } },
  credentials: { job: { roles: [{ role: "reader" }] } },
});
const [credential] = declarations.credentials;
const [role] = declarations.roles;
const identity = "0a1b2c3d4e5f6071";
const names = (...roles: { id: string; marker: string }[]) => ({
  roles: roles.map(
    ({ id, marker }) => ({ id, name: id, description: `[pulumi:${marker}#0:0a]` }) as RoleEntity,
  ),
  divisionIds: new Map(),
  homeDivisionId: "home-id",
});
const at = (roleId: string) => ({ roleId, divisionId: "home-id" });

it("a pair that is told twice is held once, declared or not", () => {
  const known = names({ id: "own", marker: role!.marker });
  const held = [at("own"), at("other"), at("own"), at("other")];
  expect(grantDifferences(credential!, declarations, known, held)).toEqual([
    "it also holds the role other in division home, which is not declared",
  ]);
});

it("a declared role is the one of the stack's identity, whatever the names in its mark", () => {
  const known = names(
    { id: "twin", marker: `f0e1d2c3b4a59687/${role!.marker}` },
    { id: "own", marker: `${identity}/old/prod/reader` },
  );
  expect(grantDifferences(credential!, declarations, known, [at("own")], identity)).toEqual([]);
  expect(grantDifferences(credential!, declarations, known, [at("twin")], identity)).toHaveLength(2);
});

describe("names on record", () => {
  const named = parse(declaredByOldNames);
  const differences = (names: Parameters<typeof grantDifferences>[2], roleId: string, divisionId: string) =>
    grantDifferences(named.credentials[0]!, named, names, [{ roleId, divisionId }]);

  it("mean what they meant, whatever has the name now", () => {
    expect(differences({ ...renamedOrganization, recorded: recordedNames }, "own", "sales-id")).toEqual([]);
    expect(differences({ ...renamedOrganization, recorded: recordedNames }, "twin", "other-id")).toHaveLength(
      2,
    );
    expect(differences(renamedOrganization, "twin", "other-id")).toEqual([]);
  });

  it("mean nothing once that is gone", () => {
    const divisionIds = new Map([["Sales", ["other-id"]]]);
    expect(
      differences({ ...renamedOrganization, divisionIds, recorded: recordedNames }, "own", "other-id")[0],
    ).toContain("no division of that name exists");
  });
});
