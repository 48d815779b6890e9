// The life of a Secret through the stand-in plugin: calls in the order of the real provider, drift, deletion, replacement.
import { unknownValue } from "../../../sandbox/aws-plugin/propertyValues";
import { changes, failureOf, recordedFailure, types } from "./engine";
import { PluginWorld, region } from "./pluginWorld";

const name = "genesys/dev/report";
let world: PluginWorld;

beforeEach(async () => {
  world = await PluginWorld.start();
});

afterEach(() => world.stop());

describe("creation", () => {
  test("CreateSecret, DescribeSecret until found, then the read of every refresh; no version exists", async () => {
    const { id, outputs } = await world.engine.create(types.secret, { name, description: "Report" });
    expect(world.calls()).toEqual(["CreateSecret", "DescribeSecret", "DescribeSecret", "GetResourcePolicy"]);
    expect(id).toMatch(/^arn:aws:secretsmanager:eu-west-1:\d{12}:secret:genesys\/dev\/report-\w{6}$/);
    expect(outputs.values).toMatchObject({
      arn: id,
      name,
      description: "Report",
      region,
      recoveryWindowInDays: 30,
      tags: {},
      tagsAll: {},
    });
    expect(world.emulator.vault.find(region, name).versions).toEqual([]);
  });

  test("a policy is put after the secret", async () => {
    const policy = JSON.stringify({
      Statement: [{ Effect: "Deny", Principal: "*", Action: "*", Resource: "*" }],
    });
    await world.engine.create(types.secret, { name, policy });
    expect(world.calls()).toEqual([
      "CreateSecret",
      "DescribeSecret",
      "PutResourcePolicy",
      "DescribeSecret",
      "GetResourcePolicy",
    ]);
  });

  test("a secret whose policy is refused stays in the state, and the next update finishes it", async () => {
    const policy = JSON.stringify({ Statement: [{ Effect: "Allow" }] });
    const call = world.engine.create(types.secret, { name, policy });
    await expect(call).rejects.toMatchObject({
      details: expect.stringContaining(`Creating secret "${name}": MalformedPolicyDocumentException`),
    });
    const { arn } = world.emulator.vault.find(region, name);
    expect(await recordedFailure(call)).toMatchObject({ arn, policy: "" });
  });

  test("a secret that cannot be read at once stays in the state", async () => {
    world.emulator.faults.arm({ kind: "accessDenied", operation: "DescribeSecret" });
    const failed = await recordedFailure(world.engine.create(types.secret, { name, description: "Report" }));
    const { arn } = world.emulator.vault.find(region, name);
    expect(failed).toMatchObject({ arn, name, description: "Report" });
  });

  test("inputs are completed as the real plugin completes them", async () => {
    const { values } = await world.engine.check(types.secret, { name, tags: { a: "1" } });
    expect(values).toEqual({
      __defaults: ["forceOverwriteReplicaSecret", "recoveryWindowInDays"],
      forceOverwriteReplicaSecret: false,
      name,
      recoveryWindowInDays: 30,
      region,
      tags: { a: "1" },
      tagsAll: { a: "1" },
    });
  });

  test("a name on its way out is waited for, until it is free", async () => {
    const first = await world.secret();
    await world.engine.delete(types.secret, first);
    const sleep = world.clock.sleep.bind(world.clock);
    world.clock.sleep = (durationMs) => {
      if (world.clock.sleptMs.length === 2) {
        world.emulator.vault.delete(region, name, 0, true);
      }
      return sleep(durationMs);
    };
    const second = await world.engine.create(types.secret, { name });
    expect(second.id).not.toBe(first.id);
    expect(world.emulator.requestLog.filter(({ error }) => error === "InvalidRequestException")).toHaveLength(
      3,
    );
  });

  test("a name that stays taken fails after two and a half minutes, with AWS's words", async () => {
    await world.engine.delete(types.secret, await world.secret());
    const started = world.clock.now();
    expect(await failureOf(world.engine.create(types.secret, { name }))).toContain(
      `Creating secret "${name}": InvalidRequestException: You can't create this secret because a secret with this name is already scheduled for deletion.`,
    );
    expect(world.clock.now() - started).toBe(150_000);
  });

  test("customTimeouts shorten the wait", async () => {
    await world.engine.delete(types.secret, await world.secret());
    const started = world.clock.now();
    await failureOf(world.engine.create(types.secret, { name }, 5));
    expect(world.clock.now() - started).toBe(35_000);
  });

  test("a secret without a name is named from the seed: the same in preview and update, kept afterwards", async () => {
    const first = await world.engine.check(types.secret, {});
    const again = await world.engine.check(types.secret, {});
    const kept = await world.engine.check(
      types.secret,
      {},
      { name: "logical-0000000", __defaults: ["name"] },
    );
    expect(first.values["name"]).toMatch(/^logical-[0-9a-f]{7}$/);
    expect(again.values["name"]).toBe(first.values["name"]);
    expect(kept.values["name"]).toBe("logical-0000000");
  });

  test.each([
    [{ name: "has space" }, "name must have"],
    [{ name, namePrefix: "a" }, "exclude each other"],
    [{ name, recoveryWindowInDays: 5 }, "recoveryWindowInDays must be 0 or 7 to 30"],
    [{ name, policy: "{" }, "policy is not a JSON document"],
    [{ name, description: "d".repeat(2049) }, "description must have at most"],
    [{ name, replicas: [{ region: "us-east-1" }] }, "--aws real"],
  ])("inputs %j are refused before AWS is asked", async (inputs, words) => {
    const { failures } = await world.engine.check(types.secret, inputs);
    expect(failures.join()).toContain(words);
    expect(world.calls()).toEqual([]);
  });
});

