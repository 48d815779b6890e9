// A role that Genesys made is known as such wherever one is about to be taken over, in whichever way Genesys tells it.
import { isDefaultRole } from "../../../genesys/knowledge/defaultRoles";
import { refusalOf } from "../../../providers/role/standing";

const claim = { identity: "0123456789abcdef", owner: "p/s/reader", name: "reader" };
const role = { id: "11111111-1111-4111-8111-111111111111", name: "reader", description: "" };

it.each([
  [{ default: true }, true],
  [{ base: true }, true],
  [{ defaultRoleId: "employee" }, true],
  [{ defaultRoleId: "employee", default: false }, false],
  [{ defaultRoleId: null }, false],
  [{}, false],
])("%j: %s", (told, isDefault) => {
  const live = { permissionPolicies: [], permissions: undefined, default: undefined, ...role, ...told };
  expect(isDefaultRole(live)).toBe(isDefault);
  const refusal = refusalOf(live, "unmarked", claim, false);
  expect(refusal?.includes("is a default role of Genesys")).toBe(isDefault);
});
