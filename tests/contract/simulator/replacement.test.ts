// PUT of a client and of a role replaces: what it does not send is gone, fields that nobody here knows included; names and conflicts of roles.
import { deployerClientId } from "../../../sandbox/genesys/seed";
import { expectRefusal } from "./expectRefusal";
import { type Answer, clientBody, roleBody, SimulatorWorld, type Wire } from "./simulatorWorld";

let world: SimulatorWorld;

beforeEach(async () => {
  world = await SimulatorWorld.start();
});

afterEach(async () => {
  await world.stop();
});

/** What is tried of clients and of roles alike. */
const kinds = [
  ["client", "/oauth/clients", clientBody, "clients"],
  ["role", "/authorization/roles", roleBody, "roles"],
] as const;

const madeUpIn = (entity: Wire | undefined): unknown =>
  (entity as unknown as Readonly<Record<string, unknown>>)["madeUp"];

describe.each(kinds)("a field of a %s that nobody here knows", (_kind, path, bodyOf, seedKey) => {
  const create = async (changes: object = {}): Promise<Wire> =>
    (await world.call("POST", path, bodyOf({ ...changes }))).body;
  const get = async (id: string): Promise<Wire> => (await world.call("GET", `${path}/${id}`)).body;
  const listed = async (id: string): Promise<Wire | undefined> =>
    (await world.call("GET", path)).body.entities.find((one) => one.id === id);

  test("is stored by POST and shown by GET and the list", async () => {
    const created = await create({ madeUp: { deep: [1] } });
    for (const entity of [created, await get(created.id), await listed(created.id)]) {
      expect(madeUpIn(entity)).toEqual({ deep: [1] });
    }
  });

  test("is kept by a PUT that sends it, changed by one that sends another, gone after one that does not", async () => {
    const { id } = await create();
    const put = (changes: object): Promise<Answer> =>
      world.call("PUT", `${path}/${id}`, bodyOf({ ...changes }));
    expect(madeUpIn((await put({ madeUp: "x" })).body)).toBe("x");
    await put({ ...(await get(id)), description: "Changed" });
    expect(madeUpIn(await get(id))).toBe("x");
    await put({ madeUp: "y" });
    expect(madeUpIn(await get(id))).toBe("y");
    await put({});
    expect(await get(id)).not.toHaveProperty("madeUp");
    await put({ madeUp: "z" });
    await put({ madeUp: null });
    expect(await get(id)).not.toHaveProperty("madeUp");
  });

  test("is set and taken away by hand, and survives other changes by hand", async () => {
    const { id } = await create();
    const seed = (changes: object): void => {
      world.simulator.organization.seed({ [seedKey]: [{ id, ...changes }] });
    };
    seed({ otherFields: { madeUp: 1, another: 2 } });
    seed({ description: "By hand" });
    expect(await get(id)).toMatchObject({ madeUp: 1, another: 2, description: "By hand" });
    seed({ otherFields: { madeUp: null } });
    expect(await get(id)).not.toHaveProperty("madeUp");
    expect(await get(id)).toMatchObject({ another: 2 });
  });

  test("cannot stand in for a field that is known, nor for one that only the server sets", async () => {
    const { id, name } = await create();
    world.simulator.organization.seed({ [seedKey]: [{ id, otherFields: { id: "x", name: "x" } }] });
    expect(await get(id)).toMatchObject({ id, name });
    await world.call("PUT", `${path}/${id}`, bodyOf({ id: "x", selfUri: "x", dateCreated: "x" }));
    expect((await get(id)).id).toBe(id);
  });

  test("is in no token information and does not outlive its object", async () => {
    const { id } = await create({ madeUp: "canary-field" });
    const me = await world.call("GET", "/tokens/me");
    expect(me.body.OAuthClient.id).toBe(deployerClientId);
    world.simulator.organization.seed({ [seedKey]: [{ id, deleted: true }] });
    expect((await world.call("GET", path)).text).not.toContain("canary-field");
  });
});

test("a PUT of a role that leaves out the description and the general permissions takes them away", async () => {
  const role = (
    await world.call("POST", "/authorization/roles", roleBody({ permissions: ["group_creation"] }))
  ).body;
  const { body } = await world.call("PUT", `/authorization/roles/${role.id}`, { name: "reporting-reader" });
  expect(body).toMatchObject({ permissions: [], permissionPolicies: [] });
  expect(body).not.toHaveProperty("description");
});

describe("the name of a role", () => {
  const path = "/authorization/roles";

  test("is taken in whatever case, for a new role and for one that gets a new name", async () => {
    await world.call("POST", path, roleBody());
    expectRefusal(
      await world.call("POST", path, roleBody({ name: "Reporting-READER" })),
      409,
      "general.conflict",
    );
    const other = (await world.call("POST", path, roleBody({ name: "other" }))).body;
    expectRefusal(
      await world.call("PUT", `${path}/${other.id}`, roleBody({ name: "REPORTING-reader" })),
      409,
      "general.conflict",
    );
    // Its own name in other letters is nobody else's.
    const renamed = await world.call("PUT", `${path}/${other.id}`, roleBody({ name: "OTHER" }));
    expect([renamed.status, renamed.body.name]).toEqual([200, "OTHER"]);
  });

  test("is free again after a deletion", async () => {
    const role = (await world.call("POST", path, roleBody())).body;
    await world.call("DELETE", `${path}/${role.id}`);
    expect((await world.call("POST", path, roleBody())).status).toBe(200);
  });

  test("has nothing to do with a conflict of versions, which is a fault", async () => {
    const role = (await world.call("POST", path, roleBody())).body;
    const put = (): Promise<Answer> => world.call("PUT", `${path}/${role.id}`, roleBody());
    world.simulator.faults.arm({
      match: { method: "PUT", path: `/roles/${role.id}$` },
      kind: "status",
      status: 409,
      code: "version.conflict",
    });
    expectRefusal(await put(), 409, "version.conflict");
    expect((await put()).status).toBe(200);
  });
});
