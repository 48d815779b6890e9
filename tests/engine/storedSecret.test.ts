// The place of the stored secret on the real engine: moved, re-spelt, refused at the preview, reached by a role; the pair stays and works.
import { SecretsManagerClient, UpdateSecretCommand } from "@aws-sdk/client-secrets-manager";

import { organizationId } from "../../sandbox/genesys/seed";
import { parseSecretPayload } from "../../secrets/payload";
import { impatience, mustSucceed, RotationScene } from "./rotationScene";
import { describeEngine, engineTestTimeoutMs } from "./world";

jest.setTimeout(engineTestTimeoutMs);

const key = "nightly-report";
const ownKey = "alias/own";
const account = "210987654321";

/** What a stack file of these tests may say otherwise. */
interface Declared {
  readonly stack?: string;
  readonly secret?: string;
  readonly aws?: readonly string[];
  readonly region?: string;
}

describeEngine("a stored secret", () => {
  let scene: RotationScene;
  beforeAll(async () => {
    scene = await RotationScene.create({ hosts: "started" });
  });
  afterAll(async () => {
    await scene.stop();
  });

  const declare = ({
    stack = "dev",
    secret = "name: genesys/dev/a",
    aws = [],
    region = "eu-west-1",
  }: Declared): void => {
    scene.world.writeStack(
      stack,
      `config:
  aws:region: ${region}
${aws.map((line) => `  ${line}\n`).join("")}  genesys-credentials:organization: { id: ${organizationId} }
  genesys-credentials:credentials:
    ${key}:
      roles: [{ existing: employee }]
      secret: { ${secret}, recoveryWindowInDays: 7 }
`,
    );
  };
  const apply = async (declared: Declared): Promise<void> => {
    declare(declared);
    mustSucceed(await scene.pulumi(["up", "--yes"]));
  };
  /** The names of the secrets that are not about to be deleted, with the pairs that AWSCURRENT names. */
  const secrets = () =>
    scene.world.secretsManager.vault
      .all()
      .filter(({ deletionAtMs }) => deletionAtMs === undefined)
      .map(({ name, region, labels, versions }) => {
        const text = versions.find(({ id }) => id === labels["AWSCURRENT"])?.secretString ?? "";
        return { name, region, pair: parseSecretPayload(text) };
      });
  const operations = (): string[] => scene.world.secretsManager.requestLog.map(({ operation }) => operation);
  /** What an update says whose preview is refused: it goes no further, and nothing is written. */
  const refusal = async (declared: Declared): Promise<string> => {
    const before = secrets();
    declare(declared);
    const { exitCode, stdout, stderr } = await scene.pulumi(["up", "--yes"]);
    expect(exitCode).not.toBe(0);
    expect(stdout).toContain("Previewing update (dev)");
    expect(stdout).not.toContain("Updating (dev)");
    expect(secrets()).toEqual(before);
    return stdout + stderr;
  };

  it("is refused at the preview in an account that is not allowed, and where it cannot even be looked at", async () => {
    expect(await refusal({ aws: [`aws:allowedAccountIds: ["${account}"]`] })).toMatch(
      /account ID not allowed: 123456789012/i,
    );
    const { faults } = scene.world.secretsManager;
    faults.arm({ operation: "DescribeSecret", kind: "accessDenied", times: 1000 });
    expect(await refusal({})).toMatch(/DescribeSecret of genesys\/dev\/a: .*not authorized.*AWS_DENIED/);
    faults.clear();
    expect(scene.clients()).toEqual([]);
  });

  it("is refused at the preview where its name is taken, or about to be deleted: nothing is made, nothing is lost", async () => {
    const { vault } = scene.world.secretsManager;
    const token = "canary-token-of-32-characters-000";
    for (const [name, isDeleted] of [
      ["genesys/dev/taken", false],
      ["genesys/dev/ending", true],
    ] as const) {
      vault.create("eu-west-1", name, `${token}${String(isDeleted)}`, {}, undefined, {});
      if (isDeleted) {
        vault.delete("eu-west-1", name, 7, false);
      }
    }
    const clients = scene.clients();
    const taken =
      /AWS already has a secret genesys\/dev\/taken .*not in this stack's state.*SECRET_NAME_TAKEN/;
    const ending = /genesys\/dev\/ending is scheduled for deletion.*SECRET_SCHEDULED_FOR_DELETION/;
    expect(await refusal({ secret: "name: genesys/dev/taken" })).toMatch(taken);
    expect(scene.clients()).toEqual(clients);
    await apply({});
    expect(await refusal({ secret: "name: genesys/dev/taken" })).toMatch(taken);
    expect(await refusal({ secret: "name: genesys/dev/ending" })).toMatch(ending);
    declare({});
    await scene.mustBeSettled();
    vault.delete("eu-west-1", "genesys/dev/taken", 0, true);
  });

  it("moves to another name, Region and spelling with its pair: the new one is there before the old one goes", async () => {
    const [first] = secrets();
    expect(first).toMatchObject({ name: "genesys/dev/a", region: "eu-west-1" });
    scene.clearLogs();
    await apply({ secret: "name: genesys/dev/b, keys: snake" });
    expect(secrets()).toEqual([{ ...first, name: "genesys/dev/b" }]);
    const moved = operations();
    expect(moved.indexOf("PutSecretValue")).toBeLessThan(moved.indexOf("DeleteSecret"));
    expect(scene.simulator.requestLog.count({ method: "POST", path: "/api/v2/oauth" })).toBe(0);
    await apply({ secret: "name: genesys/dev/b, keys: snake", region: "eu-central-1" });
    expect(secrets()).toEqual([{ ...first, name: "genesys/dev/b", region: "eu-central-1" }]);
    expect(scene.simulator.requestLog.count({ method: "POST", path: "/api/v2/oauth" })).toBe(0);
    await scene.mustBeSettled();
  });

  it("keeps its key until somebody takes it off: the preview says how, and that works", async () => {
    const secret = "name: genesys/dev/keyed";
    await apply({ secret: `${secret}, kmsKeyId: ${ownKey}` });
    const said = await refusal({ secret });
    const command =
      /`aws secretsmanager update-secret --secret-id (\S+) --kms-key-id (\S+)`, then `pulumi up --refresh`/;
    expect(said).toMatch(/SECRET_KEY_STAYS/);
    const [, SecretId = "", KmsKeyId = ""] = command.exec(said.replace(/\s+/g, " ")) ?? [];
    const aws = new SecretsManagerClient({
      region: "eu-west-1",
      endpoint: scene.world.secretsManager.url,
      credentials: { accessKeyId: "canary-access-key", secretAccessKey: "canary-secret-key" },
    });
    await aws.send(new UpdateSecretCommand({ SecretId, KmsKeyId }));
    aws.destroy();
    mustSucceed(await scene.pulumi(["up", "--yes", "--refresh"], { env: impatience }));
    await scene.mustBeSettled();
  });

  it("is reached by the role that the stack names, its container and its value alike", async () => {
    const role = `arn:aws:iam::${account}:role/deploy`;
    const own = structuredClone(scene.world.secretsManager.vault.all());
    scene.clearLogs();
    await apply({
      stack: "elsewhere",
      aws: [`aws:assumeRoles: [{ roleArn: "${role}" }]`, `aws:allowedAccountIds: ["${account}"]`],
    });
    const { requestLog, vault } = scene.world.secretsManager;
    const asked = requestLog.filter(({ operation }) => /Secret/.test(operation));
    expect(new Set(asked.map((record) => record.account))).toEqual(new Set([account]));
    expect(vault.all()).toEqual(own); // the vault of the sandbox's own account
    await scene.mustBeSettled();
  });
});
