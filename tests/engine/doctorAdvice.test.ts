// What the doctor tells people to do about clients and secrets that a state has lost, done from the state in which it tells it.
import { runCredentials } from "./credentialsCommand";
import { RecoveryScene } from "./recoveryScene";
import { mustSucceed } from "./rotationScene";
import { describeEngine } from "./world";

/** Milliseconds: two updates and more, on a loaded machine. */
jest.setTimeout(240_000);

const secretName = "genesys/dev/nightly-report";
const credential = (rotation: string): string => `    nightly-report:
      description: Made by a test
      roles: [reader, { existing: employee }]
      rotation: { ${rotation} }
`;

describeEngine("the doctor's advice", () => {
  let scene: RecoveryScene;
  beforeAll(async () => {
    scene = await RecoveryScene.create();
    scene.declare(credential("generation: 1"));
    await scene.up();
  });
  afterAll(async () => {
    await scene.stop();
  });

  const doctor = () => runCredentials(scene.world, ["doctor", "--stack", "dev"]);
  const vault = () => scene.world.secretsManager.vault;
  const namedClient = (): string => {
    const found = vault().find("eu-west-1", secretName);
    const current = found.versions.find(({ id }) => id === found.labels["AWSCURRENT"]);
    return (JSON.parse(current?.secretString ?? "{}") as { clientId: string }).clientId;
  };

  it("a client that consumers read and no slot is declared for: recover its secret, update, then delete", async () => {
    const before = namedClient();
    const urn = scene.urnOf("nightly-report-b");
    mustSucceed(await scene.pulumi(["state", "delete", "--yes", "--target-dependents", urn]));
    scene.declare(credential("generation: 2, overlap: none"));
    const told = await doctor();
    expect(told.output).toMatch(/delete nothing yet: consumers read its pair; run `pulumi up`/);
    expect(told.output).toMatch(/where the state was lost, `npm run credentials -- recover --stack dev`/); // its secret went along
    expect(told.exitCode).toBe(1);
    expect(await scene.recover("--yes")).toMatchObject({ exitCode: 0 });
    expect((await doctor()).output).toMatch(/delete nothing yet/);
    await scene.watched([secretName], () => scene.up());
    expect(namedClient()).not.toBe(before);
    expect((await doctor()).output).toMatch(/set the client inactive and delete it in Genesys, by this id/);
    scene.world.simulator.organization.store.state.clients =
      scene.world.simulator.organization.store.state.clients.filter(({ id }) => id !== before);
    await scene.watched([secretName], async () => {
      expect((await doctor()).output).not.toMatch(/by this id/);
      mustSucceed(await scene.pulumi(["preview", "--expect-no-changes"]));
    });
  });

  it("a secret that is gone while a rotation waits to be deployed: an update with a refresh makes it again", async () => {
    vault().delete("eu-west-1", secretName, 0, true);
    scene.declare(credential("generation: 3"));
    const told = await doctor();
    expect(told.output).toMatch(
      /does not exist, although it is in this stack's state.*\n?.*pulumi up --refresh/,
    );
    mustSucceed(await scene.pulumi(["up", "--refresh", "--yes", "--skip-preview"]));
    await scene.watched([secretName], async () => {
      expect(await runCredentials(scene.world, ["verify", "--stack", "dev"])).toMatchObject({ exitCode: 0 });
    });
    mustSucceed(await scene.pulumi(["preview", "--expect-no-changes"]));
  });
});
