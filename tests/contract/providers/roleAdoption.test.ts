// Adopting a role: the same id and holders, everything else as declared; and what is refused, since a PUT would lose it.
import { type FaultSpec } from "../../../sandbox/genesys/faults";
import {
  adminRoleId,
  deployerClientId,
  deployerPermissions,
  deployerRoleId,
  employeeRoleId,
} from "../../../sandbox/genesys/seed";
import { type StackState, up, upRole } from "../../fault/engine";
import {
  createProviderWorld,
  type ProviderRun,
  type ProviderWorld,
  recordedRole,
  roleInputs,
} from "../../providerWorld";
import {
  adoptingRole,
  handMadeId,
  handMadeRoleId,
  requestsOf,
  seedHandMade,
  writesOf,
} from "./adoptionScene";

let world: ProviderWorld;
beforeEach(async () => {
  world = await createProviderWorld();
  seedHandMade(world);
});
afterEach(async () => {
  await world.stop();
});

const rolePath = `/api/v2/authorization/roles/${handMadeRoleId}`;
const marked =
  /^Reads reports \[pulumi:0123456789abcdef\/genesys-credentials\/dev\/reporting-reader#0:[0-9a-f]{12}\]$/;

async function refusalOf(run: ProviderRun, inputs = adoptingRole()): Promise<string[]> {
  const { failures } = await run.roles.check({}, { ...inputs });
  return failures.map(({ reason }) => reason);
}

const change = (changes: object): void => {
  world.simulator.organization.seed({ roles: [{ id: handMadeRoleId, ...changes }] });
};

it("is one PUT: name, description and permissions as declared, id and holders as before", async () => {
  const before = world.simulator.organization.describe().roles.length;
  const run = world.newRun();
  const { id, outs } = await run.roles.create(adoptingRole());
  expect(id).toBe(handMadeRoleId);
  expect(writesOf(world)).toEqual([`PUT ${rolePath}`]); // the deployer holds it already
  const { roles, grants } = world.simulator.organization.describe();
  expect(roles).toHaveLength(before);
  expect(roles.find((role) => role.id === id)).toMatchObject({
    name: "reporting-reader",
    permissions: ["routing:queue:view"],
  });
  expect((await run.session.roles.get(id)).description).toMatch(marked);
  expect(grants.filter(({ roleId }) => roleId === id).map(({ subjectId }) => subjectId)).toContain(
    handMadeId,
  );
  expect(outs).toMatchObject({
    roleId: handMadeRoleId,
    adopt: { roleId: handMadeRoleId },
    deployerGrants: [],
  });
});

it("is given to the deployer where it does not hold it", async () => {
  const otherId = "70000000-0000-4000-8000-00000000000b";
  world.simulator.organization.seed({
    roles: [{ id: otherId, name: "Unheld", permissions: ["routing:queue:view"] }],
  });
  const { outs } = await world.newRun().roles.create(adoptingRole({ adopt: { roleId: otherId } }));
  expect(outs["deployerGrants"]).toMatchObject([{ subjectId: deployerClientId }]);
});

it("under the name that it has already is no conflict; under another role's name it is one", async () => {
  const state: StackState = {};
  await upRole(world.newRun(), state, adoptingRole({ name: "Reporting Reader" }));
  expect(state.role?.id).toBe(handMadeRoleId);
  await expect(
    world.newRun().roles.create(adoptingRole({ name: "Credentials Deployer" })),
  ).rejects.toMatchObject({ code: "ROLE_NAME_TAKEN" });
});

it("under another role's name is refused at preview, untouched", async () => {
  const inputs = adoptingRole({ name: "credentials DEPLOYER" });
  expect(await refusalOf(world.newRun(), inputs)).toEqual([
    expect.stringMatching(/"Credentials Deployer".*\[ROLE_NAME_TAKEN\]$/),
  ]);
  expect(writesOf(world)).toEqual([]);
});

it("in the place of the role that has the name: that one gives it up, and is deleted by the engine", async () => {
  const state: StackState = {};
  await upRole(world.newRun(), state, roleInputs());
  const formerId = state.role!.id;
  await upRole(world.newRun(), state, adoptingRole());
  expect(state.role!.id).toBe(handMadeRoleId);
  const { roles } = world.simulator.organization.describe();
  expect(roles.find(({ id }) => id === handMadeRoleId)).toMatchObject({ name: "reporting-reader" });
  expect(roles.map(({ id }) => id)).not.toContain(formerId);
});

it("reads back exactly what check made, and an unchanged one asks nobody", async () => {
  const state: StackState = {};
  await upRole(world.newRun(), state, adoptingRole());
  const read = await world.newRun().roles.read(handMadeRoleId, recordedRole(state.role!.outs));
  const { inputs } = await world.newRun().roles.check({}, { ...adoptingRole(), __provider: undefined });
  const { __provider: _provider, ...declared } = inputs;
  expect(read.inputs).toEqual(declared);
  world.simulator.requestLog.clear();
  await upRole(world.newRun(), state, adoptingRole());
  expect(requestsOf(world)).toEqual([]);
});

it("removing adopt is an update; another id replaces; deleting deletes", async () => {
  const state: StackState = {};
  await upRole(world.newRun(), state, adoptingRole());
  const otherId = "70000000-0000-4000-8000-00000000000b";
  world.simulator.organization.seed({
    roles: [{ id: otherId, name: "Other", permissions: ["routing:queue:view"] }],
  });
  const other = adoptingRole({ adopt: { roleId: otherId }, name: "another name" });
  const { replaces } = await world.newRun().roles.diff(handMadeRoleId, recordedRole(state.role!.outs), other);
  expect(replaces).toEqual(["adopt"]);
  await upRole(world.newRun(), state, roleInputs());
  expect(state.role).toMatchObject({ id: handMadeRoleId });
  expect(state.role!.outs).not.toHaveProperty("adopt");
  await up(world.newRun(), state, {});
  expect(world.simulator.organization.describe().roles.map(({ id }) => id)).not.toContain(handMadeRoleId);
});

describe("a role is refused, at the preview and by the update, that", () => {
  it.each<[string, () => void, string, RegExp]>([
    ["does not exist", () => undefined, "70000000-0000-4000-8000-0000000000ff", /no role .*00ff exists/],
    ["is a default role", () => undefined, adminRoleId, /is a default role of Genesys.*existing: admin/],
    ["is a base role", () => undefined, employeeRoleId, /is a default role of Genesys/],
    [
      "belongs to another stack",
      () => {
        change({ description: "[pulumi:genesys-credentials/prod/reporting-reader#0:0123456789ab]" });
      },
      handMadeRoleId,
      /belongs to genesys-credentials\/prod\/reporting-reader/,
    ],
    [
      "was made for it by another state",
      () => {
        change({
          description: "[pulumi:fedcba9876543210/genesys-credentials/dev/reporting-reader#0:0123456789ab]",
        });
      },
      handMadeRoleId,
      /another state, identity fedcba9876543210.*recover --stack dev/,
    ],
    [
      "has a name that says more than text in YAML",
      () => {
        change({
          name: "Desk: north # 1",
          permissionPolicies: [
            { domain: "routing", entityName: "queue", actionSet: ["view"], namedResources: ["queue-1"] },
          ],
        });
      },
      handMadeRoleId,
      /refer to it with existing: "Desk: north # 1"/,
    ],
    [
      "is limited to named resources",
      () => {
        change({
          permissionPolicies: [
            { domain: "routing", entityName: "queue", actionSet: ["view"], namedResources: ["queue-1"] },
          ],
        });
      },
      handMadeRoleId,
      /limited to named resources, which would be lost/,
    ],
  ])("%s", async (_name, arrange, roleId, said) => {
    arrange();
    const inputs = adoptingRole({ adopt: { roleId } });
    const [reason, ...more] = await refusalOf(world.newRun(), inputs);
    expect(more).toEqual([]);
    expect(reason).toMatch(said);
    expect(reason).toMatch(/ \[ADOPTION_REFUSED\]$/);
    await expect(world.newRun().roles.create(inputs)).rejects.toMatchObject({
      code: "ADOPTION_REFUSED",
      message: expect.stringMatching(said),
    });
    expect(writesOf(world)).toEqual([]);
    expect(world.notices).toEqual([]);
  });
});

describe("the preview", () => {
  it("says what changes for everybody who holds the role", async () => {
    expect(await refusalOf(world.newRun())).toEqual([]);
    expect(world.notices).toEqual([
      `Adopting role "Reporting Reader" (${handMadeRoleId}) changes its name to "reporting-reader", its permissions, as told below ` +
        "and its description.",
      `Adopting role ${handMadeRoleId}: for everybody who holds it, it loses analytics:conversationDetail:view.`,
    ]);
  });

  it("says so when nothing changes but the description", async () => {
    change({ permissions: ["routing:queue:view"] });
    await refusalOf(world.newRun(), adoptingRole({ name: "Reporting Reader" }));
    expect(world.notices).toEqual([
      `Adopting role "Reporting Reader" (${handMadeRoleId}) changes nothing but its description.`,
    ]);
  });

  it("needs the permissions to view and edit roles, not to make them", async () => {
    const withhold = (permission: string): void => {
      world.simulator.organization.seed({
        roles: [{ id: deployerRoleId, permissions: deployerPermissions.filter((one) => one !== permission) }],
      });
    };
    withhold("authorization:role:add");
    expect(await refusalOf(world.newRun())).toEqual([]);
    withhold("authorization:role:edit");
    await expect(refusalOf(world.newRun())).rejects.toThrow(/lacks authorization:role:edit;/);
  });
});

const requests = [
  { method: "GET", path: "/authorization/roles\\?" },
  { method: "GET", path: `/authorization/roles/${handMadeRoleId}` },
  { method: "PUT", path: `/authorization/roles/${handMadeRoleId}$` },
];
const faults: readonly object[] = [
  { kind: "status", status: 500 },
  { kind: "status", status: 504, phase: "after" },
  { kind: "reset", phase: "after" },
  { kind: "truncated" },
];
const cells = requests.flatMap((match) => faults.map((fault) => ({ match, fault })));

it.each(cells)(
  "cut off by $fault at $match, the next run ends it with the same role",
  async ({ match, fault }) => {
    const before = world.simulator.organization.describe().roles.length;
    world.simulator.faults.arm({ match, times: "always", ...fault } as FaultSpec);
    const state: StackState = {};
    await expect(upRole(world.newRun({ waitMs: 5000 }), state, adoptingRole())).rejects.toThrow(
      /role "reporting-reader"/,
    );
    world.simulator.faults.clear();
    await upRole(world.newRun(), state, adoptingRole());
    expect(state.role?.id).toBe(handMadeRoleId);
    const { roles } = world.simulator.organization.describe();
    expect(roles).toHaveLength(before);
    expect((await world.newRun().session.roles.get(handMadeRoleId)).description).toMatch(marked);
  },
);
