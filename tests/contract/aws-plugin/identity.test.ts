// Whose credentials the stand-in plugin uses, what it asks STS about them, and which accounts it refuses.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type PropertyMap } from "../../../sandbox/aws-plugin/propertyValues";
import { startAwsPlugin } from "../../../sandbox/aws-plugin/server";
import { startSecretsManager, type SecretsManagerEmulator } from "../../../sandbox/secretsmanager/server";
import { FakeClock } from "../../fakeClock";
import { Engine, failureOf, types } from "./engine";
import { region } from "./pluginWorld";

const ownAccount = "123456789012";
const otherAccount = "210987654321";
const roleArn = `arn:aws:iam::${otherAccount}:role/deployer`;
const keys = { AWS_ACCESS_KEY_ID: "canary-key-id", AWS_SECRET_ACCESS_KEY: "canary-access-secret" };

let emulator: SecretsManagerEmulator;
const running: (() => void)[] = [];

beforeEach(async () => {
  emulator = await startSecretsManager();
});

afterEach(async () => {
  running.splice(0).forEach((stop) => {
    stop();
  });
  await emulator.stop();
});

/** A plugin with an STS beside its Secrets Manager, not yet configured. */
async function start(environment: NodeJS.ProcessEnv = keys): Promise<Engine> {
  const plugin = await startAwsPlugin({
    clock: new FakeClock(),
    environment: {
      AWS_ENDPOINT_URL_SECRETS_MANAGER: emulator.url,
      AWS_ENDPOINT_URL_STS: emulator.url,
      ...environment,
    },
  });
  const engine = new Engine(plugin.port);
  running.push(() => {
    engine.close();
    plugin.stop();
  });
  return engine;
}

