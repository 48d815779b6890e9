// Roles, and what they may be made of, by the SDK and by our client.
import platformClient from "purecloud-platform-client-v2";

import { Divisions } from "../../../genesys/divisions";
import { Permissions } from "../../../genesys/permissions";
import { Roles } from "../../../genesys/roles";
import type { ComparedArea } from "./comparedArea";

const authorization = new platformClient.AuthorizationApi();

const condition = {
  conjunction: "AND",
  terms: [
    { variableName: "queue.id", operator: "EQ", operands: [{ type: "QUEUE", queue: { id: "q1" } }] },
    { variableName: "media", operator: "IN", operands: [{ type: "SCALAR", value: "chat" }] },
  ],
} as const;
const roleRequest = {
  name: "reporting-reader",
  description: "Reads conversation details",
  permissionPolicies: [
    { domain: "analytics", entityName: "conversationDetail", actionSet: ["view"] },
    { domain: "routing", entityName: "queue", actionSet: ["view"], resourceConditionNode: condition },
  ],
} as const;
/** The SDK's models can be written to. */
const sdkRole = (): platformClient.Models.DomainOrganizationRoleCreate =>
  structuredClone(roleRequest) as never;

export const roleAreas: readonly ComparedArea[] = [
  {
    name: "a role's life, conditions included",
    requests: [
      "POST /api/v2/authorization/roles",
      "GET /api/v2/authorization/roles",
      "GET /api/v2/authorization/roles/{id}",
      "PUT /api/v2/authorization/roles/{id}",
      "DELETE /api/v2/authorization/roles/{id}",
    ],
    bySdk: async () => {
      const created = await authorization.postAuthorizationRoles(sdkRole());
      const id = created.id!;
      const changed = { ...sdkRole(), id, description: "Changed" };
      const seen = [
        created,
        await authorization.getAuthorizationRole(id, { userCount: false }),
        (await authorization.getAuthorizationRoles({ pageSize: 100, userCount: false })).entities,
        await authorization.putAuthorizationRole(id, changed),
      ];
      await authorization.deleteAuthorizationRole(id);
      return seen;
    },
    byOurs: async (client) => {
      const roles = new Roles(client);
      const created = await roles.create(roleRequest);
      const seen = [
        created,
        await roles.get(created.id),
        await roles.list(),
        await roles.update(created.id, { ...roleRequest, description: "Changed" }),
      ];
      await roles.delete(created.id);
      return seen;
    },
  },
  {
    name: "what can be granted",
    requests: [
      "GET /api/v2/authorization/permissions",
      "GET /api/v2/authorization/divisions",
      "GET /api/v2/authorization/divisions/home",
    ],
    bySdk: async () => {
      const { entities } = await authorization.getAuthorizationPermissions({ pageSize: 100 });
      const permissions = entities!.flatMap(({ permissionMap }) => Object.values(permissionMap!).flat());
      return [
        permissions.map(({ domain, entityType, action, allowsConditions, divisionAware }) => ({
          domain,
          entityName: entityType,
          action,
          allowsConditions,
          divisionAware,
        })),
        (await authorization.getAuthorizationDivisions({ pageSize: 100 })).entities,
        await authorization.getAuthorizationDivisionsHome(),
      ];
    },
    byOurs: async (client) => {
      const divisions = new Divisions(client);
      const { permissions } = await new Permissions(client).catalogue();
      // Licences are not in the SDK's model of a permission.
      const declared = permissions.map(({ licenses: _besides, ...others }) => others);
      return [declared, await divisions.list(), await divisions.home()];
    },
  },
];
