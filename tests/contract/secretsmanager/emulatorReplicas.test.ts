// Replicas of a secret in the emulator: they follow the primary, say which it is, and cannot be written.
import {
  CreateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  ListSecretsCommand,
  PutSecretValueCommand,
  RemoveRegionsFromReplicationCommand,
  ReplicateSecretToRegionsCommand,
  SecretsManagerClient,
  TagResourceCommand,
  UpdateSecretVersionStageCommand,
} from "@aws-sdk/client-secrets-manager";
import { startSecretsManager, type SecretsManagerEmulator } from "../../../sandbox/secretsmanager/server";

let emulator: SecretsManagerEmulator;
let primary: SecretsManagerClient;
let replica: SecretsManagerClient;

beforeEach(async () => {
  emulator = await startSecretsManager();
  const credentials = { accessKeyId: "canary-access-key", secretAccessKey: "canary-secret-key" };
  const config = { endpoint: emulator.url, credentials, maxAttempts: 1 };
  primary = new SecretsManagerClient({ ...config, region: "eu-west-1" });
  replica = new SecretsManagerClient({ ...config, region: "eu-central-1" });
});

afterEach(async () => {
  primary.destroy();
  replica.destroy();
  await emulator.stop();
});

const create = (): Promise<{ ARN?: string | undefined }> =>
  primary.send(
    new CreateSecretCommand({
      Name: "a",
      SecretString: "canary-1",
      AddReplicaRegions: [{ Region: "eu-central-1", KmsKeyId: "alias/there" }],
    }),
  );

test("a replica has the value, the labels and the suffix of its primary, and says where that is", async () => {
  const { ARN = "" } = await create();
  await primary.send(new PutSecretValueCommand({ SecretId: "a", SecretString: "canary-2" }));
  const previous = await replica.send(
    new GetSecretValueCommand({ SecretId: "a", VersionStage: "AWSPREVIOUS" }),
  );
  expect(previous).toMatchObject({
    ARN: ARN.replace("eu-west-1", "eu-central-1"),
    SecretString: "canary-1",
  });
  expect(await replica.send(new DescribeSecretCommand({ SecretId: "a" }))).toMatchObject({
    PrimaryRegion: "eu-west-1",
    KmsKeyId: "alias/there",
  });
  expect(await primary.send(new DescribeSecretCommand({ SecretId: "a" }))).toMatchObject({
    PrimaryRegion: "eu-west-1",
    ReplicationStatus: [{ Region: "eu-central-1", Status: "InSync" }],
  });
  expect((await replica.send(new ListSecretsCommand({}))).SecretList).toHaveLength(1);
});

test("a replica cannot be written", async () => {
  await create();
  const VersionId = "v".repeat(32);
  const attempts = [
    replica.send(new PutSecretValueCommand({ SecretId: "a", SecretString: "canary-2" })),
    replica.send(new TagResourceCommand({ SecretId: "a", Tags: [{ Key: "k", Value: "v" }] })),
    replica.send(new DeleteSecretCommand({ SecretId: "a", ForceDeleteWithoutRecovery: true })),
    replica.send(
      new UpdateSecretVersionStageCommand({
        SecretId: "a",
        VersionStage: "AWSCURRENT",
        MoveToVersionId: VersionId,
      }),
    ),
  ];
  for (const attempt of attempts) {
    await expect(attempt).rejects.toMatchObject({
      name: "InvalidParameterException",
      message: "Operation not permitted on a replica secret. Call must be made in primary secret's region.",
    });
  }
});

test("a primary keeps its replicas until they are removed, and is deleted after them", async () => {
  await primary.send(new CreateSecretCommand({ Name: "a" }));
  await primary.send(
    new ReplicateSecretToRegionsCommand({ SecretId: "a", AddReplicaRegions: [{ Region: "eu-central-1" }] }),
  );
  const remove = (): Promise<unknown> => primary.send(new DeleteSecretCommand({ SecretId: "a" }));
  await expect(remove()).rejects.toThrow("still has replica regions [eu-central-1]");
  await primary.send(
    new RemoveRegionsFromReplicationCommand({ SecretId: "a", RemoveReplicaRegions: ["eu-central-1"] }),
  );
  await expect(remove()).resolves.toBeDefined();
  await expect(replica.send(new DescribeSecretCommand({ SecretId: "a" }))).rejects.toMatchObject({
    name: "ResourceNotFoundException",
  });
});
