// Who calls the emulator: STS, keys of roles, secrets of several accounts, and what the request log says about it.
import {
  CreateSecretCommand,
  GetSecretValueCommand,
  ListSecretsCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { startSecretsManager, type SecretsManagerEmulator } from "../../../sandbox/secretsmanager/server";

const region = "eu-west-1";
const own = { accessKeyId: "canary-access-key", secretAccessKey: "canary-secret-key" };
const foreignRole = "arn:aws:iam::210987654321:role/teams/deployer";

interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

let emulator: SecretsManagerEmulator;
const clients: { destroy(): void }[] = [];

beforeEach(async () => {
  emulator = await startSecretsManager();
});

afterEach(async () => {
  clients.splice(0).forEach((client) => {
    client.destroy();
  });
  await emulator.stop();
});

function sts(credentials: Keys = own): STSClient {
  const client = new STSClient({ endpoint: emulator.url, region, credentials, maxAttempts: 1 });
  clients.push(client);
  return client;
}

function secrets(credentials: Keys = own): SecretsManagerClient {
  const client = new SecretsManagerClient({ endpoint: emulator.url, region, credentials, maxAttempts: 1 });
  clients.push(client);
  return client;
}

async function assume(RoleArn: string, credentials: Keys = own): Promise<Keys> {
  const command = new AssumeRoleCommand({ RoleArn, RoleSessionName: "run-1" });
  const { Credentials: lent } = await sts(credentials).send(command);
  expect(lent?.Expiration?.getTime()).toBeGreaterThan(Date.now());
  return {
    accessKeyId: lent?.AccessKeyId ?? "",
    secretAccessKey: lent?.SecretAccessKey ?? "",
    sessionToken: lent?.SessionToken ?? "",
  };
}

test.each([
  [own.accessKeyId, "123456789012"],
  ["canary-access-key-210987654321", "210987654321"],
])("the long-lived key %s is that of a user of account %s", async (accessKeyId, account) => {
  const identity = await sts({ ...own, accessKeyId }).send(new GetCallerIdentityCommand({}));
  expect(identity).toMatchObject({ Account: account, Arn: `arn:aws:iam::${account}:user/sandbox` });
});

test("a role lends keys that look fake, also to one who holds a role", async () => {
  const first = await assume("arn:aws:iam::123456789012:role/first");
  const second = await assume(foreignRole, first);
  expect(second.accessKeyId).toMatch(/^ASIACANARY[0-9A-F]+$/);
  expect(second.sessionToken).toMatch(/^canary-session-/);
  expect(await sts(second).send(new GetCallerIdentityCommand({}))).toMatchObject({
    Account: "210987654321",
    Arn: "arn:aws:sts::210987654321:assumed-role/deployer/run-1",
  });
});

test("keys of a role without their token, or of no role, are nobody's", async () => {
  const { sessionToken: _token, ...bare } = await assume(foreignRole);
  for (const keys of [bare, { ...bare, accessKeyId: "ASIACANARYUNKNOWN" }]) {
    await expect(sts(keys).send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
      name: "InvalidClientTokenId",
    });
    await expect(secrets(keys).send(new ListSecretsCommand({}))).rejects.toMatchObject({
      name: "UnrecognizedClientException",
    });
  }
});

test("secrets of one account are not there for another, and the log says who asked", async () => {
  const { ARN } = await secrets().send(new CreateSecretCommand({ Name: "a", SecretString: "canary-1" }));
  const lent = await assume(foreignRole);
  const foreign = secrets(lent);
  await expect(foreign.send(new GetSecretValueCommand({ SecretId: "a" }))).rejects.toMatchObject({
    name: "ResourceNotFoundException",
  });
  await expect(foreign.send(new GetSecretValueCommand({ SecretId: ARN }))).rejects.toMatchObject({
    name: "AccessDeniedException",
    message: expect.stringContaining(
      "assumed-role/deployer/run-1 is not authorized to perform: secretsmanager:GetSecretValue",
    ),
  });
  const created = await foreign.send(new CreateSecretCommand({ Name: "a" }));
  expect(created.ARN).toContain(":210987654321:secret:a-");
  expect(
    emulator.requestLog.map(({ operation, accessKeyId, account }) => [operation, accessKeyId, account]),
  ).toEqual([
    ["CreateSecret", own.accessKeyId, "123456789012"],
    ["AssumeRole", own.accessKeyId, "123456789012"],
    ["GetSecretValue", lent.accessKeyId, "210987654321"],
    ["GetSecretValue", lent.accessKeyId, "210987654321"],
    ["CreateSecret", lent.accessKeyId, "210987654321"],
  ]);
});

test("a role can be refused; faults that name no operation leave STS alone", async () => {
  emulator.faults.arm({ kind: "internal" });
  emulator.faults.arm({ kind: "accessDenied", operation: "AssumeRole" });
  await expect(assume(foreignRole)).rejects.toMatchObject({
    name: "AccessDenied",
    message: expect.stringContaining(
      `is not authorized to perform: sts:AssumeRole on resource: ${foreignRole}`,
    ),
  });
});

test.each([
  ["a role that is none", { RoleArn: "arn:aws:iam::123456789012:user/a", RoleSessionName: "run" }],
  ["a session without a name", { RoleArn: foreignRole, RoleSessionName: "<>" }],
])("%s is refused", async (_title, input) => {
  await expect(sts().send(new AssumeRoleCommand(input))).rejects.toMatchObject({ name: "ValidationError" });
});
