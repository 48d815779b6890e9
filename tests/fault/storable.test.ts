// Whatever a method returns, the engine can store: an answer that it drops after a creation is a client that nobody owns.
import { Struct } from "google-protobuf/google/protobuf/struct_pb";

import {
  clientInputs,
  createProviderWorld,
  integrationInputs,
  type ProviderWorld,
  recordedClient,
  recordedIntegration,
  recordedRole,
  roleInputs,
} from "../providerWorld";

const twoDaysMs = 172_800_000;

let world: ProviderWorld;
beforeEach(async () => {
  world = await createProviderWorld();
});
afterEach(() => world.stop());

/** As the engine does with every answer. @throws for undefined, a Date, a function */
function store(properties: Record<string, unknown> | undefined): Record<string, unknown> {
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
  expect(store(outs)).toMatchObject({ clientId: id, verified: true });
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

it("what a failure after the creation leaves to the engine", async () => {
  world.simulator.organization.setConsistency({ clientMintsAfterMs: twoDaysMs });
  const failure = await world
    .newRun()
    .oauthClients.create(clientInputs({ roleDivisions }))
    .then(
      () => undefined,
      (error: unknown) => error as { properties: Record<string, unknown> },
    );
  expect(store(failure?.properties)).toMatchObject({ verified: false });
});
