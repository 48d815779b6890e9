// What a review says of divisions and existing roles that are written by another name: nobody gains or loses anything where they are the same.
import { clientInputs, linesOf, reviewOf, step } from "./planning";

const salesId = "d-sales";
const otherId = "d-other";
const exporterId = "r-exporter";

const identityStep = (before: object, after: object): object =>
  step("identity", "identity", "update", { ...before }, { ...after });
const names = (division: string, existing: string, divisionId = salesId, roleId = exporterId) => ({
  divisions: [{ name: division, id: divisionId }],
  existingRoles: [{ name: existing, id: roleId }],
});
const holding = (division: string, roleName: string) => ({
  ...clientInputs,
  roleDivisions: [
    { roleName, division },
    { roleId: "r-reader", division },
  ],
});
const client = (slot: string, division: string, existing: string): object =>
  step("client", `crm-sync-${slot}`, "update", holding("Sales", "exporter"), holding(division, existing));
const roleInputs = (division: string) => ({
  name: "reader",
  permissionPolicies: [{ domain: "routing", entityName: "queue", actionSet: ["view"] }],
  deployerDivisions: [division],
});
const role = (division: string): object =>
  step("role", "reader", "update", roleInputs("Sales"), roleInputs(division), { id: "r-reader" });

test("a division and a role under their new names are the same, and no grant changes", () => {
  const review = reviewOf([
    identityStep(names("Sales", "exporter"), names("Sales EMEA", "exporter EMEA")),
    role("Sales EMEA"),
    client("a", "Sales EMEA", "exporter EMEA"),
    client("b", "Sales EMEA", "exporter EMEA"),
  ]);
  expect(linesOf(review)).toEqual([
    `- neutral: the division Sales is written Sales EMEA now: it is the same one (${salesId}), and nobody gains or loses anything by that`,
    `- neutral: the role exporter is written exporter EMEA now: it is the same one (${exporterId}), and nobody gains or loses anything by that`,
  ]);
  expect(review.verdict).toBe("NEUTRAL");
});

test("another division or another role under a new name is wider, as ever", () => {
  const review = reviewOf([
    identityStep(names("Sales", "exporter"), names("Support", "importer", otherId, "r-importer")),
    role("Support"),
    client("a", "Support", "importer"),
  ]);
  expect(review.verdict).toBe("WIDENED");
  expect(linesOf(review).filter((line) => line.startsWith("crm-sync wider"))).toHaveLength(2);
  expect(linesOf(review).join("\n")).not.toContain("the same one");
});

test("a name that is forgotten, or learned, is an update of the record and nothing else", () => {
  const record = [
    "- neutral: update of the stack's identity identity: divisions, existingRoles; nobody gains or loses anything by that",
  ];
  expect(linesOf(reviewOf([identityStep({}, names("Sales", "exporter"))]))).toEqual(record);
  expect(linesOf(reviewOf([identityStep(names("Sales", "exporter"), {})]))).toEqual(record);
});

test("names in a state of another form say nothing", () => {
  const odd = {
    divisions: [null, "Sales", { name: "Sales" }, { name: "Sales", id: salesId, more: 1 }],
    existingRoles: 7,
  };
  const review = reviewOf([
    identityStep(odd, { divisions: [{ name: "Sales EMEA", id: salesId }] }),
    step("client", "crm-sync-a", "update", holding("Sales", "exporter"), holding("Sales EMEA", "exporter")),
  ]);
  expect(review.verdict).toBe("NEUTRAL");
});
