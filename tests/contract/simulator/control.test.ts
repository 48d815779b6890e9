// The control API, as another process uses it, and the request log.
import {
  deployerClientId,
  deployerClientSecret,
  employeeRoleId,
  homeDivisionId,
  supportDivisionId,
} from "../../../sandbox/genesys/seed";
import { type Answer, clientBody, SimulatorWorld } from "./simulatorWorld";

let world: SimulatorWorld;

beforeEach(async () => {
  world = await SimulatorWorld.start();
});

afterEach(async () => {
  await world.stop();
});

const control = (method: string, path: string, body?: unknown): Promise<Answer> =>
  world.call(method, `/__sim/${path}`, body, { token: null });

test("the request log counts every request of login and API once, and none of its own", async () => {
  await control("DELETE", "requests");
  await world.call("GET", "/oauth/clients?x=1");
  await world.call("POST", "/oauth/clients", clientBody());
  await world.call("POST", "/oauth/clients", { name: "refused" });
  await world.call("GET", "/tokens/me", undefined, { token: "nope" });
  await world.mint(deployerClientId, deployerClientSecret);
  await world.call("GET", "/nowhere");
  const { body } = await control("GET", "requests");
  expect(body.total).toBe(6);
  expect(body.entries.map((one) => [one.number, one.method, one.path, one.status, one.clientId])).toEqual([
    [1, "GET", "/api/v2/oauth/clients?x=1", 200, deployerClientId],
    [2, "POST", "/api/v2/oauth/clients", 200, deployerClientId],
    [3, "POST", "/api/v2/oauth/clients", 400, deployerClientId],
    [4, "GET", "/api/v2/tokens/me", 401, null],
    [5, "POST", "/oauth/token", 200, deployerClientId],
    [6, "GET", "/api/v2/nowhere", 404, deployerClientId],
  ]);
  expect(JSON.stringify(body)).not.toContain("canary-");
  const { requestLog } = world.simulator;
  expect(requestLog.count()).toBe(6);
  expect(requestLog.count({ method: "post", path: "/api/v2/oauth/clients" })).toBe(2);
  expect(requestLog.count({ path: "/api/v2/oauth/clients" })).toBe(3);
  expect(requestLog.count({ path: "/api/v2/oauth/clients?x=1" })).toBe(1);
  expect(requestLog.count({ path: /^\/api\/v2\/oauth/g })).toBe(3);
  expect(requestLog.count({ status: 401 })).toBe(1);
  expect(requestLog.count({ clientId: deployerClientId })).toBe(5);
  requestLog.clear();
  expect(requestLog.entries).toEqual([]);
});

test("requests at the same time are all counted", async () => {
  world.simulator.requestLog.clear();
  await Promise.all(Array.from({ length: 50 }, () => world.call("GET", "/organizations/me")));
  expect(world.simulator.requestLog.count({ status: 200 })).toBe(50);
  const numbers = world.simulator.requestLog.entries.map((entry) => entry.number);
  expect(new Set(numbers).size).toBe(50);
});

test("the state shows clients, roles, grants and divisions, and no secret and no token", async () => {
  const client = await world.createClientWithToken();
  await world.call("POST", "/integrations/credentials", {
    name: "crm",
    type: { name: "pureCloudOAuthClient" },
    credentialFields: { clientId: "x", clientSecret: "canary-integration" },
  });
  const { body, text } = await control("GET", "state");
  expect(body.clients).toContainEqual(
    expect.objectContaining({ id: client.id, state: "active", liveTokens: 1 }),
  );
  expect(body.roles).toContainEqual(expect.objectContaining({ id: employeeRoleId, name: "employee" }));
  expect(body.grants).toContainEqual(
    expect.objectContaining({ subjectId: client.id, roleId: employeeRoleId }),
  );
  expect(body.divisions.map((one) => one.name)).toEqual(["Home", "Sales", "Support"]);
  expect(body.divisions[2]!.id).toBe(supportDivisionId);
  expect(text).not.toContain("canary-");
});

