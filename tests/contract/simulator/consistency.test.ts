// Eventual consistency: each delay holds until its millisecond, and not one longer.
import {
  deployerClientId,
  employeeRoleId,
  homeDivisionId,
  salesDivisionId,
} from "../../../sandbox/genesys/seed";
import { type Answer, clientBody, roleBody, SimulatorWorld } from "./simulatorWorld";

const delayMs = 5000;
let world: SimulatorWorld;

beforeEach(async () => {
  world = await SimulatorWorld.start();
});

afterEach(async () => {
  await world.stop();
  expect(world.departures()).toEqual([]);
});

/** The observation now, one millisecond before the delay ends, and when it has ended. */
async function overTime<T>(observe: () => Promise<T>): Promise<T[]> {
  const atOnce = await observe();
  world.clock.advance(delayMs - 1);
  const shortBefore = await observe();
  world.clock.advance(1);
  return [atOnce, shortBefore, await observe()];
}

const status = async (path: string): Promise<number> => (await world.call("GET", path)).status;

test("a new client is visible later: GET and list; writes reach it at once", async () => {
  world.simulator.organization.setConsistency({ clientVisibleAfterMs: delayMs });
  const { id, secret } = await world.createClient();
  expect((await world.mint(id, secret)).status).toBe(200);
  expect((await world.call("PUT", `/oauth/clients/${id}`, clientBody())).status).toBe(200);
  const seen = await overTime(async () => [
    await status(`/oauth/clients/${id}`),
    (await world.call("GET", "/oauth/clients")).body.total,
  ]);
  expect(seen).toEqual([
    [404, 1],
    [404, 1],
    [200, 2],
  ]);
});

test("a new client mints later", async () => {
  world.simulator.organization.setConsistency({ clientMintsAfterMs: delayMs });
  const { id, secret } = await world.createClient();
  const answers = await overTime(async () => {
    const { status: code, body } = await world.mint(id, secret);
    return [code, body.description];
  });
  expect(answers).toEqual([
    [400, "client not found"],
    [400, "client not found"],
    [200, undefined],
  ]);
});

test("an old secret dies later", async () => {
  world.simulator.organization.setConsistency({ oldSecretDiesAfterMs: delayMs });
  const { id, secret } = await world.createClient();
  const renewed = (await world.call("POST", `/oauth/clients/${id}/secret`)).body.secret;
  expect((await world.mint(id, renewed)).status).toBe(200);
  expect(await overTime(async () => (await world.mint(id, secret)).status)).toEqual([200, 200, 401]);
});

test("a new role is visible later, also to grants and clients", async () => {
  world.simulator.organization.setConsistency({ roleVisibleAfterMs: delayMs });
  world.simulator.organization.setSwitches({ requireHeldRoles: "off" });
  const { id } = (await world.call("POST", "/authorization/roles", roleBody())).body;
  const grants = [{ roleId: id, divisionId: homeDivisionId }];
  const seen = await overTime(async () => [
    await status(`/authorization/roles/${id}`),
    (await world.call("GET", "/authorization/roles?name=reporting-reader")).body.total,
    (
      await world.call(
        "POST",
        `/authorization/subjects/${deployerClientId}/bulkadd?subjectType=PC_OAUTH_CLIENT`,
        { grants },
      )
    ).status,
    (await world.call("POST", "/oauth/clients", clientBody({ roleDivisions: grants }))).status,
  ]);
  expect(seen).toEqual([
    [404, 0, 404, 400],
    [404, 0, 404, 400],
    [200, 1, 204, 200],
  ]);
});

test("a grant counts later: tokens/me, permission checks, held roles; a grant that stays keeps counting", async () => {
  world.simulator.organization.setConsistency({ grantEffectiveAfterMs: delayMs });
  const { id } = (
    await world.call(
      "POST",
      "/authorization/roles",
      roleBody({
        permissionPolicies: [{ domain: "oauth", entityName: "client", actionSet: ["view"] }],
      }),
    )
  ).body;
  const grants = [{ roleId: id, divisionId: homeDivisionId }];
  await world.call(
    "POST",
    `/authorization/subjects/${deployerClientId}/bulkadd?subjectType=PC_OAUTH_CLIENT`,
    { grants },
  );
  expect(
    await overTime(
      async () => (await world.call("POST", "/oauth/clients", clientBody({ roleDivisions: grants }))).status,
    ),
  ).toEqual([403, 403, 200]);

  const client = await world.createClientWithToken({ roleDivisions: grants });
  expect((await world.call("GET", `/oauth/clients/${client.id}`)).body.roleDivisions).toEqual(grants);
  const seen = await overTime(async () => [
    (await world.call("GET", "/tokens/me", undefined, { token: client.token })).body.OAuthClient.roleDivisions
      .length,
    (await world.call("GET", "/oauth/clients", undefined, { token: client.token })).status,
  ]);
  expect(seen).toEqual([
    [0, 403],
    [0, 403],
    [1, 200],
  ]);

  const more = [...grants, { roleId: employeeRoleId, divisionId: salesDivisionId }];
  await world.call("PUT", `/oauth/clients/${client.id}`, clientBody({ roleDivisions: more }));
  const after = await overTime(
    async () =>
      (await world.call("GET", "/tokens/me", undefined, { token: client.token })).body.OAuthClient
        .roleDivisions,
  );
  expect(after).toEqual([grants, grants, more]);
});

