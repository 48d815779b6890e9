// Whatever a method returns, the engine can store: an answer that it drops after a creation is a client that nobody owns.
import { Struct } from "google-protobuf/google/protobuf/struct_pb";

import {
  clientInputs,
  clientSecretInputs,
  createProviderWorld,
  integrationInputs,
  type ProviderWorld,
  recordedClient,
  recordedIntegration,
  recordedRole,
  recordedSecret,
  roleInputs,
} from "../providerWorld";
import { storeIntegrationPairs } from "../storedSecrets";

let world: ProviderWorld;
beforeEach(async () => {
  world = await createProviderWorld();
});
afterEach(() => world.stop());

/** As the engine does with every answer. @throws for undefined, a Date, a function */
function store(properties: object | undefined): Record<string, unknown> {
  return Struct.fromJavaScript(
    properties as unknown as Parameters<typeof Struct.fromJavaScript>[0],
  ).toJavaScript();
}

/** A value that only code can make; inputs of a program that was compiled against another version may hold it. */
const gone = { roleId: undefined } as unknown as { roleId: string };
const roleDivisions = [{ ...gone, roleName: "employee", division: "home" }];
const permissionPolicies = [
  {
    domain: "routing",
    entityName: "queue",
    actionSet: ["view"],
    resourceConditionNode: { at: new Date(0), f: undefined },
  },
];

it("create, read and update of a client", async () => {
  const run = world.newRun();
  const { id, outs } = await run.oauthClients.create(clientInputs({ roleDivisions }));
  expect(store(outs)).toMatchObject({ clientId: id });
  const read = await run.oauthClients.read(id, recordedClient(outs));
  expect(store(read.props)).toMatchObject({ clientId: id });
  expect(store(read.inputs)).toMatchObject({ name: "nightly-report-dev-a" });
  const updated = await run.oauthClients.update(
    id,
    recordedClient(outs),
    clientInputs({ roleDivisions, name: "x" }),
  );
  expect(store(updated.outs)).toMatchObject({ name: "x" });
});

it("create, read and update of a stored secret, proven or not, of a client that is active or not", async () => {
  const run = world.newRun();
  const { id } = await run.oauthClients.create(clientInputs());
  const given = {
    organization: { ...clientInputs().organization, ...gone },
    aws: { profile: undefined } as object,
  };
  const inputs = clientSecretInputs(id, given);
  const { outs } = await run.clientSecrets.create(inputs);
  expect(store(outs)).toMatchObject({ clientId: id, verification: { clientId: id } });
  const read = await run.clientSecrets.read(`${id}#0`, recordedSecret(outs));
  expect(store(read.props)).toMatchObject({ clientId: id });
  expect(store(read.inputs)).toMatchObject({ clientId: id });
  for (const changes of [
    { keys: "snake" },
    { state: "inactive" },
    { authorizedGrantType: "CODE", keys: "snake" },
  ] as const) {
    const updated = await run.clientSecrets.update(id, recordedSecret(outs), { ...inputs, ...changes });
    expect(store(updated.outs)).toMatchObject(changes);
  }
});

it("create, read and update of a role", async () => {
  const run = world.newRun();
  const { id, outs } = await run.roles.create(roleInputs({ permissionPolicies }));
  expect(store(outs)).toMatchObject({ roleId: id });
  const read = await run.roles.read(id, recordedRole(outs));
  expect(store(read.props)).toMatchObject({ roleId: id });
  const updated = await run.roles.update(
    id,
    recordedRole(outs),
    roleInputs({ permissionPolicies, description: "x" }),
  );
  expect(store(updated.outs)).toMatchObject({ description: "x" });
});

it("create, read and update of an integration credential", async () => {
  const run = world.newRun();
  storeIntegrationPairs(world.secretsManager);
  const foreign = { ...integrationInputs(), organization: { ...integrationInputs().organization, ...gone } };
  const { id, outs } = await run.integrationCredentials.create(foreign);
  expect(store(outs)).toMatchObject({ credentialId: id });
  const record = recordedIntegration(outs);
  const read = await run.integrationCredentials.read(id, { ...record, ...gone });
  expect(store(read.props)).toMatchObject({ credentialId: id });
  expect(store(read.inputs)).toMatchObject({ name: integrationInputs().name });
  const updated = await run.integrationCredentials.update(id, record, integrationInputs({ name: "x" }));
  expect(store(updated.outs)).toMatchObject({ name: "x" });
});

it("what a failure after the adoption leaves to the engine", async () => {
  const { id } = await world.newRun().oauthClients.create(clientInputs());
  const { session, oauthClients } = world.newRun();
  const update = session.oauthClients.update.bind(session.oauthClients);
  session.oauthClients.update = async (...args) => ({ ...(await update(...args)), roleDivisions: [] });
  const match = { method: "GET", path: "/oauth/clients/[^/]+$" };
  world.simulator.faults.arm({ match, skip: 1, kind: "status", status: 403, times: "always" });
  const failure = await oauthClients
    .create(clientInputs({ roleDivisions, adopt: { clientId: id, secret: "keep" } }))
    .then(
      () => undefined,
      (error: unknown) => error as { properties: Record<string, unknown> },
    );
  expect(store(failure?.properties)).toMatchObject({ clientId: id, areRolesUnconfirmed: true });
});
