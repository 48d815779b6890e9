// The names on record, read from whatever a state holds.
import { clientNamesIn, mergedNames, recordedNamesIn } from "../../../genesys/knowledge/recordedNames";

const maps = (divisions: object, existingRoles: object = {}) => ({
  divisions: new Map(Object.entries(divisions)),
  existingRoles: new Map(Object.entries(existingRoles)),
});

it("are read entry by entry; one of another form says nothing", () => {
  const divisions = [
    { name: "Sales", id: "s", more: 1 },
    null,
    { name: "x" },
    { name: "__proto__", id: "p" },
  ];
  const { divisions: read, existingRoles } = recordedNamesIn({ divisions, existingRoles: "none" });
  expect([...read]).toEqual([
    ["Sales", "s"],
    ["__proto__", "p"],
  ]);
  expect(existingRoles.size).toBe(0);
});

it.each([undefined, null, 7, "text", []])("there are none in %p", (properties) => {
  expect(recordedNamesIn(properties)).toEqual(maps({}));
  expect(clientNamesIn(properties)).toEqual(maps({}));
});

it("of a client are what its entries stood for, home and every division aside", () => {
  const roleDivisions = [
    { roleName: "employee", division: "home" },
    { roleId: "r", division: "Sales" },
    { roleName: "exporter", division: "*" },
    { roleName: "without an answer", division: "Support" },
  ];
  const resolvedRoleDivisions = [
    { roleId: "e", divisionId: "h" },
    { roleId: "r", divisionId: "s" },
    { roleId: "x", divisionId: "*" },
  ];
  expect(clientNamesIn({ roleDivisions, resolvedRoleDivisions })).toEqual(
    maps({ Sales: "s" }, { employee: "e", exporter: "x" }),
  );
});

it("of the first record that tells of a name count", () => {
  const merged = mergedNames([maps({ Sales: "first" }), maps({ Sales: "second", Support: "second" })]);
  expect(merged).toEqual(maps({ Sales: "first", Support: "second" }));
});