test("a seed changes what exists, adds what is new, removes at once, or starts over", async () => {
  const client = await world.createClient({ description: "Before" });
  await control("POST", "seed", { clients: [{ id: client.id, description: "By hand", state: "inactive" }] });
  const changed = (await world.call("GET", `/oauth/clients/${client.id}`)).body;
  expect(changed).toMatchObject({
    name: client.name,
    description: "By hand",
    state: "inactive",
    roleDivisions: client.roleDivisions,
  });

  await control("POST", "seed", {
    roles: [
      {
        id: "r1",
        name: "extra",
        permissions: ["routing:queue:view", "routing:queue:edit", "usage:client:view"],
      },
    ],
    users: [{ id: "u1", name: "Ada" }],
    grants: [{ subjectId: "u1", subjectType: "PC_USER", roleId: "r1", divisionId: homeDivisionId }],
    clients: [{ id: client.id, deleted: true }],
  });
  expect((await world.call("GET", `/oauth/clients/${client.id}`)).status).toBe(404);
  const role = (await world.call("GET", "/authorization/roles/r1")).body;
  expect(role.userCount).toBe(1);
  expect(role.permissionPolicies).toEqual([
    { domain: "routing", entityName: "queue", actionSet: ["view", "edit"], allowConditions: false },
    { domain: "usage", entityName: "client", actionSet: ["view"], allowConditions: false },
  ]);
  await control("POST", "seed", { roles: [{ id: "r1", deleted: true }] });
  expect((await world.call("GET", "/authorization/roles/r1")).status).toBe(404);
  expect((await world.call("GET", "/authorization/subjects/u1")).body.grants).toEqual([]);

  const { body } = await control("POST", "seed", {
    reset: true,
    id: "other",
    deployerSecret: "canary-other",
  });
  expect([body.id, body.clients.length]).toEqual(["other", 1]);
  expect((await world.call("GET", "/tokens/me")).status).toBe(401);
  expect((await world.mint(deployerClientId, "canary-other")).status).toBe(200);
});

test("faults, switches, consistency and clock are set from outside", async () => {
  const armed = await control("POST", "faults", [
    { kind: "status", status: 503, match: { path: "tokens/me" } },
    { kind: "status", status: 504, match: { path: "tokens/me" }, times: "always" },
  ]);
  expect(armed.body.ids).toHaveLength(2);
  expect((await world.call("GET", "/tokens/me")).status).toBe(503);
  expect((await world.call("GET", "/tokens/me")).status).toBe(504);
  expect((await control("GET", "faults")).body.armed.map((fault) => [fault.matched, fault.struck])).toEqual([
    [2, 1],
    [2, 1],
  ]);
  await control("DELETE", "faults");
  expect((await world.call("GET", "/tokens/me")).status).toBe(200);

  const switches = (await control("PUT", "switches", { deleteStatus: 200, tokenSurvives: { delete: true } }))
    .body;
  expect(switches).toMatchObject({ deleteStatus: 200, tokenSurvives: { delete: true, inactive: true } });
  expect((await control("PUT", "consistency", { clientMintsAfterMs: 9 })).body).toMatchObject({
    clientMintsAfterMs: 9,
    roleVisibleAfterMs: 0,
  });

  const moved = (await control("POST", "clock", { advanceMs: 86_400_000 })).body;
  expect(moved.now).toBe("2026-11-02T09:00:00.000Z");
  expect((await world.call("GET", "/tokens/me")).body.code).toBe("credentials.expired");
});

test.each([
  ["POST", "seed", { planet: "Mars" }],
  ["POST", "seed", { name: "Half", roles: [{ id: "r", name: "r" }], clients: [{ id: "new-without-name" }] }],
  ["POST", "seed", { roles: [{ id: "r", name: "r", permissions: ["routing:queue"] }] }],
  ["POST", "faults", { kind: "boom" }],
  ["POST", "faults", [{ kind: "reset" }, { kind: "boom" }]],
  ["PUT", "switches", { deleteStatus: 418 }],
  ["PUT", "switches", { tokenSurvives: { fire: true } }],
  ["PUT", "consistency", { clientMintsAfterMs: -1 }],
  ["POST", "clock", { advanceMs: -1 }],
  ["POST", "clock", {}],
])("%s /__sim/%s with %j is refused and changes nothing", async (method, path, body) => {
  const before = (await control("GET", "state")).body;
  const answer = await control(method, path, body);
  expect([answer.status, typeof answer.body.message]).toEqual([400, "string"]);
  expect((await control("GET", "state")).body).toEqual(before);
  expect((await control("GET", "faults")).body.armed).toEqual([]);
});

test("it listens on loopback only", () => {
  expect(world.simulator.url).toBe(`http://127.0.0.1:${world.simulator.port}`);
});
