// The default organisation: the world a fresh sandbox starts with.
import { type OrganizationSeed } from "./organizationSeed";

/** The name and the ids of the default world; they say what they belong to, and are the same in every world. */
export const organizationId = "4b1c7e52-0a6f-4d0e-9a57-5e1f3c2b8d90";
export const organizationName = "Sandbox Contact Centre";
export const homeDivisionId = "d1000000-0000-4000-8000-000000000001";
export const salesDivisionId = "d1000000-0000-4000-8000-000000000002";
export const supportDivisionId = "d1000000-0000-4000-8000-000000000003";
export const employeeRoleId = "70000000-0000-4000-8000-000000000001";
export const adminRoleId = "70000000-0000-4000-8000-000000000002";
export const deployerRoleId = "70000000-0000-4000-8000-000000000003";
export const deployerClientId = "00000000-de91-4000-8000-000000000001";

/** Secret of the deployer's own OAuth client, unless the seed gives another. */
export const deployerClientSecret = "canary-deployer-secret";

/** What the deployer's role allows: everything the program calls, and nothing else. */
export const deployerPermissions: readonly string[] = [
  "oauth:client:add",
  "oauth:client:view",
  "oauth:client:edit",
  "oauth:client:delete",
  "authorization:role:add",
  "authorization:role:view",
  "authorization:role:edit",
  "authorization:role:delete",
  "authorization:grant:add",
  "authorization:grant:view",
  "authorization:grant:delete",
  "integrations:integration:*",
  "usage:client:view",
  "usage:organization:view",
];

const adminDomains = [
  "authorization",
  "directory",
  "integrations",
  "oauth",
  "organization",
  "routing",
  "usage",
];

/** The default world. */
export const defaultSeed: OrganizationSeed = {
  id: organizationId,
  name: organizationName,
  divisions: [
    { id: homeDivisionId, name: "Home", description: "Default Division", isHome: true },
    { id: salesDivisionId, name: "Sales", description: "Outbound sales" },
    { id: supportDivisionId, name: "Support", description: "Customer support" },
  ],
  roles: [
    {
      id: employeeRoleId,
      name: "employee",
      description: "Employee",
      defaultRoleId: "employee",
      isDefault: true,
      isBase: true,
      permissions: ["directory:user:view", "directory:group:view", "presence:userPresence:view"],
    },
    {
      id: adminRoleId,
      name: "admin",
      description: "Organization Administrator",
      defaultRoleId: "admin",
      isDefault: true,
      permissions: adminDomains.map((domain) => `${domain}:*:*`),
    },
    {
      id: deployerRoleId,
      name: "Credentials Deployer",
      description: "Creates, rotates and removes OAuth clients and their roles",
      permissions: [...deployerPermissions],
    },
  ],
  clients: [
    {
      id: deployerClientId,
      name: "credentials-deployer",
      description: "Deploys the client credentials of this organisation",
      secret: deployerClientSecret,
      roleDivisions: [
        { roleId: deployerRoleId, divisionId: homeDivisionId },
        { roleId: employeeRoleId, divisionId: homeDivisionId },
      ],
    },
  ],
};
