// What a person does in the admin pages, by the seed of the control API: change and remove clients and roles, give and take roles.
import { employeeRoleId, homeDivisionId } from "../../../sandbox/genesys/seed";
import { type Answer, dayMs, SimulatorWorld, type Wire } from "./simulatorWorld";

let world: SimulatorWorld;

beforeEach(async () => {
  world = await SimulatorWorld.start();
});

afterEach(async () => {
  await world.stop();
  expect(world.departures()).toEqual([]);
});

const seed = (body: object): Promise<Answer> => world.call("POST", "/__sim/seed", body, { token: null });
const client = async (id: string): Promise<Wire> => (await world.call("GET", `/oauth/clients/${id}`)).body;
const holdersOf = async (roleId: string): Promise<readonly Wire[]> =>
  (await world.call("GET", `/authorization/roles/${roleId}/subjectgrants`)).body.entities;

test("a client that waits for its deletion keeps its day when its description is changed, and loses it when it is restored", async () => {
  const { id } = await world.createClient();
  const dateToDelete = new Date(world.clock.now() + dayMs).toISOString();
  await seed({ clients: [{ id, state: "inactive", dateToDelete }] });
  await seed({ clients: [{ id, description: "Owner: Ms Example" }] });
  expect(await client(id)).toMatchObject({
    description: "Owner: Ms Example",
    state: "inactive",
    dateToDelete,
  });
  await seed({ clients: [{ id, state: "active" }] });
  expect(await client(id)).not.toHaveProperty("dateToDelete");
  await seed({ clients: [{ id, state: "inactive" }] });
  expect(await client(id)).not.toHaveProperty("dateToDelete");
});

test.each(["PUT", "a person"])(
  "a deleted client that shows no day is restored by %s for good",
  async (who) => {
    world.simulator.organization.setSwitches({ keepDeletedForDays: 7, keptDeletedShowsDate: false });
    await seed({ clients: [{ id: "old", name: "nightly-report" }] });
    await world.deleteClient({ id: "old", name: "nightly-report" });
    if (who === "PUT") {
      await world.call("PUT", "/oauth/clients/old", {
        name: "nightly-report",
        authorizedGrantType: "CLIENT-CREDENTIALS",
        state: "active",
      });
    } else {
      await seed({ clients: [{ id: "old", state: "active" }] });
    }
    await seed({ clients: [{ id: "old", state: "inactive" }] });
    world.clock.advance(8 * dayMs);
    expect(world.simulator.organization.describe().clients.map(({ id }) => id)).toContain("old");
  },
);

test("a role is given to people, groups and clients, and taken from them", async () => {
  const theirs = await world.createClient();
  const role = { roleId: "r1", divisionId: homeDivisionId };
  const grants = [
    { subjectId: "u1", subjectType: "PC_USER", ...role },
    { subjectId: "g1", subjectType: "PC_GROUP", ...role },
    { subjectId: theirs.id, ...role },
  ];
  await seed({
    roles: [{ id: "r1", name: "reader" }],
    users: [{ id: "u1", name: "Ms Example" }],
    groups: [{ id: "g1", name: "Reporting" }],
    grants,
  });
  expect((await holdersOf("r1")).map(({ name }) => name)).toEqual([
    "Ms Example",
    "Reporting",
    "nightly-report",
  ]);
  expect((await client(theirs.id)).roleDivisions).toContainEqual(role);
  await seed({ grants: grants.map((grant) => ({ ...grant, deleted: true })) });
  expect(await holdersOf("r1")).toEqual([]);
  expect((await client(theirs.id)).roleDivisions).toEqual(theirs.roleDivisions);
  expect((await world.call("GET", "/authorization/subjects/g1")).body.grants).toEqual([]);
});

test("a seed that fails leaves no group behind, and starting over removes groups", async () => {
  const role = { roleId: employeeRoleId, divisionId: homeDivisionId };
  const group = { groups: [{ id: "g1", name: "Reporting" }] };
  await seed({ ...group, roles: [{ id: "without-a-name" }] });
  const give = (): Promise<Answer> =>
    world.call("POST", "/authorization/subjects/g1/bulkadd?subjectType=PC_GROUP", { grants: [role] });
  expect((await give()).status).toBe(404);
  await seed(group);
  expect((await give()).status).toBe(204);
  world.simulator.organization.reset();
  expect(world.simulator.organization.store.state.groups).toBeUndefined();
});
