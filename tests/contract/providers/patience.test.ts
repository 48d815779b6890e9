// Waiting for Genesys to know what it was told: bounded, announced once, and never for what time does not cure.
import {
  clientInputs,
  createProviderWorld,
  type ProviderWorld,
  recordedClient,
  roleInputs,
} from "../../providerWorld";

const secondMs = 1000;
const minuteMs = 60_000;

let world: ProviderWorld;
beforeEach(async () => {
  world = await createProviderWorld();
});
afterEach(async () => {
  await world.stop();
});

/** A role of this run, handed to a client at once. */
async function createRoleAndClient(): Promise<{ outs: Record<string, unknown> }> {
  const run = world.newRun();
  const role = await run.roles.create(roleInputs());
  return run.oauthClients.create(clientInputs({ roleDivisions: [{ roleId: role.id, division: "home" }] }));
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
  const { outs } = await createRoleAndClient();
  expect(outs["verified"]).toBe(true);
  expect(
    world.simulator.organization.describe().clients.filter(({ name }) => name === "nightly-report-dev-a"),
  ).toHaveLength(1);
});

it("a long wait prints one line that says what is waited for", async () => {
  world.simulator.organization.setConsistency({ clientMintsAfterMs: minuteMs });
  await createRoleAndClient();
  expect(world.notices).toEqual([
    'Waiting up to 300 s for OAuth client "nightly-report-dev-a" to sign in with its roles.',
  ]);
});

it("a wait has an end; the client stays known, unverified, and the next run verifies it without another client", async () => {
  world.simulator.organization.setConsistency({ clientMintsAfterMs: 20 * minuteMs });
  const run = world.newRun();
  const failure = await run.oauthClients.create(clientInputs()).then(
    () => undefined,
    (error: unknown) =>
      error as { id: string; properties: Record<string, unknown>; reasons: string[]; message: string },
  );
  expect(virtualMs()).toBeLessThanOrEqual(5.5 * minuteMs);
  expect(failure?.message).toMatch(/Verifying OAuth client .*cannot mint a token.*VERIFICATION_FAILED/);
  expect(failure?.properties).toMatchObject({
    clientId: failure?.id,
    verified: false,
    __provider: "the provider",
  });
  expect(failure?.reasons).toHaveLength(1);

  world.clock.advance(20 * minuteMs);
  const recorded = recordedClient(failure!.properties);
  const repaired = await world.newRun().oauthClients.update(failure!.id, recorded, clientInputs());
  expect(repaired.outs).toMatchObject({ clientId: failure?.id, verified: true });
  expect(world.simulator.organization.describe().clients).toHaveLength(2);
});

it("what time does not cure is told at once", async () => {
  world.simulator.organization.setSwitches({ maximumClients: 1 });
  await expect(createRoleAndClient()).rejects.toThrow(/auth\.too\.many\.clients.*limit of OAuth clients/);
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
  const run = world.newRun();
  const { id, outs } = await run.oauthClients.create(clientInputs());
  world.simulator.organization.setConsistency({
    deleteVisibleAfterMs: 20 * secondMs,
    staleReadAfterPutMs: 20 * secondMs,
  });
  await run.oauthClients.delete(id, recordedClient(outs));
  expect(world.simulator.organization.describe().clients.map((client) => client.id)).not.toContain(id);
});

it.each([
  ["is shown as deleted", { getAfterDelete: "deleted" as const }],
  ["answers 200 to DELETE", { deleteStatus: 200 as const }],
  ["is kept for a week", { keepDeletedForDays: 30 }],
])("a client that %s counts as deleted", async (_name, switches) => {
  world.simulator.organization.setSwitches(switches);
  const run = world.newRun();
  const { id, outs } = await run.oauthClients.create(clientInputs());
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
  const { outs } = await run.oauthClients.create(clientInputs());
  expect(outs["verified"]).toBe(true);
});
