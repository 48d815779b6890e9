// The life of a SecretVersion through the stand-in plugin: what happens to AWSPREVIOUS in a rotation, and the cases in which it is lost.
import { unknownValue } from "../../../sandbox/aws-plugin/propertyValues";
import { changes, failureOf, types, type Recorded } from "./engine";
import { PluginWorld, region } from "./pluginWorld";

const name = "genesys/dev/report";
let world: PluginWorld;
let secretId: string;

beforeEach(async () => {
  world = await PluginWorld.start();
  secretId = (await world.secret()).id;
});

afterEach(() => world.stop());

const put = (value: string, more: object = {}): Promise<Recorded> =>
  world.engine.create(types.version, { secretId, secretString: value, ...more });

/** Somebody else writes a value. */
const putOutside = (value: string): void => {
  world.emulator.vault.put(region, name, `outside-${"0".repeat(32)}`, { secretString: value }, undefined);
};

const refresh = async (version: Recorded): Promise<Recorded> =>
  (await world.engine.read(types.version, version))!;

describe("creation", () => {
  test("exactly one PutSecretValue, then a read; id is <secret>|<version>", async () => {
    const version = await put("canary-1");
    expect(world.calls()).toEqual(["PutSecretValue", "GetSecretValue"]);
    const { versionId } = version.outputs.values;
    expect(version.id).toBe(`${secretId}|${String(versionId)}`);
    expect(versionId).toMatch(/^terraform-\d{18}[0-9a-f]{8}$/);
    expect(version.outputs.values).toMatchObject({
      arn: secretId,
      secretArn: secretId,
      versionStages: ["AWSCURRENT"],
      hasSecretStringWo: false,
      secretString: "canary-1",
    });
  });

  test("the value travels in an envelope, in inputs and outputs, whether the program marks it or not", async () => {
    const version = await put("canary-1");
    expect(version.inputs.secrets).toContain("secretString");
    expect(version.outputs.secrets).toContain("secretString");
    expect((await refresh(version)).outputs.secrets).toContain("secretString");
    expect((await refresh(version)).inputs.secrets).toContain("secretString");
  });

  test("labels that are not visible yet are waited for", async () => {
    world.emulator.vault.labelDelayMs = 3_000;
    const version = await put("canary-1");
    expect(version.outputs.values["versionStages"]).toEqual(["AWSCURRENT"]);
    expect(world.clock.sleptMs.length).toBeGreaterThan(1);
  });

  test("bytes go as bytes", async () => {
    const secretBinary = Buffer.from([0, 255]).toString("base64");
    const version = await world.engine.create(types.version, { secretId, secretBinary });
    expect(version.outputs.values["secretBinary"]).toBe(secretBinary);
    expect(version.outputs.secrets).toContain("secretBinary");
  });

  test("a write-only value is checked by listing, and is no output", async () => {
    const version = await world.engine.create(types.version, {
      secretId,
      secretStringWo: "canary-1",
      secretStringWoVersion: 1,
    });
    expect(world.calls()).toEqual(["PutSecretValue", "ListSecretVersionIds"]);
    expect(version.outputs.values["secretStringWo"]).toBeUndefined();
    expect(version.outputs.values["secretString"]).toBeUndefined();
    expect(world.labelledValues()).toEqual({ AWSCURRENT: "canary-1" });
  });

  test.each([
    [{ secretString: "canary-1", secretBinary: "AAAA" }, "exclude each other"],
    [{ secretStringWo: "canary-1" }, "need each other"],
    [{ secretBinary: "canary!" }, "not base64"],
  ])("inputs %j are refused without repeating the value", async (inputs, words) => {
    const { failures } = await world.engine.check(types.version, { secretId, ...inputs });
    expect(failures.join()).toContain(words);
    expect(failures.join()).not.toContain("canary");
  });

  test("without a value AWS's refusal is shown", async () => {
    expect(await failureOf(world.engine.create(types.version, { secretId }))).toBe(
      `Putting the value of secret "${secretId}": InvalidRequestException: You must provide either SecretString or SecretBinary.`,
    );
  });
});

describe("difference", () => {
  test.each([
    ["secretString", { secretString: "canary-2" }],
    ["secretId", { secretId: "other" }],
    ["region", { region: "us-east-1" }],
  ])("%s replaces, new before old", async (property, news) => {
    const version = await put("canary-1");
    const diff = await world.engine.diff(types.version, version, { ...version.inputs.values, ...news });
    expect(diff).toMatchObject({ replacesList: [property], deletebeforereplace: false });
  });

  test("a value that is not known yet replaces: preview and update agree", async () => {
    const version = await put("canary-1");
    const diff = await world.engine.diff(types.version, version, { secretId, secretString: unknownValue });
    expect(diff.replacesList).toEqual(["secretString"]);
  });

  test("labels that the program does not name are no difference", async () => {
    const version = await put("canary-1");
    putOutside("canary-2");
    const diff = await world.engine.diff(types.version, await refresh(version), version.inputs.values);
    expect(diff.changes).toBe(changes.none);
  });

  test("write-only values replace by their version number only", async () => {
    const inputs = { secretId, secretStringWo: "canary-1", secretStringWoVersion: 1 };
    const version = await world.engine.create(types.version, inputs);
    const same = await world.engine.diff(types.version, version, { ...inputs, secretStringWo: "canary-2" });
    expect(same.changes).toBe(changes.none);
    const raised = await world.engine.diff(types.version, version, { ...inputs, secretStringWoVersion: 2 });
    expect(raised.replacesList).toEqual(["secretStringWoVersion"]);
  });
});

