// `adopt` where Genesys lists its clients in another way: in pages, or without what the single answer shows.
import { employeeRoleId, homeDivisionId } from "../../../sandbox/genesys/seed";
import { type CliWorld, createCliWorld } from "./cliWorld";

const clientIds = ["c1", "c2", "c3"].map((end) => `c1000000-0000-4000-8000-0000000000${end}`);

let world: CliWorld;
beforeEach(async () => {
  world = await createCliWorld("config:\n  aws:region: eu-west-1\n");
  world.simulator.organization.seed({
    clients: clientIds.map((id) => ({
      id,
      name: `Client ${id}`,
      secret: `canary-${id}`,
      roleDivisions: [{ roleId: employeeRoleId, divisionId: homeDivisionId }],
    })),
  });
});
afterEach(() => world.stop());

it("a list that tells no grant types: each client is asked for, and taken over with its roles", async () => {
  world.simulator.faults.arm({
    match: { method: "GET", path: "/oauth/clients$" },
    kind: "status",
    status: 200,
    body: { entities: [...clientIds, "gone"].map((id) => ({ id, name: `Client ${id}`, state: "active" })) },
    times: "always",
  });
  expect(await world.run("adopt", "--all")).toBe(0);
  for (const id of clientIds) {
    expect(world.read()).toContain(`clientId: ${id}`);
  }
  expect(world.read()).toContain("existing: employee");
  expect(world.said.out).toContain('client "Client gone" (gone): Genesys does not tell its grant type');
});

it("a list in pages: the clients of every page are taken over", async () => {
  Object.assign(world.simulator.organization.store.switches, { clientListPageSize: 1 });
  expect(await world.run("adopt", "--all")).toBe(0);
  for (const id of clientIds) {
    expect(world.read()).toContain(id);
  }
});

it("a list that tells of more pages and answers all alike: each client once, and an end", async () => {
  const body = {
    entities: clientIds.map((id) => ({
      id,
      name: `Client ${id}`,
      authorizedGrantType: "CLIENT-CREDENTIALS",
    })),
    pageCount: 50,
  };
  const match = { method: "GET", path: "/oauth/clients$" };
  world.simulator.faults.arm({ match, kind: "status", status: 200, body, times: "always" });
  expect(await world.run("adopt", "--all")).toBe(0);
  const asked = world.simulator.requestLog.entries.filter(({ path }) => /\/oauth\/clients(\?|$)/.test(path));
  expect(asked).toHaveLength(2);
});
