// Every switch in both outcomes: what nobody knows about the live API must be simulated either way.
import {
  deployerClientId,
  deployerClientSecret,
  employeeRoleId,
  homeDivisionId,
  salesDivisionId,
} from "../../../sandbox/genesys/seed";
import { defaultSwitches, type Switches, type SwitchesPatch } from "../../../sandbox/genesys/switches";
import { type Answer, clientBody, dayMs, roleBody, SimulatorWorld, type Wire } from "./simulatorWorld";

/** What is done, and what comes of it under each setting. Outcomes differ, or the switch would switch nothing. */
interface Case {
  readonly probe: (world: SimulatorWorld) => Promise<unknown>;
  readonly outcomes: readonly (readonly [patch: SwitchesPatch, outcome: unknown])[];
}

const put = (world: SimulatorWorld, id: string, changes: object): Promise<Answer> =>
  world.call("PUT", `/oauth/clients/${id}`, clientBody({ ...changes }));
const newRole = (world: SimulatorWorld, changes: Readonly<Record<string, unknown>> = {}): Promise<Answer> =>
  world.call("POST", "/authorization/roles", roleBody(changes));
const selfGrant = (world: SimulatorWorld, grant: object): Promise<Answer> =>
  world.call("POST", `/authorization/subjects/${deployerClientId}/bulkadd?subjectType=PC_OAUTH_CLIENT`, {
    grants: [grant],
  });
const statusAndCode = ({ status, text, body }: Answer): unknown => [
  status,
  text === "" ? undefined : body.code,
];
const withRole = (roleId: string, divisionId = homeDivisionId): { roleDivisions: object[] } => ({
  roleDivisions: [{ roleId, divisionId }],
});

async function createUnheld(world: SimulatorWorld): Promise<unknown> {
  const role = (await newRole(world)).body;
  return statusAndCode(await world.call("POST", "/oauth/clients", clientBody(withRole(role.id))));
}

async function tokenAfter(
  world: SimulatorWorld,
  act: (client: Wire) => Promise<unknown>,
  changes: Readonly<Record<string, unknown>> = {},
): Promise<unknown> {
  const client = await world.createClientWithToken(changes);
  await act(client);
  return world.tokenStatus(client.token);
}

async function getAfterDelete(world: SimulatorWorld, waitMs = 0): Promise<unknown> {
  const client = await world.createClient();
  await world.deleteClient(client);
  world.clock.advance(waitMs);
  const { status, body } = await world.call("GET", `/oauth/clients/${client.id}`);
  return [status, body.state];
}

