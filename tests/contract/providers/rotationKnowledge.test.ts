// What a rotation learns from the record it replaces, so that it need not ask.
import { homeDivisionId } from "../../../sandbox/genesys/seed";
import { clientInputs, createProviderWorld, type ProviderWorld, recordedClient } from "../../providerWorld";

let world: ProviderWorld;
beforeEach(async () => {
  world = await createProviderWorld();
});
afterEach(async () => {
  await world.stop();
});

const home = "/api/v2/authorization/divisions/home";
const next = clientInputs({ generation: 2 });

async function firstRecord() {
  const { outs } = await world.newRun().oauthClients.create(clientInputs());
  world.simulator.requestLog.clear();
  return recordedClient(outs);
}

it("the home division is taken from the record, not asked for", async () => {
  const record = await firstRecord();
  const run = world.newRun();
  await run.oauthClients.diff(record.clientId, record, next);
  const { outs } = await run.oauthClients.create(next);
  expect(world.simulator.requestLog.count({ path: home })).toBe(0);
  expect(recordedClient(outs).resolvedRoleDivisions).toMatchObject([{ divisionId: homeDivisionId }]);
});

it.each([
  ["belongs to another organisation", { organizationId: "another-organisation" }],
  ["names no home division", { roleDivisions: [{ roleName: "employee", division: "*" }] }],
  ["does not say what its entries stood for", { resolvedRoleDivisions: [] }],
])("the home division is asked for when the record %s", async (_name, changes) => {
  const record = { ...(await firstRecord()), ...changes };
  const run = world.newRun();
  await run.oauthClients.diff(record.clientId, record, next);
  await run.oauthClients.create(next);
  expect(world.simulator.requestLog.count({ path: home })).toBe(1);
});