test("preview of a creation calls nothing and keeps the value secret", async () => {
  const { outputs } = await world.engine.previewCreate(types.version, { secretId, secretString: "canary-1" });
  expect(world.calls()).toEqual([]);
  expect(outputs.values).toMatchObject({ versionId: unknownValue, arn: unknownValue });
  expect(outputs.secrets).toContain("secretString");
});

describe("rotation", () => {
  test("new before old: one GetSecretValue deletes the old one, and AWSPREVIOUS stays readable", async () => {
    const first = await put("canary-1");
    await put("canary-2");
    world.calls();
    await world.engine.delete(types.version, first);
    expect(world.calls()).toEqual(["GetSecretValue"]);
    expect(world.labelledValues()).toEqual({ AWSCURRENT: "canary-2", AWSPREVIOUS: "canary-1" });
  });

  test("case A: interrupted and refreshed before the old one was deleted, AWSPREVIOUS is stripped", async () => {
    const first = await put("canary-1");
    await put("canary-2");
    const refreshed = await refresh(first);
    expect(refreshed.outputs.values["versionStages"]).toEqual(["AWSPREVIOUS"]);
    world.calls();
    await world.engine.delete(types.version, refreshed);
    expect(world.calls()).toEqual(["UpdateSecretVersionStage", "GetSecretValue"]);
    expect(world.labelledValues()).toEqual({ AWSCURRENT: "canary-2" });
  });

  test("case B: somebody else rotated and it was refreshed, the deletion of the old one fails", async () => {
    const first = await put("canary-1");
    putOutside("canary-2");
    const refreshed = await refresh(first);
    await put("canary-3");
    expect(await failureOf(world.engine.delete(types.version, refreshed))).toContain(
      `Deleting a version of secret "${secretId}": InvalidParameterException`,
    );
    expect(world.labelledValues()).toEqual({ AWSCURRENT: "canary-3", AWSPREVIOUS: "canary-2" });
  });

  test("case C: with a label of one's own the deletion of the old one fails", async () => {
    const labels = { versionStages: ["AWSCURRENT", "slot-a"] };
    const first = await put("canary-1", labels);
    await put("canary-2", labels);
    expect(await failureOf(world.engine.delete(types.version, first))).toContain("InvalidParameterException");
    expect(world.labelledValues()).toMatchObject({ "slot-a": "canary-2", AWSPREVIOUS: "canary-1" });
  });

  test("case D: the same value put again after a crash is another version, and AWSPREVIOUS is lost", async () => {
    await put("canary-1");
    await put("canary-2");
    await put("canary-2");
    expect(world.labelledValues()).toEqual({ AWSCURRENT: "canary-2", AWSPREVIOUS: "canary-2" });
  });

  test("a deletion of a version whose secret is gone or going succeeds", async () => {
    const version = await put("canary-1");
    world.emulator.vault.delete(region, name, 7, false);
    await expect(world.engine.delete(types.version, version)).resolves.toBeUndefined();
    world.emulator.vault.delete(region, name, 0, true);
    await expect(world.engine.delete(types.version, version)).resolves.toBeUndefined();
  });
});

describe("refresh", () => {
  test("without drift gives back what was recorded", async () => {
    const version = await put("canary-1");
    expect(await refresh(version)).toEqual({
      id: version.id,
      inputs: { values: version.inputs.values, secrets: version.inputs.secrets },
      outputs: version.outputs,
    });
  });

  test("a version whose secret is scheduled for deletion is gone", async () => {
    const version = await put("canary-1");
    world.emulator.vault.delete(region, name, 7, false);
    expect(await world.engine.read(types.version, version)).toBeUndefined();
  });

  test("an import by <secret>|<version> finds the value", async () => {
    const version = await put("canary-1");
    const imported = await world.engine.import(types.version, version.id);
    expect(imported?.inputs.values).toEqual({ secretId, secretString: "canary-1" });
    expect(imported?.inputs.secrets).toContain("secretString");
    expect(await failureOf(world.engine.import(types.version, "nonsense"))).toContain("unexpected form");
  });
});

test("an update moves AWSCURRENT here, and lets AWS place AWSPREVIOUS", async () => {
  const first = await put("canary-1");
  await put("canary-2");
  const refreshed = await refresh(first);
  world.calls();
  const inputs = { ...first.inputs.values, versionStages: ["AWSCURRENT"] };
  const updated = await world.engine.update(types.version, refreshed, inputs);
  expect(world.calls()).toEqual(["ListSecretVersionIds", "UpdateSecretVersionStage", "GetSecretValue"]);
  expect(updated.outputs.values["versionStages"]).toEqual(["AWSCURRENT"]);
  expect(world.labelledValues()).toEqual({ AWSCURRENT: "canary-1", AWSPREVIOUS: "canary-2" });
});

test("a value that was stored, but cannot be read back, reaches the state with its version", async () => {
  world.emulator.faults.arm({ kind: "accessDenied", operation: "GetSecretValue" });
  const call = put("canary-lost");
  const details = await failureOf(call);
  expect(details).toContain("access denied");
  expect(details).not.toContain("canary");
  const { versions } = world.emulator.vault.find(region, name);
  const error = await call.catch((caught: unknown) => caught as { metadata: { get(key: string): Buffer[] } });
  const wire = (error as { metadata: { get(key: string): Buffer[] } }).metadata.get(
    "grpc-status-details-bin",
  )[0];
  expect(wire?.toString("latin1")).toContain(`${secretId}|${versions[0]?.id ?? ""}`);
});
