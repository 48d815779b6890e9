// Grants and holders, by the SDK and by our client.
import platformClient from "purecloud-platform-client-v2";

import { Grants } from "../../../genesys/grants";
import { RoleCounts } from "../../../genesys/roleCounts";
import { RoleHolders } from "../../../genesys/roleHolders";
import {
  deployerClientId,
  employeeRoleId,
  homeDivisionId,
  salesDivisionId,
} from "../../../sandbox/genesys/seed";
import type { ComparedArea } from "./comparedArea";

const authorization = new platformClient.AuthorizationApi();

const subjectType = "PC_OAUTH_CLIENT";
const given = [{ roleId: employeeRoleId, divisionId: salesDivisionId }];

const counted = [deployerClientId, "another-client"];

/** The kinds of holders in our words. */
const kinds: Readonly<Record<string, string>> = {
  PC_USER: "person",
  PC_GROUP: "group",
  PC_OAUTH_CLIENT: "OAuth client",
};

function pairsOf({ grants }: platformClient.Models.AuthzSubject): object[] {
  return grants!.map(({ role, division }) => ({ roleId: role!.id, divisionId: division!.id }));
}

export const grantAreas: readonly ComparedArea[] = [
  {
    name: "a role is given to a client and taken back",
    requests: [
      "POST /api/v2/authorization/subjects/{id}/bulkadd",
      "GET /api/v2/authorization/subjects/{id}",
      "POST /api/v2/authorization/subjects/{id}/bulkremove",
    ],
    bySdk: async () => {
      await authorization.postAuthorizationSubjectBulkadd(
        deployerClientId,
        { grants: given },
        { subjectType },
      );
      const subject = await authorization.getAuthorizationSubject(deployerClientId);
      await authorization.postAuthorizationSubjectBulkremove(deployerClientId, { grants: given });
      return pairsOf(subject);
    },
    byOurs: async (client) => {
      const grants = new Grants(client);
      await grants.addToOAuthClient(deployerClientId, given);
      const pairs = await grants.of(deployerClientId);
      await grants.remove(deployerClientId, given);
      return pairs;
    },
  },
  {
    name: "what the caller holds",
    requests: ["GET /api/v2/authorization/subjects/me"],
    bySdk: async () => pairsOf(await authorization.getAuthorizationSubjectsMe()),
    byOurs: async (client) => {
      const { grants = [] } = await new Grants(client).mine();
      return grants.map(({ role, division }) => ({ roleId: role?.id, divisionId: division?.id }));
    },
  },
  {
    name: "how many roles clients hold",
    requests: ["GET /api/v2/authorization/subjects/rolecounts"],
    bySdk: () => authorization.getAuthorizationSubjectsRolecounts({ id: counted }),
    byOurs: async (client) => Object.fromEntries(await new RoleCounts(client).of(counted)),
  },
  {
    name: "who holds a role",
    requests: ["GET /api/v2/authorization/roles/{id}/subjectgrants"],
    prepare: (organization) => {
      const held = { roleId: employeeRoleId, divisionId: homeDivisionId };
      organization.seed({
        users: [{ id: "u1", name: "Ms Example" }],
        groups: [{ id: "g1", name: "Reporting" }],
        grants: [
          { ...held, subjectId: "u1", subjectType: "PC_USER" },
          { ...held, subjectId: "g1", subjectType: "PC_GROUP" },
        ],
      });
    },
    bySdk: async () => {
      const { entities } = await authorization.getAuthorizationRoleSubjectgrants(employeeRoleId, {
        pageSize: 100,
      });
      return entities!.map(({ name, type }) => ({ name, kind: kinds[type!] }));
    },
    byOurs: (client) => new RoleHolders(client).of(employeeRoleId),
  },
];