/** A server that answers everything in one way. */
async function answering(status: number, body: string): Promise<string> {
  const server = createServer((_request, response) => response.writeHead(status).end(body));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  running.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const refusal = (code: string): string =>
  `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>no such luck</Message></Error></ErrorResponse>`;
const asked = (): string[] => emulator.requestLog.map(({ operation }) => operation);
const json = JSON.stringify;

describe("STS is asked who calls", () => {
  const twice = ["GetCallerIdentity", "GetCallerIdentity"];

  test.each<[string, NodeJS.ProcessEnv, PropertyMap, string[]]>([
    ["twice, before anything else", {}, {}, twice],
    ["once without validation", { AWS_SKIP_CREDENTIALS_VALIDATION: "true" }, {}, twice.slice(1)],
    ["once without the account id", {}, { skipRequestingAccountId: "true" }, twice.slice(1)],
    [
      "by the configuration rather than the environment",
      { AWS_SKIP_CREDENTIALS_VALIDATION: "true" },
      { skipCredentialsValidation: "false" },
      twice,
    ],
    [
      "never when both are skipped",
      {},
      { skipCredentialsValidation: "true", skipRequestingAccountId: "true" },
      [],
    ],
    ["never when only Secrets Manager has a double", { AWS_ENDPOINT_URL_STS: "" }, {}, []],
  ])("%s", async (_title, environment, settings, expected) => {
    const engine = await start({ ...keys, ...environment });
    await engine.configure({ region, ...settings });
    expect(asked()).toEqual(expected);
  });

  test("and what it refuses ends the command in words", async () => {
    const engine = await start({ ...keys, AWS_ACCESS_KEY_ID: "ASIACANARYUNKNOWN" });
    expect(await failureOf(engine.configure({ region }))).toMatch(
      /validating provider credentials: AWS refused the credentials \(InvalidClientTokenId: The security token/,
    );
  });
});

describe("an endpoint of STS that is none", () => {
  const answers: [string, number, string][] = [
    ["JSON of another service", 400, '{"__type":"UnknownOperationException"}'],
    ["JSON, and no error", 200, "{}"],
    ["a page", 404, "<html><body>not here</body></html>"],
    ["a status alone", 501, ""],
    ["that it does not know the operation", 400, refusal("InvalidAction")],
  ];

  test.each(answers)("that answers %s keeps nobody from working", async (_title, status, body) => {
    const engine = await start({ ...keys, AWS_ENDPOINT_URL_STS: await answering(status, body) });
    await engine.configure({ region, maxRetries: "1" });
    await engine.create(types.secret, { name: "a" });
    expect(asked()[0]).toBe("CreateSecret");
  });

  test.each(["allowedAccountIds", "forbiddenAccountIds"])("cannot say what aws:%s asks for", async (rule) => {
    const url = await answering(400, "{}");
    const engine = await start({ ...keys, AWS_ENDPOINT_URL_STS: url });
    expect(await failureOf(engine.configure({ region, [rule]: json([otherAccount]) }))).toContain(
      `the STS endpoint ${url} does not answer as STS does, so nobody knows the account`,
    );
  });

  test.each(["InvalidClientTokenId", "AccessDenied"])(
    "is another matter than an STS that says %s",
    async (code) => {
      const engine = await start({ ...keys, AWS_ENDPOINT_URL_STS: await answering(403, refusal(code)) });
      expect(await failureOf(engine.configure({ region }))).toContain("no such luck");
    },
  );
});

describe("accounts", () => {
  test.each([
    ["another one is allowed", { allowedAccountIds: json([otherAccount]) }],
    ["it is forbidden", { forbiddenAccountIds: json([ownAccount]) }],
  ])("that of the credentials is refused when %s", async (_title, settings) => {
    const failure = await failureOf((await start()).configure({ region, ...settings }));
    expect(failure).toBe(`AWS account ID not allowed: ${ownAccount}`);
  });

  test("one that nobody asked for is not allowed", async () => {
    const settings = { skipCredentialsValidation: "true", skipRequestingAccountId: "true" };
    const engine = await start();
    expect(
      await failureOf(engine.configure({ region, ...settings, allowedAccountIds: json([ownAccount]) })),
    ).toBe("AWS account ID not allowed: ");
  });

  test("that of the last role counts", async () => {
    const engine = await start();
    const assumeRoles = json([{ roleArn }]);
    await engine.configure({ region, assumeRoles, allowedAccountIds: json([otherAccount]) });
  });
});

describe("roles", () => {
  test("are assumed one after the other, once in a command, and used for secrets", async () => {
    const engine = await start();
    const first = `arn:aws:iam::${ownAccount}:role/first`;
    const assumeRoles = json([
      { roleArn: first, sessionName: "one", duration: "1h" },
      { roleArn, sessionName: "two", externalId: "x" },
    ]);
    await engine.configure({ region, assumeRoles });
    const { id } = await engine.create(types.secret, { name: "a" });
    expect(id).toContain(`:${otherAccount}:secret:a-`);
    expect(asked().filter((operation) => operation === "AssumeRole")).toHaveLength(2);
    const created = emulator.requestLog.find(({ operation }) => operation === "CreateSecret");
    expect(created).toMatchObject({
      account: otherAccount,
      accessKeyId: expect.stringMatching(/^ASIACANARY/),
    });
  });

  test("that cannot be assumed are named", async () => {
    emulator.faults.arm({ kind: "accessDenied", operation: "AssumeRole" });
    const engine = await start();
    const failure = await failureOf(engine.configure({ region, assumeRoles: json([{ roleArn }]) }));
    expect(failure).toContain(`sts:AssumeRole on resource: ${roleArn}`);
  });
});

describe("profiles", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "aws-files-"));
    writeFileSync(
      join(folder, "credentials"),
      "[team]\naws_access_key_id = canary-team\naws_secret_access_key = canary-team-secret\n",
    );
    // The SDK looks for the files, and for STS, in the environment of its process.
    process.env["AWS_SHARED_CREDENTIALS_FILE"] = join(folder, "credentials");
    process.env["AWS_EC2_METADATA_DISABLED"] = "true";
    process.env["AWS_CONFIG_FILE"] = join(folder, "config");
    process.env["AWS_ENDPOINT_URL_STS"] = emulator.url;
    writeFileSync(join(folder, "config"), `[profile prod]\nrole_arn = ${roleArn}\nsource_profile = team\n`);
  });

  afterEach(() => {
    for (const name of [
      "AWS_EC2_METADATA_DISABLED",
      "AWS_SHARED_CREDENTIALS_FILE",
      "AWS_CONFIG_FILE",
      "AWS_ENDPOINT_URL_STS",
    ]) {
      Reflect.deleteProperty(process.env, name);
    }
    rmSync(folder, { recursive: true });
  });

  const lastCaller = (): unknown => emulator.requestLog.at(-1)?.accessKeyId;

  test("of the configuration wins over the keys of the environment", async () => {
    const engine = await start(keys);
    await engine.configure({ region, profile: "team" });
    expect(lastCaller()).toBe("canary-team");
  });

  test("of the environment counts where there are no keys", async () => {
    await (await start({ ...keys, AWS_PROFILE: "team" })).configure({ region });
    expect(lastCaller()).toBe(keys.AWS_ACCESS_KEY_ID);
    await (await start({ AWS_PROFILE: "team" })).configure({ region });
    expect(lastCaller()).toBe("canary-team");
  });

  test("with a role assume it", async () => {
    const engine = await start({});
    await engine.configure({ region, profile: "prod", allowedAccountIds: json([otherAccount]) });
    expect(lastCaller()).toMatch(/^ASIACANARY/);
  });

  test("that does not exist ends the command in words", async () => {
    const engine = await start({});
    expect(await failureOf(engine.configure({ region, profile: "nobody" }))).toMatch(
      /validating provider credentials: no AWS credentials: .*check aws:profile/,
    );
  });
});

test("a role can be assumed where only Secrets Manager has a double: that one is asked", async () => {
  const engine = await start({ ...keys, AWS_ENDPOINT_URL_STS: "" });
  await engine.configure({ region, assumeRoles: json([{ roleArn }]) });
  await engine.create(types.secret, { name: "a" });
  expect(asked().slice(0, 2)).toEqual(["AssumeRole", "CreateSecret"]);
});
