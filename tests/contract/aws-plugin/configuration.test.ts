// What the stand-in plugin says about itself, its configuration, and everything that it cannot do or reach.
import { createServer } from "node:net";
import { type AddressInfo } from "node:net";
import { pluginVersion } from "../../../sandbox/aws-plugin/pluginVersion";
import { unknownValue, type PropertyMap } from "../../../sandbox/aws-plugin/propertyValues";
import { startAwsPlugin, type AwsPlugin } from "../../../sandbox/aws-plugin/server";
import { FakeClock } from "../../fakeClock";
import { changes, Engine, failureOf, types } from "./engine";
import { PluginWorld, region } from "./pluginWorld";

const credentials = { accessKey: "canary-key-id", secretKey: "canary-access-secret" };
/** Without a double of AWS at hand, nobody may be asked who calls. */
const asksNobody = { skipCredentialsValidation: "true", skipRequestingAccountId: "true" };
const running: { plugin: AwsPlugin; engine: Engine }[] = [];

async function startEngine(environment: NodeJS.ProcessEnv = {}): Promise<Engine> {
  const plugin = await startAwsPlugin({ clock: new FakeClock(), environment });
  const engine = new Engine(plugin.port);
  running.push({ plugin, engine });
  return engine;
}

/** A loopback URL where nobody listens. */
async function deadUrl(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

afterEach(() => {
  for (const { plugin, engine } of running.splice(0)) {
    engine.close();
    plugin.stop();
  }
});

test("it answers the version that the program's SDK asks for", async () => {
  const info = await (await startEngine()).info();
  expect(info.getVersion()).toBe(pluginVersion());
  expect(pluginVersion()).toBe("7.48.0");
});

test("it takes and gives secrets, and supports previews", async () => {
  const engine = await startEngine();
  expect(await engine.configure({ region, ...credentials, ...asksNobody })).toMatchObject({
    acceptsecrets: true,
    supportspreview: true,
  });
});

describe("a configuration that cannot work", () => {
  const wrong: [string, PropertyMap, string][] = [
    ["no credentials", { region }, "no AWS credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"],
    ["no Region", credentials, "no AWS Region: set aws:region"],
    [
      "the role setting of older versions",
      { region, ...credentials, assumeRole: JSON.stringify({ roleArn: "arn:aws:iam::1:role/a" }) },
      "invalid config key 'aws:assumeRole', should be 'aws:assumeRoles'",
    ],
    [
      "roles that are no list",
      { region, ...credentials, assumeRoles: "{}" },
      "expected aws:assumeRoles to be an array",
    ],
    [
      "a role without an ARN",
      { region, ...credentials, assumeRoles: JSON.stringify([{ sessionName: "a" }]) },
      "every entry of aws:assumeRoles needs a roleArn",
    ],
    [
      "endpoints that are no JSON",
      { region, ...credentials, endpoints: "[" },
      "aws:endpoints is not valid JSON",
    ],
    [
      "endpoints that are no list",
      { region, ...credentials, endpoints: "{}" },
      "must be a list with one map",
    ],
    [
      "an endpoint that is no URL",
      { region, ...credentials, endpoints: JSON.stringify([{ secretsmanager: "localhost" }]) },
      "is not an http(s) URL",
    ],
  ];

  test.each(wrong)(
    "%s: one readable reason in CheckConfig and in Configure",
    async (_title, settings, words) => {
      const engine = await startEngine();
      const problems = await engine.checkConfig(settings);
      expect(problems).toHaveLength(1);
      expect(problems[0]).toContain(words);
      const failure = await failureOf(engine.configure(settings));
      expect(failure).toContain(words);
      expect(failure).not.toMatch(/canary|\n|\bat /);
    },
  );

  test("what is not known before the update is not judged before it", async () => {
    const engine = await startEngine();
    expect(await engine.checkConfig({ region: unknownValue })).toEqual([]);
  });
});

describe("the endpoint", () => {
  const create = async (engine: Engine, settings: PropertyMap): Promise<void> => {
    await engine.configure({ region, ...credentials, ...settings });
    await engine.create(types.secret, { name: "a" });
  };

  test.each(["AWS_ENDPOINT_URL_SECRETS_MANAGER", "AWS_ENDPOINT_URL"])("comes from %s", async (variable) => {
    const world = await PluginWorld.start();
    const engine = await startEngine({ [variable]: world.emulator.url });
    await create(engine, asksNobody);
    expect(world.calls()[0]).toBe("CreateSecret");
    await world.stop();
  });

  test("in the configuration wins over the environment", async () => {
    const world = await PluginWorld.start();
    const engine = await startEngine({ AWS_ENDPOINT_URL_SECRETS_MANAGER: await deadUrl() });
    await create(engine, { endpoints: JSON.stringify([{ secretsmanager: world.emulator.url }]) });
    expect(world.calls()[0]).toBe("CreateSecret");
    await world.stop();
  });

  test("that nobody answers at is named, with what to do", async () => {
    const url = await deadUrl();
    const engine = await startEngine();
    const settings = { maxRetries: "1", endpoints: JSON.stringify([{ secretsmanager: url }]) };
    expect(await failureOf(create(engine, settings))).toBe(
      `Creating secret "a": the Secrets Manager endpoint ${url} cannot be reached (ECONNREFUSED); is it running, and is aws:endpoints or AWS_ENDPOINT_URL_SECRETS_MANAGER right?`,
    );
  });
});

test("a new port or Region of the provider reconfigures it; it does not replace what stands", async () => {
  const engine = await startEngine();
  const same = await engine.diffConfig({ region, version: "7.48.0" }, { region });
  expect(same.changes).toBe(changes.none);
  const moved = await engine.diffConfig({ region, endpoints: "a" }, { region, endpoints: "b" });
  expect(moved).toMatchObject({ changes: changes.some, replacesList: [] });
});

const foreignTypes = ["aws:s3/bucket:Bucket", "aws:secretsmanager/secretVersion:SecretVersion"];

test.each(foreignTypes)(
  "%s of the real plugin is refused with the two types that are known",
  async (type) => {
    const engine = await startEngine();
    await engine.configure({ region, ...credentials, ...asksNobody });
    const failure = await failureOf(engine.check(type, {}));
    expect(failure).toContain(`the resource type ${type}`);
    for (const known of Object.values(types)) {
      expect(failure).toContain(known);
    }
    expect(failure).toContain("--aws real");
    expect(await failureOf(engine.invoke("aws:index/getCallerIdentity:getCallerIdentity"))).toContain(
      "--aws real",
    );
  },
);

describe("AWS's refusals", () => {
  let world: PluginWorld;

  beforeEach(async () => {
    world = await PluginWorld.start({ maxRetries: "1" });
  });

  afterEach(() => world.stop());

  test("a throttled call is tried as often as aws:maxRetries says", async () => {
    const patient = await PluginWorld.start({ maxRetries: "2" });
    patient.emulator.faults.arm({ kind: "throttling", operation: "CreateSecret", times: 3 });
    expect(await failureOf(patient.engine.create(types.secret, { name: "a" }))).toContain("Rate exceeded");
    expect(patient.calls()).toEqual(["CreateSecret", "CreateSecret"]);
    await patient.engine.create(types.secret, { name: "a" });
    expect(patient.calls().slice(0, 3)).toEqual(["CreateSecret", "CreateSecret", "DescribeSecret"]);
    await patient.stop();
  });

  test("access denied names the permission", async () => {
    world.emulator.faults.arm({ kind: "accessDenied", operation: "CreateSecret" });
    const failure = await failureOf(world.engine.create(types.secret, { name: "a" }));
    expect(failure).toMatch(
      /^Creating secret "a": access denied: .*secretsmanager:CreateSecret.*grant the deployer/,
    );
  });

  test("a cancelled run stops waiting", async () => {
    await world.engine.delete(types.secret, await world.secret("a"));
    world.clock.sleep = (_durationMs: number, signal?: AbortSignal) =>
      new Promise((_resolve, reject) => {
        signal?.addEventListener("abort", () => {
          reject(signal.reason as Error);
        });
      });
    const call = failureOf(world.engine.create(types.secret, { name: "a" }));
    while (!world.emulator.requestLog.some(({ error }) => error === "InvalidRequestException")) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    await world.engine.cancel();
    expect(await call).toContain("the run was cancelled");
  });
});
