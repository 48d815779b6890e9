// Waiting for Genesys to know what it was told: bounded, announced once, and never for what time does not cure.
import {
  clientInputs,
  clientSecretInputs,
  createProviderWorld,
  type ProviderWorld,
  recordedClient,
  roleInputs,
} from "../../providerWorld";
import { isCurrentWorking, versionsOf } from "../../storedSecrets";

const secondMs = 1000;
const minuteMs = 60_000;

let world: ProviderWorld;
beforeEach(async () => {
  world = await createProviderWorld();
});
afterEach(async () => {
  await world.stop();
});

/** A role of this run, handed to a client at once, whose secret is stored. */
async function createAll(): Promise<void> {
  const run = world.newRun();
  const role = await run.roles.create(roleInputs());
  const roleDivisions = [{ roleId: role.id, division: "home" }];
  const { id } = await run.oauthClients.create(clientInputs({ roleDivisions }));
  await run.clientSecrets.create(clientSecretInputs(id));
}

function virtualMs(): number {
  return world.clock.now() - Date.UTC(2026, 10, 1, 9);
}

it.each([
  ["a role that is known late", { roleVisibleAfterMs: 40 * secondMs }],
  ["a grant that takes effect late", { grantEffectiveAfterMs: 4 * minuteMs }],
  ["a client that signs in late", { clientMintsAfterMs: 4 * minuteMs }],
  ["a client that is visible late", { clientVisibleAfterMs: 4 * minuteMs }],
])("%s is waited for", async (_name, consistency) => {
  world.simulator.organization.setConsistency(consistency);
  await createAll();
  expect(isCurrentWorking(world)).toBe(true);
  expect(
    world.simulator.organization.describe().clients.filter(({ name }) => name === "nightly-report-dev-a"),
  ).toHaveLength(1);
});

it("a long wait prints one line that says what is waited for", async () => {
  world.simulator.organization.setConsistency({ clientMintsAfterMs: minuteMs });
  await createAll();
  expect(world.notices).toEqual([
    "Waiting up to 300 s for the secret of nightly-report (genesys/dev/nightly-report) to sign in with its roles.",
  ]);
});

it("a wait has an end; nothing is stored, and the next run stores a pair of the same client", async () => {
  world.simulator.organization.setConsistency({ clientMintsAfterMs: 20 * minuteMs });
  const run = world.newRun();
  const { id } = await run.oauthClients.create(clientInputs());
  const failure = await run.clientSecrets.create(clientSecretInputs(id)).then(
    () => undefined,
    (error: unknown) => error as Error,
  );
  expect(virtualMs()).toBeLessThanOrEqual(5.5 * minuteMs);
  expect(failure?.message).toMatch(
    /^Verifying the secret of nightly-report .*cannot mint a token.*stored secret was not changed.*VERIFICATION_FAILED/,
  );
  expect(failure).not.toHaveProperty("id"); // nothing for the engine to keep: the next run creates
  expect(versionsOf(world.secretsManager)).toEqual([]);

  world.clock.advance(20 * minuteMs);
  await world.newRun().clientSecrets.create(clientSecretInputs(id));
  expect(isCurrentWorking(world)).toBe(true);
  expect(world.simulator.organization.describe().clients).toHaveLength(2);
});

it("what time does not cure is told at once", async () => {
  world.simulator.organization.setSwitches({ maximumClients: 1 });
  await expect(createAll()).rejects.toThrow(/auth\.too\.many\.clients.*limit of OAuth clients/);
  expect(virtualMs()).toBeLessThan(secondMs);
});

it("a role that the deployer does not hold is told at once", async () => {
  const run = world.newRun();
  const creation = run.oauthClients.create(
    clientInputs({ roleDivisions: [{ roleName: "admin", division: "home" }] }),
  );
  await expect(creation).rejects.toThrow(/403.*lacks a permission, or a role that it is to hand out/);
  expect(virtualMs()).toBeLessThan(secondMs);
});

it("a deactivation that is known late delays the deletion only", async () => {
  const { id, outs } = await world.newRun().oauthClients.create(clientInputs());
  world.simulator.organization.setConsistency({
    deleteVisibleAfterMs: 20 * secondMs,
    staleReadAfterPutMs: 20 * secondMs,
  });
  await world.newRun().oauthClients.delete(id, recordedClient(outs));
  expect(world.simulator.organization.describe().clients.map((client) => client.id)).not.toContain(id);
});

it.each([
  ["is shown as deleted", { getAfterDelete: "deleted" as const }],
  ["answers 200 to DELETE", { deleteStatus: 200 as const }],
  ["is kept for a week", { keepDeletedForDays: 30 }],
])("a client that %s counts as deleted", async (_name, switches) => {
  world.simulator.organization.setSwitches(switches);
  const { id, outs } = await world.newRun().oauthClients.create(clientInputs());
  const run = world.newRun();
  world.clock.advance(40 * 24 * 60 * minuteMs);
  await run.oauthClients.delete(id, recordedClient(outs));
  expect(await run.oauthClients.read(id, recordedClient(outs))).not.toHaveProperty("inputs.state", "active");
});

it("a client that is visible late is waited for where tokens do not tell their roles, so that it is asked for", async () => {
  world.simulator.organization.setConsistency({ clientVisibleAfterMs: minuteMs });
  const run = world.newRun();
  const { identity } = run.session;
  const read = identity.read.bind(identity);
  Object.assign(identity, {
    read: async (token?: string) => ({ ...(await read(token)), roleDivisions: undefined }),
  });
  const { id } = await run.oauthClients.create(clientInputs());
  await run.clientSecrets.create(clientSecretInputs(id));
  expect(isCurrentWorking(world)).toBe(true);
});
