// Refresh, import and deletion of a Secret through the stand-in plugin: drift shows, what is gone or going is gone.
import { changes, types, type Recorded } from "./engine";
import { PluginWorld, region } from "./pluginWorld";

const name = "genesys/dev/report";
let world: PluginWorld;

beforeEach(async () => {
  world = await PluginWorld.start();
});

afterEach(() => world.stop());

describe("refresh", () => {
  let secret: Recorded;

  beforeEach(async () => {
    secret = await world.engine.create(types.secret, { name, description: "Report", tags: { a: "1" } });
    world.calls();
  });

  test("without drift gives back exactly what was recorded, with DescribeSecret and GetResourcePolicy", async () => {
    expect(await world.engine.read(types.secret, secret)).toEqual({
      id: secret.id,
      inputs: { values: secret.inputs.values, secrets: [] },
      outputs: secret.outputs,
    });
    expect(world.calls()).toEqual(["DescribeSecret", "GetResourcePolicy"]);
  });

  test("shows drift of description, key and tags in inputs and outputs, and the next update repairs it", async () => {
    world.emulator.vault.update(
      region,
      name,
      "t".repeat(32),
      { description: "Mine", kmsKeyId: "alias/x" },
      undefined,
    );
    world.emulator.vault.tag(region, name, { a: "2", z: "9" });
    const refreshed = (await world.engine.read(types.secret, secret))!;
    const drift = { description: "Mine", kmsKeyId: "alias/x", tags: { a: "2", z: "9" } };
    expect(refreshed.inputs.values).toMatchObject(drift);
    expect(refreshed.outputs.values).toMatchObject(drift);
    const diff = await world.engine.diff(types.secret, refreshed, secret.inputs.values);
    expect(diff.diffsList.sort()).toEqual(["description", "kmsKeyId", "tags", "tagsAll"]);
    await world.engine.update(types.secret, refreshed, secret.inputs.values);
    expect(world.emulator.vault.find(region, name)).toMatchObject({
      description: "Report",
      tags: { a: "1" },
    });
  });

  test("takes a secret that is scheduled for deletion for gone", async () => {
    world.emulator.vault.delete(region, name, 7, false);
    expect(await world.engine.read(types.secret, secret)).toBeUndefined();
  });

  test("takes a deleted secret for gone", async () => {
    world.emulator.vault.delete(region, name, 0, true);
    expect(await world.engine.read(types.secret, secret)).toBeUndefined();
  });

  test("an import finds inputs that make no difference", async () => {
    const imported = (await world.engine.import(types.secret, secret.id))!;
    expect(imported.inputs.values).toMatchObject({ name, description: "Report", tags: { a: "1" } });
    const diff = await world.engine.diff(types.secret, imported, imported.inputs.values);
    expect(diff.changes).toBe(changes.none);
  });
});

describe("deletion", () => {
  test("schedules with the window of the state", async () => {
    const secret = await world.secret();
    await world.engine.delete(types.secret, secret);
    expect(world.calls()).toEqual(["DeleteSecret", "DescribeSecret"]);
    const { deletionAtMs } = world.emulator.vault.find(region, name);
    expect(deletionAtMs).toBe(world.clock.now() + 7 * 24 * 60 * 60 * 1000);
  });

  test("with a window of 0 deletes at once", async () => {
    const secret = await world.engine.create(types.secret, { name, recoveryWindowInDays: 0 });
    await world.engine.delete(types.secret, secret);
    expect(world.emulator.vault.all()).toEqual([]);
  });

  test("of what is gone already succeeds", async () => {
    const secret = await world.secret();
    world.emulator.vault.delete(region, name, 0, true);
    await expect(world.engine.delete(types.secret, secret)).resolves.toBeUndefined();
  });
});
