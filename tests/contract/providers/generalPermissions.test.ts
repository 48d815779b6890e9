// General permissions of a role, as most default roles have some: declared, sent, read back, adopted, and taken away where none is declared.
import { type StackState, up, upRole } from "../../fault/engine";
import { createProviderWorld, type ProviderWorld, recordedRole, roleInputs } from "../../providerWorld";
import { adoptingRole, handMadeRoleId, seedHandMade, writesOf } from "./adoptionScene";

let world: ProviderWorld;
beforeEach(async () => {
  world = await createProviderWorld();
});
afterEach(async () => {
  await world.stop();
});

const liveOf = async (id: string): Promise<unknown> =>
  (await world.newRun().session.roles.get(id))["permissions"];

const refreshed = async (state: StackState) => {
  const { props, inputs } = await world.newRun().roles.read(state.role!.id, recordedRole(state.role!.outs));
  return { props, inputs: inputs };
};

const holding = (...generalPermissions: string[]) => roleInputs({ generalPermissions });

it("a role with the general permission employee is made with it, and reads back as check made it", async () => {
  const state: StackState = {};
  await upRole(world.newRun(), state, holding("employee", "group_creation"));
  expect(await liveOf(state.role!.id)).toEqual(["employee", "group_creation"]);
  expect(state.role!.outs).toMatchObject({ generalPermissions: ["employee", "group_creation"] });
  expect((await refreshed(state)).props).toEqual(state.role!.outs);
  const { inputs } = await world
    .newRun()
    .roles.check(
      { ...holding("employee", "group_creation") },
      { ...holding("group_creation", "employee", "employee") },
    );
  expect(inputs["generalPermissions"]).toEqual(["employee", "group_creation"]);
});

it("a role that has nothing else is a role", async () => {
  const state: StackState = {};
  await upRole(world.newRun(), state, { ...holding("employee"), permissionPolicies: [] });
  expect(await world.newRun().session.roles.get(state.role!.id)).toMatchObject({
    permissions: ["employee"],
    permissionPolicies: [],
  });
});

it("one that declares none is recorded without a word of them, as before", async () => {
  const state: StackState = {};
  await upRole(world.newRun(), state, roleInputs());
  expect(state.role!.outs).not.toHaveProperty("generalPermissions");
  const { props, inputs } = await refreshed(state);
  expect(props).toEqual(state.role!.outs);
  expect(inputs).not.toHaveProperty("generalPermissions");
  const none = { ...roleInputs(), generalPermissions: [] };
  expect((await world.newRun().roles.check({}, none)).inputs).not.toHaveProperty("generalPermissions");
});

it("an update changes them, and one of the description leaves them", async () => {
  const state: StackState = {};
  await upRole(world.newRun(), state, holding("employee"));
  await upRole(world.newRun(), state, { ...holding("employee"), description: "Other words" });
  expect(await liveOf(state.role!.id)).toEqual(["employee"]);
  await upRole(world.newRun(), state, holding("group_creation"));
  expect(await liveOf(state.role!.id)).toEqual(["group_creation"]);
  await upRole(world.newRun(), state, roleInputs());
  expect(await liveOf(state.role!.id)).toEqual([]);
  expect(state.role!.outs).not.toHaveProperty("generalPermissions");
});

it.each([
  ["given by hand", ["employee"], ["admin", "employee"]],
  ["given to a role without any", [], ["admin"]],
  ["taken away by hand", ["employee"], []],
])("one %s is drift, which the next update sets back", async (_how, declared, live) => {
  const state: StackState = {};
  await upRole(world.newRun(), state, holding(...declared));
  const { id, outs } = state.role!;
  world.simulator.organization.seed({ roles: [{ id, generalPermissions: live }] });
  const { props, inputs } = await refreshed(state);
  expect(props).not.toEqual(outs);
  expect(inputs?.["generalPermissions"]).toEqual(live.length === 0 ? undefined : live);
  Object.assign(state.role!, { outs: props, inputs });
  await upRole(world.newRun(), state, holding(...declared));
  expect(await liveOf(id)).toEqual(declared);
});

describe("adoption", () => {
  beforeEach(() => {
    seedHandMade(world);
    world.simulator.organization.seed({
      roles: [{ id: handMadeRoleId, generalPermissions: ["employee", "group_creation"] }],
    });
  });

  it("takes a role over with the general permissions that are declared", async () => {
    const inputs = adoptingRole({ generalPermissions: ["employee", "group_creation"] });
    expect((await world.newRun().roles.check({}, { ...inputs })).failures).toEqual([]);
    expect(world.notices.join("\n")).not.toContain("general");
    await world.newRun().roles.create(inputs);
    expect(await liveOf(handMadeRoleId)).toEqual(["employee", "group_creation"]);
  });

  it("tells what everybody who holds it gains and loses, and does that", async () => {
    const inputs = adoptingRole({ name: "Reporting Reader", generalPermissions: ["admin", "employee"] });
    expect((await world.newRun().roles.check({}, { ...inputs })).failures).toEqual([]);
    expect(world.notices.join("\n")).toMatch(/it gains the general permission admin\./);
    expect(world.notices.join("\n")).toMatch(/it loses .*the general permission group_creation/);
    await world.newRun().roles.create(inputs);
    expect(await liveOf(handMadeRoleId)).toEqual(["admin", "employee"]);
  });

  it("is refused where they have a form that is not known: they would be lost", async () => {
    world.simulator.faults.arm({
      kind: "status",
      status: 200,
      body: {
        entities: [{ id: handMadeRoleId, name: "Odd", permissionPolicies: [], permissions: { a: 1 } }],
      },
      match: { method: "GET", path: "/authorization/roles\\?" },
      times: "always",
    });
    const { failures } = await world.newRun().roles.check({}, { ...adoptingRole() });
    expect(failures.map(({ reason }) => reason)).toEqual([
      expect.stringMatching(
        /general permissions in a form that is not known, which would be lost; .*existing: Odd/,
      ),
    ]);
    expect(writesOf(world)).toEqual([]);
  });
});

it("deleting takes them along", async () => {
  const state: StackState = {};
  await upRole(world.newRun(), state, holding("employee"));
  const { id } = state.role!;
  await up(world.newRun(), state, {});
  expect(world.simulator.organization.describe().roles.map((role) => role.id)).not.toContain(id);
});
