// The credential that a run signs in with: never rotated, deactivated or deleted by that run.
import { deployerClientId } from "../../../sandbox/genesys/seed";
import {
  clientInputs,
  clientSecretInputs,
  createProviderWorld,
  type ProviderWorld,
  recordedClient,
} from "../../providerWorld";
import { versionsOf } from "../../storedSecrets";

let world: ProviderWorld;
beforeEach(async () => {
  world = await createProviderWorld();
});
afterEach(async () => {
  await world.stop();
});

function requests(): string[] {
  const sent = world.simulator.requestLog.entries.map(
    ({ method, path }) => `${method} ${path.split("?")[0] ?? ""}`,
  );
  world.simulator.requestLog.clear();
  return sent;
}

describe("the credential that the run itself uses", () => {
  const own = () => ({ ...clientInputs(), clientId: deployerClientId });

  test.each([
    ["rotated", { generation: 1 }, /^Replacing OAuth client/],
    ["moved to another grant type", { authorizedGrantType: "CODE" }, /^Replacing OAuth client/],
    ["deactivated", { state: "inactive" }, /^Deactivating OAuth client/],
  ])("is never %s: the preview says so, and asks nobody", async (_name, changes, words) => {
    const run = world.newRun();
    const attempt = () => run.oauthClients.diff(deployerClientId, own(), clientInputs(changes));
    await expect(attempt).rejects.toThrow(words);
    await expect(attempt).rejects.toThrow(/is the deployer.*nothing was done.*DEPLOYER_OWN_CLIENT/);
    expect(requests()).toEqual([]);
  });

  it("never gets another secret where rotations keep the client: the preview says so, and asks nobody", async () => {
    const kept = (generation: number) => ({ generation, rotation: { clients: "keep", generation } });
    const olds = { ...own(), ...kept(0) };
    await expect(
      world.newRun().oauthClients.diff(deployerClientId, olds, clientInputs(kept(1))),
    ).rejects.toThrow(/^Rotating OAuth client .*is the deployer.*DEPLOYER_OWN_CLIENT/);
    expect(requests()).toEqual([]);
  });

  it("never gets another secret from whoever stores one", async () => {
    const run = world.newRun();
    const attempt = run.clientSecrets.create(clientSecretInputs(deployerClientId.toUpperCase()));
    await expect(attempt).rejects.toMatchObject({ code: "DEPLOYER_OWN_CLIENT" });
    expect(requests()).not.toContainEqual(expect.stringMatching(/secret$/));
    expect(versionsOf(world.secretsManager)).toEqual([]);
  });

  it("is never deleted", async () => {
    const run = world.newRun();
    const { outs } = await run.oauthClients.create(clientInputs());
    requests();
    await expect(
      run.oauthClients.delete(deployerClientId.toUpperCase(), recordedClient(outs)),
    ).rejects.toMatchObject({ code: "DEPLOYER_OWN_CLIENT" });
    expect(requests()).toEqual([]);
  });

  it("may get another description, and others may be rotated", async () => {
    const run = world.newRun();
    await run.oauthClients.diff(deployerClientId, own(), clientInputs({ description: "new" }));
    await run.oauthClients.diff("another-client", own(), clientInputs({ generation: 1 }));
    await run.oauthClients.diff(
      deployerClientId,
      { ...own(), state: "inactive" },
      clientInputs({ state: "inactive" }),
    );
  });
});
