// How the emulator speaks: the JSON protocol and its refusals, STS, Regions, and the snapshot on disk.
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CreateSecretCommand,
  GetSecretValueCommand,
  ListSecretVersionIdsCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { startSecretsManager, type SecretsManagerEmulator } from "../../../sandbox/secretsmanager/server";
import { FakeClock } from "../../fakeClock";

const dayMs = 24 * 60 * 60 * 1000;

let emulator: SecretsManagerEmulator;
let clock: FakeClock;
const clients: SecretsManagerClient[] = [];

function connect(url: string, region = "eu-west-1"): SecretsManagerClient {
  const credentials = { accessKeyId: "canary-access-key", secretAccessKey: "canary-secret-key" };
  const client = new SecretsManagerClient({ endpoint: url, region, credentials, maxAttempts: 1 });
  clients.push(client);
  return client;
}

beforeEach(async () => {
  clock = new FakeClock();
  emulator = await startSecretsManager({ clock });
});

afterEach(async () => {
  clients.splice(0).forEach((client) => {
    client.destroy();
  });
  await emulator.stop();
});

const create = (client: SecretsManagerClient, name: string): Promise<unknown> =>
  client.send(new CreateSecretCommand({ Name: name, SecretString: "canary-1" }));
const get = async (client: SecretsManagerClient, name: string): Promise<string | undefined> =>
  (await client.send(new GetSecretValueCommand({ SecretId: name }))).SecretString;

describe("the protocol", () => {
  const headers = {
    authorization: "AWS4-HMAC-SHA256 Credential=canary/20261101/eu-west-1/secretsmanager/aws4_request, x",
    "content-type": "application/x-amz-json-1.1",
  };
  const post = async (
    target: string | undefined,
    body: string,
    more = headers,
  ): Promise<[number, string]> => {
    const response = await fetch(emulator.url, {
      method: "POST",
      headers: { ...more, ...(target === undefined ? {} : { "x-amz-target": target }) },
      body,
    });
    return [response.status, await response.text()];
  };

  test.each([
    ["an unknown operation", "secretsmanager.Nonsense", "{}", "UnknownOperationException"],
    ["a body that is not JSON", "secretsmanager.GetSecretValue", "{", "SerializationException"],
    [
      "a member of the wrong type",
      "secretsmanager.GetSecretValue",
      '{"SecretId":7}',
      "SerializationException",
    ],
    ["a missing member", "secretsmanager.GetSecretValue", "{}", "ValidationException"],
    ["a missing token", "secretsmanager.CreateSecret", '{"Name":"a"}', "InvalidRequestException"],
  ])("%s is refused with HTTP 400 and JSON", async (_title, target, body, type) => {
    const [status, text] = await post(target, body);
    expect(status).toBe(400);
    expect(JSON.parse(text)).toMatchObject({ __type: type });
  });

  test("an unsigned request is refused", async () => {
    const unsigned = { ...headers, authorization: "" };
    const [status, text] = await post("secretsmanager.ListSecrets", "{}", unsigned);
    expect(status).toBe(400);
    expect(text).toContain("MissingAuthenticationTokenException");
  });

  test("a secret belongs to the Region that the request is signed for", async () => {
    await create(connect(emulator.url, "eu-west-1"), "a");
    await expect(get(connect(emulator.url, "us-east-1"), "a")).rejects.toMatchObject({
      name: "ResourceNotFoundException",
    });
    expect(emulator.vault.find("eu-west-1", "a").arn).toMatch(
      /^arn:aws:secretsmanager:eu-west-1:123456789012:secret:a-[A-Za-z0-9]{6}$/,
    );
  });
});

describe("the snapshot", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "secretsmanager-"));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  test("values, labels, tags and the clock outlive the process; the file is for its owner only", async () => {
    const snapshotPath = join(folder, "world", "secrets.json");
    const first = await startSecretsManager({ clock, snapshotPath });
    const client = connect(first.url);
    await client.send(
      new CreateSecretCommand({ Name: "a", SecretString: "canary-1", Tags: [{ Key: "k", Value: "v" }] }),
    );
    await client.send(new PutSecretValueCommand({ SecretId: "a", SecretString: "canary-2" }));
    await fetch(`${first.url}/__sim/clock`, { method: "POST", body: JSON.stringify({ advanceMs: dayMs }) });
    await first.stop();

    expect(statSync(snapshotPath).mode & 0o777).toBe(0o600);
    const second = await startSecretsManager({ clock, snapshotPath });
    const again = connect(second.url);
    await expect(get(again, "a")).resolves.toBe("canary-2");
    const versions = await again.send(new ListSecretVersionIdsCommand({ SecretId: "a" }));
    expect(versions.Versions?.map(({ VersionStages }) => VersionStages)).toEqual([
      ["AWSCURRENT"],
      ["AWSPREVIOUS"],
    ]);
    await again.send(new CreateSecretCommand({ Name: "b" }));
    expect(second.vault.find("eu-west-1", "b").createdAtMs).toBe(clock.now() + dayMs);
    await second.stop();
  });

  test("reading changes nothing on disk", async () => {
    const snapshotPath = join(folder, "secrets.json");
    const running = await startSecretsManager({ clock, snapshotPath });
    const client = connect(running.url);
    await create(client, "a");
    const before = readFileSync(snapshotPath, "utf8");
    await get(client, "a");
    expect(readFileSync(snapshotPath, "utf8")).toBe(before);
    await running.stop();
  });

  test.each(["{", '{"version":99,"secrets":[]}', '{"version":1}', "null"])(
    "a file with %s is refused by name",
    async (content) => {
      const snapshotPath = join(folder, "secrets.json");
      writeFileSync(snapshotPath, content);
      await expect(startSecretsManager({ clock, snapshotPath })).rejects.toThrow(snapshotPath);
    },
  );

  test("what cannot be read is not called damaged", async () => {
    await expect(startSecretsManager({ clock, snapshotPath: folder })).rejects.toThrow(
      `Reading the emulator's snapshot ${folder}: Error: EISDIR`,
    );
  });
});
