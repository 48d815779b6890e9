// What is unknown of grants: handing out roles, one store or two.
import { employeeRoleId, homeDivisionId, salesDivisionId } from "../../../sandbox/genesys/seed";
import { clientBody } from "./simulatorWorld";
import { type Case, put, newRole, selfGrant, withRole, createUnheld } from "./switchCase";

/** The cases, by the name of their switch. */
export const grantSwitches = {
  requireHeldRoles: {
    probe: async (world) => [
      (await world.call("POST", "/oauth/clients", clientBody(withRole(employeeRoleId, salesDivisionId))))
        .status,
      (await world.call("POST", "/oauth/clients", clientBody())).status,
      await createUnheld(world),
    ],
    outcomes: [
      [{}, [200, 200, [403, "not.authorized"]]],
      [{ requireHeldRoles: "roleAndDivision" }, [403, 200, [403, "not.authorized"]]],
      [{ requireHeldRoles: "off" }, [200, 200, [200, undefined]]],
    ],
  },
  heldRolesOnEdit: {
    probe: async (world) => {
      const role = (await newRole(world)).body;
      world.simulator.organization.seed({
        clients: [
          {
            id: "theirs",
            name: "theirs",
            ...{ roleDivisions: [{ roleId: role.id, divisionId: homeDivisionId }] },
          },
        ],
      });
      return (await put(world, "theirs", {})).status;
    },
    outcomes: [
      [{}, 200],
      [{ heldRolesOnEdit: "requestedAndCurrent" }, 403],
    ],
  },
  heldRoleError: {
    probe: createUnheld,
    outcomes: [
      [{}, [403, "not.authorized"]],
      [{ heldRoleError: 400 }, [400, "bad.request"]],
      [{ heldRoleError: 404 }, [404, "not.found"]],
    ],
  },
  heldRoleErrorCode: {
    probe: createUnheld,
    outcomes: [
      [{}, [403, "not.authorized"]],
      [{ heldRoleErrorCode: "missing.permissions" }, [403, "missing.permissions"]],
    ],
  },
  selfGrantAllowed: {
    probe: async (world) => {
      const role = (await newRole(world)).body;
      return (await selfGrant(world, { roleId: role.id, divisionId: homeDivisionId })).status;
    },
    outcomes: [
      [{}, 204],
      [{ selfGrantAllowed: false }, 403],
    ],
  },
  separateGrantStores: {
    probe: async (world) => {
      const client = await world.createClientWithToken();
      const grant = { roleId: employeeRoleId, divisionId: salesDivisionId };
      await world.call("POST", `/authorization/subjects/${client.id}/bulkadd?subjectType=PC_OAUTH_CLIENT`, {
        grants: [grant],
      });
      const roleDivisions = (await world.call("GET", `/oauth/clients/${client.id}`)).body.roleDivisions
        .length;
      const grants = (await world.call("GET", `/authorization/subjects/${client.id}`)).body.grants.length;
      const me = await world.call("GET", "/tokens/me", undefined, { token: client.token });
      return { roleDivisions, grants, effective: me.body.OAuthClient.roleDivisions.length };
    },
    outcomes: [
      [{}, { roleDivisions: 2, grants: 2, effective: 2 }],
      [{ separateGrantStores: true }, { roleDivisions: 1, grants: 1, effective: 2 }],
    ],
  },
  shownHolders: {
    probe: async (world) => {
      const grant = { roleId: employeeRoleId, divisionId: homeDivisionId };
      world.simulator.organization.seed({
        users: [{ id: "u1", name: "Ms Example" }],
        grants: [{ subjectId: "u1", subjectType: "PC_USER", ...grant }],
      });
      const { body } = await world.call("GET", `/authorization/roles/${employeeRoleId}/subjectgrants`);
      return body.entities.map(({ name }) => name);
    },
    outcomes: [
      [{}, ["credentials-deployer", "Ms Example"]],
      [{ shownHolders: "unnamed" }, [undefined, undefined]],
      [{ shownHolders: "withoutClients" }, ["Ms Example"]],
    ],
  },
  grantPolicies: {
    probe: (world) =>
      Promise.all(
        ["", "?includeFullRoles=true"].map(async (query) => {
          const { text } = await world.call("GET", `/authorization/subjects/me${query}`);
          const { grants } = JSON.parse(text) as { grants: { role: { policies?: unknown[] } }[] };
          return grants.every(({ role }) => role.policies !== undefined);
        }),
      ),
    outcomes: [
      [{}, [false, true]],
      [{ grantPolicies: "always" }, [true, true]],
      [{ grantPolicies: "never" }, [false, false]],
    ],
  },
  permissionLicenses: {
    probe: async (world) => {
      const { text } = await world.call("GET", "/authorization/permissions?pageSize=100");
      return ["sandboxPlus", "sandboxArchive"].map((licence) => text.includes(`"${licence}"`));
    },
    outcomes: [
      [{}, [false, false]],
      [{ permissionLicenses: "told" }, [true, true]],
    ],
  },
  bulkStatus: {
    probe: async (world) => (await selfGrant(world, { roleId: employeeRoleId, divisionId: "*" })).status,
    outcomes: [
      [{}, 204],
      [{ bulkStatus: 200 }, 200],
    ],
  },
} satisfies Readonly<Record<string, Case>>;
