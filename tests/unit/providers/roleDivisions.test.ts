// Roles in divisions: the live pairs in the declared form, and the comparison that verification rests on.
import { compareRoleDivisions, uniqueRoleDivisions } from "../../../genesys/knowledge/roleDivisions";
import { declaredForm } from "../../../providers/run/roleDivisions";

const entries = [
  { input: { roleId: "r1", division: "home" }, resolved: { roleId: "r1", divisionId: "d-home" } },
  { input: { roleName: "employee", division: "Sales" }, resolved: { roleId: "r2", divisionId: "d-sales" } },
];
const declared = entries.map((entry) => entry.input);
const live = entries.map((entry) => entry.resolved);

describe("declaredForm", () => {
  it("is the declaration itself when nothing drifted, in whatever order Genesys answers", () => {
    expect(declaredForm(entries, [...live].reverse())).toEqual(declared);
  });
  it("leaves out what a person took away", () => {
    expect(declaredForm(entries, live.slice(1))).toEqual(declared.slice(1));
  });
  it("adds by id what a person gave", () => {
    expect(declaredForm(entries, [{ roleId: "r9", divisionId: "*" }, ...live])).toEqual([
      ...declared,
      { roleId: "r9", division: "*" },
    ]);
  });
  it("shows both entries when two names stand for one pair", () => {
    const twice = [...entries, { input: { roleId: "r1", division: "Home" }, resolved: live[0]! }];
    expect(declaredForm(twice, live)).toHaveLength(3);
  });
});

describe("compareRoleDivisions", () => {
  it("tells what is missing and what is extra", () => {
    const comparison = compareRoleDivisions(live, [live[1]!, { roleId: "r2", divisionId: "*" }]);
    expect(comparison).toEqual({ missing: [live[0]], extra: [{ roleId: "r2", divisionId: "*" }] });
  });
});

it("uniqueRoleDivisions sends each pair once, without foreign fields", () => {
  const pair = { roleId: "r1", divisionId: "d-home", selfUri: "/x" };
  expect(uniqueRoleDivisions([pair, pair])).toEqual([{ roleId: "r1", divisionId: "d-home" }]);
});
