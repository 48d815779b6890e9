// What a role's requests and its record after a refresh say of general permissions.
import {
  changingRequest,
  refreshedRole,
  roleRequest,
  type RoleOutputs,
} from "../../../providers/role/record";
import { type RoleEntity, roleSchema } from "../../../genesys/wire";
import { roleInputs } from "../../providerWorld";

const marker = "[pulumi:0123456789abcdef/genesys-credentials/dev/reporting-reader#0:0123456789ab]";
const live = (permissions: unknown): RoleEntity =>
  roleSchema.parse({ id: "role-1", name: "reporting-reader", description: marker, permissions });
const recorded = (generalPermissions?: readonly string[]): RoleOutputs => ({
  ...roleInputs(generalPermissions === undefined ? {} : { generalPermissions }),
  roleId: "role-1",
  marker,
  organizationId: "org-1",
  deployerGrants: [],
});

it("a role is made with those that are declared, and without a word where none are", () => {
  expect(roleRequest(roleInputs({ generalPermissions: ["employee"] }), marker).permissions).toEqual([
    "employee",
  ]);
  expect(roleRequest(roleInputs(), marker)).not.toHaveProperty("permissions");
});

type Names = readonly string[] | undefined;

it.each<[string, unknown, Names, Names, unknown]>([
  ["declared ones replace those of a person", ["admin"], undefined, ["employee"], ["employee"]],
  ["none replace those that are on record", ["admin"], ["admin"], undefined, []],
  ["those that nobody knew of are carried over", ["admin"], undefined, undefined, ["admin"]],
  ["where there are none, nothing is sent that was not there", undefined, undefined, undefined, undefined],
  ["an empty list goes back as it was", [], undefined, undefined, []],
  ["a form that is not known goes back as it was", [{ made: "up" }], undefined, undefined, [{ made: "up" }]],
  [
    "what is declared leaves entries of a form that is not known",
    [{ made: "up" }, "admin"],
    undefined,
    ["employee"],
    ["employee", { made: "up" }],
  ],
])("%s", (_what, before, known, generalPermissions, sent) => {
  const inputs = roleInputs(generalPermissions === undefined ? {} : { generalPermissions });
  expect(changingRequest(live(before), inputs, marker, known).permissions).toEqual(sent);
});

it.each<[string, unknown, Names, Names]>([
  [
    "in another order",
    ["group_creation", "employee"],
    ["employee", "group_creation"],
    ["employee", "group_creation"],
  ],
  ["not told", undefined, ["employee"], ["employee"]],
  ["told as null", null, ["employee"], ["employee"]],
  ["in a form that is not known", { made: "up" }, ["employee"], ["employee"]],
  ["in part in a form that is not known", [{ id: 1 }, "admin"], ["admin"], ["admin"]],
  ["an empty list", [], undefined, undefined],
  ["taken away", [], ["employee"], undefined],
  ["given", ["admin"], undefined, ["admin"]],
])("after a refresh: %s", (_what, shown, before, after) => {
  const record = refreshedRole(recorded(before), live(shown));
  expect(record.generalPermissions).toEqual(after);
  expect("generalPermissions" in record).toBe(after !== undefined);
});