describe("preview", () => {
  test("of a creation calls nothing, and says what is not known yet", async () => {
    const { id, outputs } = await world.engine.previewCreate(types.secret, { name, tags: { a: "b" } });
    expect(id).toBe("");
    expect(outputs.values).toMatchObject({ arn: unknownValue, name, tagsAll: { a: "b" }, description: "" });
    expect(world.calls()).toEqual([]);
  });

  test("of an update keeps the ARN", async () => {
    const secret = await world.secret();
    const { outputs } = await world.engine.update(types.secret, secret, { name, description: "new" }, true);
    expect(outputs.values).toMatchObject({ arn: secret.id, description: "new" });
    expect(world.calls()).toEqual([]);
  });

  test("an unknown input is a change", async () => {
    const secret = await world.secret();
    const diff = await world.engine.diff(types.secret, secret, {
      ...secret.inputs.values,
      description: unknownValue,
    });
    expect(diff).toMatchObject({ changes: changes.some, diffsList: ["description"], replacesList: [] });
  });
});

describe("change", () => {
  test("nothing changed is no change", async () => {
    const secret = await world.secret();
    const diff = await world.engine.diff(types.secret, secret, secret.inputs.values);
    expect(diff).toMatchObject({ changes: changes.none, diffsList: [], replacesList: [] });
  });

  test("description and tags: one UpdateSecret, one UntagResource, one TagResource; no new version", async () => {
    const secret = await world.engine.create(types.secret, { name, tags: { a: "1", b: "1", c: "1" } });
    world.calls();
    const news = { name, description: "new", tags: { a: "1", b: "2", d: "1" } };
    const updated = await world.engine.update(types.secret, secret, news);
    expect(world.calls()).toEqual([
      "UpdateSecret",
      "UntagResource",
      "TagResource",
      "DescribeSecret",
      "GetResourcePolicy",
    ]);
    expect(updated.outputs.values).toMatchObject({ description: "new", tags: news.tags, tagsAll: news.tags });
    expect(world.emulator.vault.find(region, name)).toMatchObject({ description: "new", tags: news.tags });
  });

  test("the recovery window is a matter of state: changing it calls nothing but a read", async () => {
    const secret = await world.secret();
    const news = { name, recoveryWindowInDays: 0 };
    const diff = await world.engine.diff(types.secret, secret, news);
    expect(diff).toMatchObject({
      changes: changes.some,
      diffsList: ["recoveryWindowInDays"],
      replacesList: [],
    });
    const updated = await world.engine.update(types.secret, secret, news);
    expect(world.calls()).toEqual(["DescribeSecret", "GetResourcePolicy"]);
    expect(updated.outputs.values["recoveryWindowInDays"]).toBe(0);
  });

  test("removing the policy property keeps the policy; an empty object removes it", async () => {
    const policy = '{"Statement":[{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*"}]}';
    const secret = await world.engine.create(types.secret, { name, policy });
    const unset = await world.engine.diff(types.secret, secret, { name });
    expect(unset.changes).toBe(changes.none);
    await world.engine.update(types.secret, secret, { name, policy: "{}" });
    expect(world.emulator.vault.find(region, name).policy).toBeUndefined();
  });

  test.each([
    ["a given name, changed", { name: "genesys/dev/other" }, ["name"]],
    ["another Region under the same given name", { name, region: "us-east-1" }, ["region"]],
  ])("%s replaces, and deletes first unless the program says otherwise", async (_title, news, replaces) => {
    const secret = await world.secret();
    const { values } = await world.engine.check(types.secret, { recoveryWindowInDays: 7, ...news });
    const diff = await world.engine.diff(types.secret, secret, values);
    expect(diff).toMatchObject({ replacesList: replaces, deletebeforereplace: true });
  });

  test("a generated name leaves room for two: the new secret comes first", async () => {
    const secret = await world.engine.create(types.secret, {});
    const { values } = await world.engine.check(types.secret, { region: "us-east-1" }, secret.inputs.values);
    const diff = await world.engine.diff(types.secret, secret, values);
    expect(diff).toMatchObject({ replacesList: ["region"], deletebeforereplace: false });
  });

  test("a key that is no longer wanted is not sent: AWS keeps it, and every later preview shows it", async () => {
    const secret = await world.engine.create(types.secret, { name, kmsKeyId: "alias/mine" });
    const updated = await world.engine.update(types.secret, secret, { name });
    expect(updated.outputs.values["kmsKeyId"]).toBe("alias/mine");
    const diff = await world.engine.diff(types.secret, updated, updated.inputs.values);
    expect(diff.diffsList).toEqual(["kmsKeyId"]);
  });

  test("the account's own key, named, never converges: AWS does not show it", async () => {
    const inputs = { name, kmsKeyId: "alias/aws/secretsmanager" };
    const secret = await world.engine.create(types.secret, inputs);
    expect(secret.outputs.values["kmsKeyId"]).toBe("");
    const updated = await world.engine.update(types.secret, secret, inputs);
    const diff = await world.engine.diff(types.secret, updated, updated.inputs.values);
    expect(diff.diffsList).toEqual(["kmsKeyId"]);
  });

  test.each(["UpdateSecret", "TagResource"])(
    "a denied %s is recorded as done; the next update sends nothing and reads what there is; the one after repairs",
    async (operation) => {
      const secret = await world.engine.create(types.secret, { name, description: "old", tags: { a: "1" } });
      const news = { name, description: "new", tags: { a: "2" } };
      world.emulator.faults.arm({ kind: "accessDenied", operation });
      const failed = await recordedFailure(world.engine.update(types.secret, secret, news));
      expect(failed).toMatchObject({ arn: secret.id, ...news, tagsAll: news.tags });

      const { values } = await world.engine.check(types.secret, news);
      const recorded = {
        id: secret.id,
        inputs: { values, secrets: [] },
        outputs: { values: failed, secrets: [] },
      };
      expect((await world.engine.diff(types.secret, recorded, values)).changes).toBe(changes.none);
      world.calls();
      const second = await world.engine.update(types.secret, recorded, news);
      expect(world.calls()).toEqual(["DescribeSecret", "GetResourcePolicy"]);

      expect((await world.engine.diff(types.secret, second, values)).changes).toBe(changes.some);
      const third = await world.engine.update(types.secret, second, news);
      expect((await world.engine.diff(types.secret, third, values)).changes).toBe(changes.none);
      expect(world.emulator.vault.find(region, name)).toMatchObject({
        description: "new",
        tags: { a: "2" },
      });
    },
  );

  test("a state that the real plugin wrote is no change", async () => {
    const { id } = await world.secret();
    const inputs = {
      __defaults: ["forceOverwriteReplicaSecret"],
      description: "",
      forceOverwriteReplicaSecret: false,
      name,
      recoveryWindowInDays: 7,
      region,
      tagsAll: {},
    };
    const outputs = {
      ...inputs,
      arn: id,
      id,
      kmsKeyId: "",
      namePrefix: "",
      policy: "",
      replicas: [],
      type: "",
      tags: {},
    };
    const recorded = {
      id,
      inputs: { values: inputs, secrets: [] },
      outputs: { values: outputs, secrets: [] },
    };
    const { values } = await world.engine.check(types.secret, { name, recoveryWindowInDays: 7 }, inputs);
    expect((await world.engine.diff(types.secret, recorded, values)).changes).toBe(changes.none);
    const refreshed = (await world.engine.read(types.secret, recorded))!;
    expect(refreshed.inputs.values).toEqual(inputs);
    expect((await world.engine.diff(types.secret, refreshed, values)).changes).toBe(changes.none);
  });

  test("default tags are AWS's and not the resource's", async () => {
    const tagged = await PluginWorld.start({ defaultTags: JSON.stringify({ tags: { owner: "platform" } }) });
    const secret = await tagged.engine.create(types.secret, { name, tags: { a: "1" } });
    expect(secret.outputs.values).toMatchObject({
      tags: { a: "1" },
      tagsAll: { owner: "platform", a: "1" },
    });
    const refreshed = await tagged.engine.read(types.secret, secret);
    expect(refreshed?.inputs.values).toEqual(secret.inputs.values);
    const diff = await tagged.engine.diff(types.secret, secret, secret.inputs.values);
    expect(diff.changes).toBe(changes.none);
    await tagged.stop();
  });
});
