// What the emulator offers beyond AWS: faults, a clock, a request log, a state without values.
import {
  CreateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { startSecretsManager, type SecretsManagerEmulator } from "../../../sandbox/secretsmanager/server";
import { FakeClock } from "../../fakeClock";

const dayMs = 24 * 60 * 60 * 1000;
const canary = "canary-value-7c1f";

let emulator: SecretsManagerEmulator;
let clock: FakeClock;
const clients: SecretsManagerClient[] = [];

function connect(url: string, region = "eu-west-1", maxAttempts = 1): SecretsManagerClient {
  const credentials = { accessKeyId: "canary-access-key", secretAccessKey: "canary-secret-key" };
  const client = new SecretsManagerClient({ endpoint: url, region, credentials, maxAttempts });
  clients.push(client);
  return client;
}

async function control(
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; text: string }> {
  const response = await fetch(`${emulator.url}/__sim/${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, text: await response.text() };
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

const create = (client: SecretsManagerClient, name: string, value = canary): Promise<unknown> =>
  client.send(new CreateSecretCommand({ Name: name, SecretString: value }));
const put = (client: SecretsManagerClient, name: string, value: string): Promise<unknown> =>
  client.send(new PutSecretValueCommand({ SecretId: name, SecretString: value }));
const get = async (client: SecretsManagerClient, name: string): Promise<string | undefined> =>
  (await client.send(new GetSecretValueCommand({ SecretId: name }))).SecretString;

describe("faults", () => {
  test("throttling is retried by the SDK, and the write happens once", async () => {
    const client = connect(emulator.url, "eu-west-1", 3);
    await create(client, "a");
    emulator.faults.arm({ kind: "throttling", operation: "PutSecretValue", times: 2 });
    await put(client, "a", "canary-2");
    expect(emulator.requestLog.map(({ operation, status, error }) => [operation, status, error])).toEqual([
      ["CreateSecret", 200, undefined],
      ["PutSecretValue", 400, "ThrottlingException"],
      ["PutSecretValue", 400, "ThrottlingException"],
      ["PutSecretValue", 200, undefined],
    ]);
  });

  test("a connection lost after the write: the SDK's repetition carries the same token and adds no version", async () => {
    const client = connect(emulator.url, "eu-west-1", 3);
    await create(client, "a");
    emulator.faults.arm({ kind: "reset", operation: "PutSecretValue", phase: "after" });
    await put(client, "a", "canary-2");
    expect(emulator.requestLog.map(({ status }) => status)).toEqual([200, 0, 200]);
    expect(emulator.vault.find("eu-west-1", "a").versions).toHaveLength(2);
  });

  test("a fault before the write leaves nothing, one after it leaves the write", async () => {
    const client = connect(emulator.url);
    emulator.faults.arm({ kind: "internal", operation: "CreateSecret", secret: "before" });
    emulator.faults.arm({ kind: "internal", operation: "CreateSecret", secret: "after", phase: "after" });
    for (const name of ["before", "after"]) {
      await expect(create(client, name)).rejects.toMatchObject({ name: "InternalServiceError" });
    }
    expect(emulator.vault.all().map(({ name }) => name)).toEqual(["after"]);
  });

  test("a fault waits for its secret, also when that is named by ARN, and for its turn", async () => {
    const client = connect(emulator.url);
    await create(client, "a");
    await create(client, "b");
    await control("POST", "faults", {
      kind: "accessDenied",
      operation: "GetSecretValue",
      secret: "b",
      skip: 1,
    });
    const { arn } = emulator.vault.find("eu-west-1", "b");
    await expect(get(client, "a")).resolves.toBe(canary);
    await expect(get(client, arn)).resolves.toBe(canary);
    await expect(get(client, arn)).rejects.toMatchObject({
      name: "AccessDeniedException",
      message: expect.stringContaining("not authorized to perform: secretsmanager:GetSecretValue"),
    });
    await expect(get(client, arn)).resolves.toBe(canary);
  });

  test.each([
    ["before", 0],
    ["after", 1],
  ] as const)("a key that must not be used is refused, %s the write as armed", async (phase, versions) => {
    const client = connect(emulator.url);
    await client.send(new CreateSecretCommand({ Name: "a" }));
    emulator.faults.arm({ kind: "kmsDenied", operation: "PutSecretValue", phase });
    await expect(put(client, "a", canary)).rejects.toMatchObject({
      name: "AccessDeniedException",
      message: "Access to KMS is not allowed",
    });
    expect(emulator.vault.find("eu-west-1", "a").versions).toHaveLength(versions);
  });

  test("a request without an answer ends when the client gives up", async () => {
    const client = connect(emulator.url);
    await create(client, "a");
    emulator.faults.arm({ kind: "timeout", operation: "GetSecretValue" });
    const abort = new AbortController();
    const call = client.send(new GetSecretValueCommand({ SecretId: "a" }), { abortSignal: abort.signal });
    while (emulator.requestLog.length < 2) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    abort.abort();
    await expect(call).rejects.toMatchObject({ name: "AbortError" });
    await expect(get(client, "a")).resolves.toBe(canary);
  });

  test("disarming through the control API", async () => {
    await control("POST", "faults", { kind: "internal", times: 5 });
    await control("DELETE", "faults");
    await expect(create(connect(emulator.url), "a")).resolves.toBeDefined();
  });

  test.each([
    [{ kind: "fire" }, "kind must be one of"],
    [{ kind: "reset", phase: "during" }, "phase"],
    [{ kind: "reset", times: -1 }, "times"],
    [{ kind: "reset", operation: 3 }, "operation"],
    [{ labelDelayMs: "soon" }, "labelDelayMs"],
  ])("%j is refused in words", async (fault, words) => {
    const { status, text } = await control("POST", "faults", fault);
    expect(status).toBe(400);
    expect(text).toContain(words);
  });
});

describe("the clock", () => {
  test("a scheduled secret is gone when its window has passed, and not a moment earlier", async () => {
    const client = connect(emulator.url);
    await create(client, "a");
    await client.send(new DeleteSecretCommand({ SecretId: "a", RecoveryWindowInDays: 7 }));
    clock.advance(7 * dayMs - 1);
    await expect(client.send(new DescribeSecretCommand({ SecretId: "a" }))).resolves.toBeDefined();
    await control("POST", "clock", { advanceMs: 1 });
    await expect(client.send(new DescribeSecretCommand({ SecretId: "a" }))).rejects.toMatchObject({
      name: "ResourceNotFoundException",
    });
    await expect(create(client, "a")).resolves.toBeDefined();
  });

  test("labels become visible after the delay: until then readers get the former value", async () => {
    const client = connect(emulator.url);
    await create(client, "a", "canary-old");
    await control("POST", "faults", { labelDelayMs: 5_000 });
    await put(client, "a", "canary-new");
    await expect(get(client, "a")).resolves.toBe("canary-old");
    clock.advance(4_999);
    await expect(get(client, "a")).resolves.toBe("canary-old");
    clock.advance(1);
    await expect(get(client, "a")).resolves.toBe("canary-new");
  });

  test("unlabelled versions beyond 100 are pruned, but none younger than a day", async () => {
    const client = connect(emulator.url);
    await create(client, "a");
    for (let count = 0; count < 110; count += 1) {
      await put(client, "a", `canary-${count}`);
    }
    expect(emulator.vault.find("eu-west-1", "a").versions).toHaveLength(111);
    clock.advance(dayMs);
    await put(client, "a", "canary-last");
    expect(emulator.vault.find("eu-west-1", "a").versions).toHaveLength(100);
  });
});

describe("records", () => {
  test("neither the log nor the state ever shows a value", async () => {
    const client = connect(emulator.url);
    await create(client, "a");
    await expect(create(client, "a", `${canary}-again`)).rejects.toThrow();
    await put(client, "a", `${canary}-2`);
    const shown = `${(await control("GET", "requests")).text}${(await control("GET", "state")).text}`;
    expect(shown).toContain('"operation":"PutSecretValue"');
    expect(shown).toContain('"labels":["AWSPREVIOUS"]');
    expect(shown).not.toContain(canary);
  });

  test("the log can be emptied from either side", async () => {
    const client = connect(emulator.url);
    await create(client, "a");
    await control("DELETE", "requests");
    expect(emulator.requestLog).toEqual([]);
    await create(client, "b");
    emulator.clearRequestLog();
    expect((await control("GET", "requests")).text).toBe('{"requests":[]}');
  });

  test("an unknown control path says which ones exist", async () => {
    const { status, text } = await control("GET", "nothing");
    expect(status).toBe(404);
    expect(text).toContain("/__sim/faults");
  });
});
