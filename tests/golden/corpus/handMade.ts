// What people made by hand in the organisation of the corpus, before any stack was deployed.
import { type OrganizationSeed } from "../../../sandbox/genesys/organizationSeed";
import { adminRoleId, deployerClientId, employeeRoleId, homeDivisionId } from "../../../sandbox/genesys/seed";

/** A client that two pull requests take over. */
export const handMadeClientId = "c2000000-0000-4000-8000-000000000001";

/** An integration credential that one pull request takes over. */
export const handMadeIntegrationId = "c2000000-0000-4000-8000-000000000003";

/** A role that two people and the dialler's client hold; one pull request takes it over. */
export const handMadeRoleId = "72000000-0000-4000-8000-000000000002";

/** A client that may look at everything and change nothing: the one of previews. */
export const viewerClientId = "c2000000-0000-4000-8000-000000000002";
export const viewerSecret = "canary-viewer-secret";
const viewerRoleId = "72000000-0000-4000-8000-000000000001";

/** See the first line of this file. */
export const handMade: OrganizationSeed = {
  roles: [
    {
      id: viewerRoleId,
      name: "Credentials Previewer",
      description: "Looks at OAuth clients and roles",
      permissions: [
        "oauth:client:view",
        "authorization:role:view",
        "authorization:grant:view",
        "integrations:integration:view",
      ],
    },
    {
      id: handMadeRoleId,
      name: "Dialler Reports",
      description: "Made by hand",
      permissions: ["outbound:campaign:view"],
    },
  ],
  users: [
    { id: "c3000000-0000-4000-8000-000000000001", name: "Ms Example" },
    { id: "c3000000-0000-4000-8000-000000000002", name: "Mr Other" },
  ],
  clients: [
    {
      id: handMadeClientId,
      name: "Dialler",
      description: "Made by hand",
      authorizedGrantType: "CLIENT-CREDENTIALS",
      secret: "canary-dialler-secret",
      roleDivisions: [
        { roleId: employeeRoleId, divisionId: homeDivisionId },
        { roleId: handMadeRoleId, divisionId: homeDivisionId },
      ],
    },
    {
      id: viewerClientId,
      name: "credentials-previewer",
      description: "Previews pull requests",
      authorizedGrantType: "CLIENT-CREDENTIALS",
      secret: viewerSecret,
      roleDivisions: [
        { roleId: viewerRoleId, divisionId: "*" },
        { roleId: employeeRoleId, divisionId: homeDivisionId },
      ],
    },
  ],
  integrationCredentials: [
    { id: handMadeIntegrationId, name: "Callbacks", fields: { clientId: handMadeClientId } },
  ],
  grants: [
    // Nobody can hand out a role they do not hold, and some pull requests hand out this one.
    { subjectId: deployerClientId, roleId: adminRoleId, divisionId: homeDivisionId },
    ...["c3000000-0000-4000-8000-000000000001", "c3000000-0000-4000-8000-000000000002"].map((subjectId) => ({
      subjectId,
      subjectType: "PC_USER" as const,
      roleId: handMadeRoleId,
      divisionId: homeDivisionId,
    })),
  ],
};