const cases: { readonly [Name in keyof Switches]: Case } = {
  deleteStatus: {
    probe: async (world) => {
      const role = (await newRole(world)).body;
      const deletedRole = await world.call("DELETE", `/authorization/roles/${role.id}`);
      return [
        (await world.deleteClient(await world.createClient())).status,
        deletedRole.status,
        deletedRole.text,
      ];
    },
    outcomes: [
      [{}, [204, 204, ""]],
      [{ deleteStatus: 200 }, [200, 200, ""]],
    ],
  },
  bulkStatus: {
    probe: async (world) => (await selfGrant(world, { roleId: employeeRoleId, divisionId: "*" })).status,
    outcomes: [
      [{}, 204],
      [{ bulkStatus: 200 }, 200],
    ],
  },
  getAfterDelete: {
    probe: (world) => getAfterDelete(world),
    outcomes: [
      [{}, [404, undefined]],
      [{ getAfterDelete: "deleted" }, [200, "deleted"]],
    ],
  },
  deletedShownForDays: {
    probe: (world) => getAfterDelete(world, 0.5 * dayMs),
    outcomes: [
      [{ getAfterDelete: "deleted", deletedShownForDays: 1 }, [200, "deleted"]],
      [{ getAfterDelete: "deleted", deletedShownForDays: 0.25 }, [404, undefined]],
    ],
  },
  keepDeletedForDays: {
    probe: async (world) => {
      world.simulator.organization.seed({ clients: [{ id: "old", name: "nightly-report" }] });
      await world.deleteClient({ id: "old", name: "nightly-report" });
      const kept = await world.call("GET", "/oauth/clients/old");
      const young = await getAfterDelete(world);
      world.clock.advance(7 * dayMs);
      const token = (await world.mint(deployerClientId, deployerClientSecret)).body.access_token;
      const later = await world.call("GET", "/oauth/clients/old", undefined, { token });
      return [kept.status, kept.body.state, kept.body.dateToDelete, young, later.status];
    },
    outcomes: [
      [{}, [404, undefined, undefined, [404, undefined], 404]],
      [{ keepDeletedForDays: 7 }, [200, "inactive", "2026-11-08T09:00:00.000Z", [404, undefined], 404]],
    ],
  },
  inactiveSetsDateToDelete: {
    probe: async (world) => {
      const client = await world.createClient();
      const inactive = (await put(world, client.id, { state: "inactive" })).body.dateToDelete;
      // The plan stands: a second PUT does not put it off.
      world.clock.advance(1000);
      const again = (await put(world, client.id, { state: "inactive" })).body.dateToDelete;
      return [inactive, again, (await put(world, client.id, { state: "active" })).body.dateToDelete];
    },
    outcomes: [
      [{}, [undefined, undefined, undefined]],
      [
        { inactiveSetsDateToDelete: true },
        ["2026-11-08T09:00:00.000Z", "2026-11-08T09:00:00.000Z", undefined],
      ],
    ],
  },
  tokenSurvives: {
    probe: async (world) => ({
      inactive: await tokenAfter(world, (client) => put(world, client.id, { state: "inactive" })),
      secretReset: await tokenAfter(world, (client) =>
        world.call("POST", `/oauth/clients/${client.id}/secret`),
      ),
      delete: await tokenAfter(world, (client) => world.deleteClient(client)),
      roleRemoval: await tokenAfter(world, (client) =>
        world.call("POST", `/authorization/subjects/${client.id}/bulkremove`, {
          grants: [{ roleId: employeeRoleId, divisionId: homeDivisionId }],
        }),
      ),
    }),
    outcomes: [
      [{}, { inactive: 200, secretReset: 200, delete: 401, roleRemoval: 200 }],
      [
        { tokenSurvives: { inactive: false, secretReset: false, delete: true, roleRemoval: false } },
        { inactive: 401, secretReset: 401, delete: 401, roleRemoval: 401 },
      ],
      [
        { tokenSurvives: { delete: true } },
        { inactive: 200, secretReset: 200, delete: 200, roleRemoval: 200 },
      ],
    ],
  },
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
  rolesRequiredOnPut: {
    probe: async (world) => {
      const client = await world.createClient();
      return statusAndCode(await put(world, client.id, { roleDivisions: [] }));
    },
    outcomes: [
      [{}, [200, undefined]],
      [{ rolesRequiredOnPut: true }, [400, "missing.client.roles"]],
    ],
  },
  missingFieldsOnPut: {
    probe: async (world) => {
      const client = await world.createClient({
        description: "Kept?",
        accessTokenValiditySeconds: 600,
        state: "inactive",
      });
      const { body } = await put(world, client.id, { roleDivisions: undefined });
      return [body.description, body.accessTokenValiditySeconds, body.state, body.roleDivisions.length];
    },
    outcomes: [
      [{}, [undefined, 86_400, "active", 0]],
      [{ missingFieldsOnPut: "keep" }, ["Kept?", 600, "inactive", 1]],
    ],
  },
  unknownReferenceStatus: {
    probe: async (world) => [
      statusAndCode(await world.call("POST", "/oauth/clients", clientBody(withRole("nowhere")))),
      statusAndCode(
        await world.call("POST", "/oauth/clients", clientBody(withRole(employeeRoleId, "nowhere"))),
      ),
    ],
    outcomes: [
      [
        {},
        [
          [400, "bad.request"],
          [400, "bad.request"],
        ],
      ],
      [
        { unknownReferenceStatus: 404 },
        [
          [404, "not.found"],
          [404, "not.found"],
        ],
      ],
    ],
  },
  validityErrorCode: {
    probe: async (world) => (await world.createClient({ accessTokenValiditySeconds: 299 })).code,
    outcomes: [
      [{}, "invalid.value"],
      [{ validityErrorCode: "bad.request" }, "bad.request"],
      [{ validityErrorCode: "constraint.validation" }, "constraint.validation"],
    ],
  },
  maximumValiditySeconds: {
    probe: async (world) => (await world.createClient({ accessTokenValiditySeconds: 38_880_000 })).code,
    outcomes: [
      [{}, "invalid.value"],
      [{ maximumValiditySeconds: 38_880_000 }, undefined],
    ],
  },
  customersMaySetDisabled: {
    probe: async (world) => {
      const client = await world.createClientWithToken();
      const { status } = await put(world, client.id, { state: "disabled" });
      return [
        status,
        await world.tokenStatus(client.token),
        (await world.mint(client.id, client.secret)).status,
      ];
    },
    outcomes: [
      [{}, [400, 200, 200]],
      [{ customersMaySetDisabled: true }, [200, 401, 400]],
    ],
  },
  maximumClients: {
    probe: async (world) => [(await world.createClient()).code, (await world.createClient()).code],
    outcomes: [
      [{}, [undefined, undefined]],
      [{ maximumClients: 2 }, [undefined, "auth.too.many.clients"]],
    ],
  },
  maximumClientNameLength: {
    probe: async (world) => [
      (await world.createClient({ name: "x".repeat(9) })).code,
      (await world.createClient({ name: "x".repeat(8) })).code,
    ],
    outcomes: [
      [{}, [undefined, undefined]],
      [{ maximumClientNameLength: 8 }, ["constraint.validation", undefined]],
    ],
  },
  duplicateClientName: {
    probe: async (world) => {
      const first = await world.createClient();
      return [(await world.createClient()).code, (await put(world, first.id, {})).status];
    },
    outcomes: [
      [{}, [undefined, 200]],
      [{ duplicateClientName: "conflict" }, ["general.conflict", 200]],
    ],
  },
  clientListPageSize: {
    probe: async (world) => {
      await world.createClient();
      await world.createClient();
      const page = (await world.call("GET", "/oauth/clients?pageSize=1")).body;
      const next = (await world.call("GET", "/oauth/clients?pageNumber=2")).body;
      return [page.entities.length, page.total, page.pageCount, page.nextUri, next.entities.length];
    },
    outcomes: [
      [{}, [3, 3, 1, undefined, 3]],
      [{ clientListPageSize: 2 }, [2, 3, 2, "/api/v2/oauth/clients?pageSize=2&pageNumber=2", 1]],
    ],
  },
  createdByHolds: {
    probe: async (world) => (await world.createClient()).createdBy?.id,
    outcomes: [
      [{}, deployerClientId],
      [{ createdByHolds: "nothing" }, undefined],
    ],
  },
  refusedInactiveStatus: {
    probe: async (world) => {
      const client = await world.createClient({ state: "inactive" });
      const { status, body } = await world.mint(client.id, client.secret);
      return [status, body.error];
    },
    outcomes: [
      [{}, [400, "invalid_client"]],
      [{ refusedInactiveStatus: 401 }, [401, "invalid_client"]],
    ],
  },
  refusedGrantTypeStatus: {
    probe: async (world) => {
      const client = await world.createClient({ authorizedGrantType: "CODE" });
      return (await world.mint(client.id, client.secret)).status;
    },
    outcomes: [
      [{}, 400],
      [{ refusedGrantTypeStatus: 401 }, 401],
    ],
  },
  mintingLimitPerMinute: {
    probe: async (world) => {
      const client = await world.createClient();
      const answers = [];
      for (let number = 0; number < 3; number += 1) {
        answers.push(await world.mint(client.id, client.secret));
      }
      world.clock.advance(60_000);
      answers.push(await world.mint(client.id, client.secret));
      return answers.map(({ status, body }) => [status, body.error, body.description?.split(";")[0]]);
    },
    outcomes: [
      [{}, Array(4).fill([200, undefined, undefined])],
      [
        { mintingLimitPerMinute: 2 },
        [
          [200, undefined, undefined],
          [200, undefined, undefined],
          [400, "invalid_request", "rate limit exceeded"],
          [200, undefined, undefined],
        ],
      ],
    ],
  },
  requestsPerMinutePerToken: {
    probe: async (world) => {
      const statuses = [];
      for (let number = 0; number < 3; number += 1) {
        statuses.push((await world.call("GET", "/organizations/me")).status);
      }
      return statuses;
    },
    outcomes: [
      [{}, [200, 200, 200]],
      [{ requestsPerMinutePerToken: 2 }, [200, 200, 429]],
    ],
  },
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
  usageRunningPolls: {
    probe: async (world) => {
      const started = (await world.call("GET", `/oauth/clients/${deployerClientId}/usage/summary`)).body;
      const path = started.resultsUri.replace("/api/v2", "");
      const statuses = [];
      for (let number = 0; number < 2; number += 1) {
        statuses.push((await world.call("GET", path)).body.queryStatus);
      }
      return statuses;
    },
    outcomes: [
      [{}, ["Complete", "Complete"]],
      [{ usageRunningPolls: 1 }, ["Running", "Complete"]],
    ],
  },
};

const runs = Object.entries(cases).flatMap(([name, { probe, outcomes }]) =>
  outcomes.map(([patch, outcome]) => ({ name, patch, outcome, probe })),
);

test("every switch is tried in at least two outcomes that differ", () => {
  expect(Object.keys(cases).sort()).toEqual(Object.keys(defaultSwitches()).sort());
  for (const { outcomes } of Object.values(cases)) {
    expect(new Set(outcomes.map(([, outcome]) => JSON.stringify(outcome))).size).toBe(outcomes.length);
    expect(outcomes.length).toBeGreaterThanOrEqual(2);
  }
});

test.each(runs)("$name with $patch", async ({ patch, outcome, probe }) => {
  const world = await SimulatorWorld.start();
  try {
    world.simulator.organization.setSwitches(patch);
    expect(await probe(world)).toEqual(outcome);
  } finally {
    await world.stop();
  }
});