test("a deleted client or role is shown until later, and can no longer be changed", async () => {
  world.simulator.organization.setConsistency({ deleteVisibleAfterMs: delayMs });
  const client = await world.createClient();
  const role = (await world.call("POST", "/authorization/roles", roleBody())).body;
  await world.deleteClient(client);
  await world.call("DELETE", `/authorization/roles/${role.id}`);
  expect((await world.call("PUT", `/oauth/clients/${client.id}`, clientBody())).status).toBe(404);
  expect((await world.call("DELETE", `/oauth/clients/${client.id}`)).status).toBe(404);
  expect((await world.mint(client.id, client.secret)).status).toBe(400);
  const seen = await overTime(async () => [
    await status(`/oauth/clients/${client.id}`),
    (await world.call("GET", "/oauth/clients")).body.total,
    await status(`/authorization/roles/${role.id}`),
  ]);
  expect(seen).toEqual([
    [200, 2, 200],
    [200, 2, 200],
    [404, 1, 404],
  ]);
});

test("GET and list show the version before the last PUT, one PUT after the other; PUT answers the new one", async () => {
  world.simulator.organization.setConsistency({ staleReadAfterPutMs: delayMs });
  const { id } = await world.createClient({ description: "one" });
  const put = (description: string, roleDivisions: unknown): Promise<Answer> =>
    world.call("PUT", `/oauth/clients/${id}`, clientBody({ description, roleDivisions }));
  const read = async (): Promise<unknown> => {
    const { body } = await world.call("GET", `/oauth/clients/${id}`);
    const list = (await world.call("GET", "/oauth/clients")).body.entities.find((one) => one.id === id);
    expect(list).toEqual(body);
    return [body.description, body.roleDivisions.length];
  };
  const home = { roleId: employeeRoleId, divisionId: homeDivisionId };
  const sales = { roleId: employeeRoleId, divisionId: salesDivisionId };
  expect((await put("two", [home, sales])).body).toMatchObject({
    description: "two",
    roleDivisions: [home, sales],
  });
  expect(await read()).toEqual(["one", 1]);
  world.clock.advance(1000);
  await put("three", [sales]);
  world.clock.advance(3999);
  expect(await read()).toEqual(["one", 1]);
  world.clock.advance(1);
  expect(await read()).toEqual(["two", 2]);
  world.clock.advance(1000);
  expect(await read()).toEqual(["three", 1]);

  const role = (await world.call("POST", "/authorization/roles", roleBody())).body;
  await world.call("PUT", `/authorization/roles/${role.id}`, roleBody({ description: "new" }));
  const seen = await overTime(
    async () => (await world.call("GET", `/authorization/roles/${role.id}`)).body.description,
  );
  expect(seen).toEqual(["Reads conversation details", "Reads conversation details", "new"]);
});

test("what was seeded is visible and counts at once, whatever the delays", async () => {
  world.simulator.organization.setConsistency({
    clientVisibleAfterMs: delayMs,
    clientMintsAfterMs: delayMs,
    roleVisibleAfterMs: delayMs,
    grantEffectiveAfterMs: delayMs,
  });
  world.simulator.organization.seed({
    roles: [{ id: "r", name: "viewer", permissions: ["oauth:client:view"] }],
    clients: [
      { id: "c", name: "seeded", secret: "canary-seeded", roleDivisions: [{ roleId: "r", divisionId: "*" }] },
    ],
  });
  const token = (await world.mint("c", "canary-seeded")).body.access_token;
  expect((await world.call("GET", "/oauth/clients/c", undefined, { token })).status).toBe(200);
});
