// What is unknown of roles and of pages.
import { homeDivisionId } from "../../../sandbox/genesys/seed";
import { type Case, newRole, selfGrant, statusAndCode } from "./switchCase";

/** The cases, by the name of their switch. */
export const roleSwitches = {
  duplicateRoleName: {
    probe: async (world) => [(await newRole(world)).status, (await newRole(world)).status],
    outcomes: [
      [{}, [200, 409]],
      [{ duplicateRoleName: "allowed" }, [200, 200]],
    ],
  },
  deleteRoleInUse: {
    probe: async (world) => {
      const role = (await newRole(world)).body;
      await selfGrant(world, { roleId: role.id, divisionId: homeDivisionId });
      return statusAndCode(await world.call("DELETE", `/authorization/roles/${role.id}`));
    },
    outcomes: [
      [{}, [204, undefined]],
      [{ deleteRoleInUse: "refused" }, [409, "general.conflict"]],
    ],
  },
  maximumRoles: {
    probe: async (world) => [
      (await newRole(world)).status,
      (await newRole(world, { name: "another" })).status,
    ],
    outcomes: [
      [{}, [200, 200]],
      [{ maximumRoles: 4 }, [200, 400]],
    ],
  },
  maximumPageSize: {
    probe: async (world) => (await world.call("GET", "/authorization/roles?pageSize=3")).body.pageSize,
    outcomes: [
      [{}, 3],
      [{ maximumPageSize: 2 }, 2],
    ],
  },
  oversizePage: {
    probe: async (world) => (await world.call("GET", "/authorization/roles?pageSize=501")).status,
    outcomes: [
      [{}, 200],
      [{ oversizePage: "refuse" }, 400],
    ],
  },
  expandWildcards: {
    probe: async (world) => {
      const policy = {
        domain: "usage",
        entityName: "*",
        actionSet: ["*"],
        resourceConditionNode: { variableName: "x", operator: "EQ", operands: [] },
      };
      const { body } = await newRole(world, { permissionPolicies: [policy] });
      return body.permissionPolicies?.map((one) => [
        one.entityName,
        one.actionSet,
        one.resourceConditionNode === undefined,
      ]);
    },
    outcomes: [
      [
        {},
        [
          ["client", ["view"], true],
          ["organization", ["view"], true],
          ["simulatedUser", ["view"], true],
        ],
      ],
      [{ expandWildcards: false }, [["*", ["*"], false]]],
    ],
  },
  refuseUnknownPermissions: {
    probe: async (world) => {
      const policy = { domain: "routing", entityName: "queue", actionSet: ["view", "paint"] };
      const { status, body } = await newRole(world, { permissionPolicies: [policy] });
      return [status, body.permissionPolicies?.[0]?.actionSet, body.message?.includes("routing:queue:paint")];
    },
    outcomes: [
      [{}, [200, ["view", "paint"], undefined]],
      [{ refuseUnknownPermissions: true }, [400, undefined, true]],
    ],
  },
  policyOrder: {
    probe: async (world) => {
      const { body } = await newRole(world, {
        permissionPolicies: [
          { domain: "routing", entityName: "queue", actionSet: ["view", "edit"] },
          { domain: "usage", entityName: "client", actionSet: ["view"] },
        ],
      });
      return body.permissionPolicies?.map((one) => [one.domain, one.actionSet]);
    },
    outcomes: [
      [
        {},
        [
          ["routing", ["view", "edit"]],
          ["usage", ["view"]],
        ],
      ],
      [
        { policyOrder: "reversed" },
        [
          ["usage", ["view"]],
          ["routing", ["edit", "view"]],
        ],
      ],
    ],
  },
} satisfies Readonly<Record<string, Case>>;
