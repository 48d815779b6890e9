// What a change of a live role sends: declared fields as declared, every other one as it was, and none that only Genesys sets.
import { roleRequestFrom } from "../../../genesys/roles";
import { roleSchema } from "../../../genesys/wire";

const live = roleSchema.parse({
  id: "70000000-0000-4000-8000-00000000000a",
  name: "Reader",
  description: "Made by hand",
  permissions: ["group_creation"],
  permissionPolicies: [
    { domain: "routing", entityName: "queue", actionSet: ["view", "add"], policyName: "queues", madeUp: 1 },
    { domain: "audits", entityName: "audit", actionSet: ["view"], madeUp: 2 },
  ],
  madeUp: { kept: true },
  default: false,
  base: false,
  defaultRoleId: "employee",
  userCount: 3,
  unusedPermissions: [],
  roleNeedsUpdate: false,
  baseLicense: "x",
  addonLicenses: [],
  dateLicenseLastUpdated: "2026-01-01T00:00:00Z",
  selfUri: "/api/v2/authorization/roles/x",
});

it("changes what is given and carries over what is not known", () => {
  const permissionPolicies = [
    { domain: "audits", entityName: "audit", actionSet: ["add", "view"] },
    { domain: "routing", entityName: "queue", actionSet: ["add", "view"] },
  ];
  expect(roleRequestFrom(live, { name: "New", description: "Declared", permissionPolicies })).toEqual({
    name: "New",
    description: "Declared",
    permissions: ["group_creation"],
    madeUp: { kept: true },
    // The policy that says the same goes back as it was; the other one as declared.
    permissionPolicies: [permissionPolicies[0], live.permissionPolicies![0]],
  });
});

it("a name alone leaves everything else", () => {
  expect(roleRequestFrom(live, { name: "New" })).toEqual({
    name: "New",
    description: "Made by hand",
    permissions: ["group_creation"],
    madeUp: { kept: true },
    permissionPolicies: live.permissionPolicies,
  });
});
