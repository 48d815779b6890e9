// A refresh of many objects: it asks for lists where they tell enough, and believes no list about a change.
import type { OAuthClientOutputs } from "../../../providers/oauthClient/record";
import type { RoleOutputs } from "../../../providers/role/record";
import {
  clientInputs,
  createProviderWorld,
  type ProviderRun,
  type ProviderWorld,
  recordedClient,
  recordedRole,
  roleInputs,
} from "../../providerWorld";

const objects = 40;
/** Those that are asked for one by one, the list, the token and who it belongs to. */
const mostRequests = 10;
const aMinuteMs = 60_000;

let world: ProviderWorld;
let clients: OAuthClientOutputs[];
let roles: RoleOutputs[];

beforeEach(async () => {
  world = await createProviderWorld();
  const run = world.newRun();
  clients = [];
  roles = [];
  for (let index = 0; index < objects; index++) {
    const owner = `genesys-credentials/dev/number-${index}`;
    const role = await run.roles.create(roleInputs({ name: `number ${index}`, owner }));
    roles.push(recordedRole(role.outs));
    const client = await run.oauthClients.create(clientInputs({ name: `number-${index}-dev-a`, owner }));
    clients.push(recordedClient(client.outs));
  }
  world.clock.advance(aMinuteMs); // the request limit begins anew
  world.simulator.requestLog.clear();
});
afterEach(async () => {
  await world.stop();
});

const readClient = (run: ProviderRun, record: OAuthClientOutputs) =>
  run.oauthClients.read(record.clientId, record);
const readRole = (run: ProviderRun, record: RoleOutputs) => run.roles.read(record.roleId, record);

async function readAll<R, T>(records: readonly R[], read: (record: R) => Promise<T>): Promise<T[]> {
  const seen: T[] = [];
  for (const record of records) {
    seen.push(await read(record));
  }
  return seen;
}

it("asks for a list instead of each client, and for lists instead of each role", async () => {
  const run = world.newRun();
  const seen = await readAll(clients, (record) => readClient(run, record));
  expect(seen.map(({ props }) => props)).toEqual(clients);
  expect(world.simulator.requestLog.count()).toBeLessThanOrEqual(mostRequests);
  world.simulator.requestLog.clear();
  const seenRoles = await readAll(roles, (record) => readRole(run, record));
  expect(seenRoles.map(({ props }) => props)).toEqual(roles);
  expect(world.simulator.requestLog.count()).toBeLessThanOrEqual(mostRequests);
});

it("sees every change of before the list", async () => {
  const run = world.newRun();
  const last = clients[objects - 1] as OAuthClientOutputs;
  await readAll(clients.slice(0, objects / 2), (record) => readClient(run, record));
  const live = await run.session.oauthClients.get(last.clientId);
  await run.session.oauthClients.update(last.clientId, {
    ...(live as unknown as Parameters<typeof run.session.oauthClients.update>[1]),
    accessTokenValiditySeconds: 600,
  });
  const seen = await readAll(clients, (record) => readClient(run, record));
  // The list was asked for before the change: it shows what is recorded.
  expect(seen.at(-1)?.props).toMatchObject({ accessTokenValiditySeconds: 3600 });
  const next = world.newRun();
  const afresh = await readAll(clients, (record) => readClient(next, record));
  expect(afresh.at(-1)?.props).toMatchObject({ accessTokenValiditySeconds: 600 });
  expect(afresh.slice(0, -1).map(({ props }) => props)).toEqual(clients.slice(0, -1));
});
