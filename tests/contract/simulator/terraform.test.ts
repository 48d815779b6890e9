// What Genesys's Terraform provider and Go SDK ask for, request by request, and which fields they cannot do without.
import {
  deployerClientId,
  deployerClientSecret,
  employeeRoleId,
  homeDivisionId,
} from "../../../sandbox/genesys/seed";
import { clientBody, SimulatorWorld, type Wire } from "./simulatorWorld";

let world: SimulatorWorld;

beforeEach(async () => {
  world = await SimulatorWorld.start();
});

afterEach(async () => {
  await world.stop();
  expect(world.departures()).toEqual([]);
});

test("its start: eleven tokens at once, the organisation, the products", async () => {
  const tokens = await Promise.all(
    Array.from({ length: 11 }, () => world.mint(deployerClientId, deployerClientSecret)),
  );
  expect(tokens.map((token) => token.status)).toEqual(Array(11).fill(200));
  expect(new Set(tokens.map((token) => token.body.access_token)).size).toBe(11);
  expect(tokens[0]!.body.expires_in).toBeGreaterThanOrEqual(300);
  expect((await world.call("GET", "/organizations/me")).body.defaultCountryCode).toEqual(expect.any(String));
  expect((await world.call("GET", "/authorization/products")).body.total).toEqual(expect.any(Number));
});

test("a client from creation to deletion, each field echoed as it was sent", async () => {
  expect((await world.call("GET", "/authorization/divisions/home")).body.id).toBe(homeDivisionId);
  const me = (await world.call("GET", "/tokens/me?preserveIdleTTL=false")).body;
  expect(me.OAuthClient.organization.id).not.toBe("purecloud-builtin");
  const sent = clientBody({
    description: "",
    accessTokenValiditySeconds: 300,
    state: "active",
    registeredRedirectUri: ["https://app.test/callback"],
    scope: [],
  });
  const created = (await world.call("POST", "/oauth/clients", sent)).body;
  expect((await world.call("GET", `/oauth/clients/${created.id}`)).body).toMatchObject(sent);
  const changed = { ...sent, accessTokenValiditySeconds: 172_800, state: "inactive" };
  await world.call("PUT", `/oauth/clients/${created.id}`, changed);
  expect((await world.call("GET", `/oauth/clients/${created.id}`)).body).toMatchObject(changed);
  expect((await world.call("DELETE", `/oauth/clients/${created.id}`)).status).toBe(204);
  expect((await world.call("GET", `/oauth/clients/${created.id}`)).status).toBe(404);
  expect((await world.call("GET", "/oauth/clients")).body).toMatchObject({
    pageCount: 1,
    entities: [{ id: deployerClientId }],
  });
});

test("a role, its catalogue look-ups and its data source", async () => {
  const catalogue = "/authorization/permissions?pageSize=100&pageNumber=1&queryType=domain&query=routing";
  const page = (await world.call("GET", catalogue)).body;
  expect(page).toMatchObject({ total: 1, pageCount: 1 });
  expect(page.entities[0]!.permissionMap["queue"]!.map((one) => one.action)).toContain("view");
  const created = (
    await world.call("POST", "/authorization/roles", {
      name: "queue-reader",
      description: "Reads queues",
      permissions: ["group_creation"],
      permissionPolicies: [{ domain: "routing", entityName: "queue", actionSet: ["view"] }],
    })
  ).body;
  const read = (await world.call("GET", `/authorization/roles/${created.id}?userCount=false`)).body;
  expect(read).toMatchObject({ name: "queue-reader", permissions: ["group_creation"] });
  expect(read).not.toHaveProperty("userCount");
  const found = await world.call(
    "GET",
    "/authorization/roles?pageSize=100&pageNumber=1&name=queue-reader&userCount=false",
  );
  expect(found.body.entities.map((role) => role.id)).toEqual([created.id]);
  const byDefault = await world.call(
    "GET",
    "/authorization/roles?pageSize=1&pageNumber=1&defaultRoleId=employee&userCount=false",
  );
  expect(byDefault.body.entities.map((role) => role.id)).toEqual([employeeRoleId]);
  await world.call("DELETE", `/authorization/roles/${created.id}`);
  expect((await world.call("GET", `/authorization/roles/${created.id}`)).status).toBe(404);
});

test("arrays in both spellings, empty values as if left out", async () => {
  const ids = ["admin", "employee"];
  const read = async (query: string): Promise<unknown> =>
    (await world.call("GET", `/authorization/roles?${query}`)).body.entities.map((role) => role.name);
  expect(await read(`defaultRoleId=${ids.join(",")}`)).toEqual(ids);
  expect(await read(ids.map((id) => `defaultRoleId=${id}`).join("&"))).toEqual(ids);
  expect(await read("name=&pageSize=&id=")).toHaveLength(3);
  expect(await read("name=Credentials+Deployer")).toEqual(["Credentials Deployer"]);
});

test("every page is reached by following nextUri, with its filters", async () => {
  let path: string | undefined = "/api/v2/authorization/permissions?pageSize=7";
  const domains: string[] = [];
  while (path !== undefined) {
    const page: Wire = (await world.call("GET", path.replace("/api/v2", ""))).body;
    domains.push(...page.entities.map((one) => one.domain));
    path = page.nextUri;
  }
  const total = (await world.call("GET", "/authorization/permissions")).body.total;
  expect([domains.length, new Set(domains).size]).toEqual([total, total]);
});
