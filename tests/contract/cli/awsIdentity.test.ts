// Commands ask AWS as the providers do: with the profile, the roles, the endpoints and the accounts that the stack file names.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { type CliWorld, canary, createCliWorld } from "./cliWorld";
import { createDoctorWorld, type DoctorWorld, healthyStackFile, secretName } from "./doctorWorld";

const ownAccount = "123456789012";
const account = "210987654321";
const roleArn = `arn:aws:iam::${account}:role/teams/deployer`;
const clientId = "client-of-the-other-account";
const nowhere = "http://127.0.0.1:9";

const stackFile = (...aws: string[]): string => `config:
  aws:region: eu-west-1
${aws.map((line) => `  ${line}\n`).join("")}  genesys-credentials:organization: { id: 4b1c7e52-0a6f-4d0e-9a57-5e1f3c2b8d90 }
  genesys-credentials:credentials:
    nightly-report:
      roles: [{ existing: employee }]
`;
const assumes = `aws:assumeRoles: [{ roleArn: "${roleArn}", sessionName: nightly }]`;

/** Makes the secret in the other account, where only its own keys and those of its roles find it. */
async function storeElsewhere({ secretsManager, simulator }: CliWorld, name: string): Promise<string> {
  const aws = new SecretsManagerClient({
    region: "eu-west-1",
    endpoint: secretsManager.url,
    credentials: { accessKeyId: `canary-key-${account}`, secretAccessKey: "canary-of-another" },
  });
  const { url } = simulator;
  const payload = {
    clientId,
    clientSecret: "canary-secret-elsewhere",
    tokenUrl: `${url}/oauth/token`,
    apiUrl: url,
  };
  const { ARN = "" } = await aws.send(
    new CreateSecretCommand({ Name: name, SecretString: JSON.stringify(payload) }),
  );
  aws.destroy();
  secretsManager.clearRequestLog();
  return ARN;
}

const askedIn = ({ secretsManager }: CliWorld): string[] =>
  secretsManager.requestLog.map(({ operation, account: asking }) => `${operation} ${asking}`);

describe("verify", () => {
  let world: CliWorld;
  let environment: Record<string, string>;
  beforeEach(async () => {
    world = await createCliWorld(stackFile());
    environment = world.surroundings.environment as Record<string, string>;
    world.seedClient({ id: clientId, generation: 0, secret: "canary-secret-elsewhere" });
    await storeElsewhere(world, secretName);
  });
  afterEach(async () => {
    expect(world.said.out + world.said.err).not.toContain(canary);
    await world.stop();
  });

  it("does not find a secret of another account with the keys of the environment", async () => {
    expect(await world.run("verify")).toBe(1);
    expect(world.said.out).toContain("cannot be read: there is no such value");
    expect(new Set(askedIn(world))).toEqual(new Set([`GetSecretValue ${ownAccount}`]));
  });

  it("assumes the role of the stack", async () => {
    world.write(stackFile(assumes));
    expect(await world.run("verify")).toBe(0);
    expect(world.said.out).toContain("verified (AWSCURRENT can sign in)");
    expect(askedIn(world)).toEqual([
      `AssumeRole ${ownAccount}`,
      `GetSecretValue ${account}`,
      `GetSecretValue ${account}`,
    ]);
  });

  it("assumes one role after the other, and takes the account of the last one for its own", async () => {
    const chain = `aws:assumeRoles: [{ roleArn: "arn:aws:iam::333333333333:role/first" }, { roleArn: "${roleArn}" }]`;
    world.write(stackFile(chain, `aws:allowedAccountIds: ["${account}"]`));
    expect(await world.run("verify")).toBe(0);
    expect(askedIn(world)).toEqual([
      `AssumeRole ${ownAccount}`,
      "AssumeRole 333333333333",
      `GetCallerIdentity ${account}`,
      `GetSecretValue ${account}`,
      `GetSecretValue ${account}`,
    ]);
  });

  it("says which role is refused, and what to do", async () => {
    world.write(stackFile(assumes));
    world.secretsManager.faults.arm({ kind: "accessDenied", operation: "AssumeRole", times: 9 });
    expect(await world.run("verify")).toBe(3);
    expect(world.said.err).toMatch(
      /nightly-report: not verified: Assuming the role .*teams\/deployer \(aws:assumeRoles\): AccessDenied.*; let the role trust the caller/,
    );
    expect(askedIn(world).filter((one) => one.startsWith("GetSecretValue"))).toEqual([]);
  });

  it("goes where aws:endpoints says, whatever the environment says", async () => {
    const { url } = world.secretsManager;
    environment["AWS_ENDPOINT_URL_SECRETS_MANAGER"] = nowhere;
    environment["AWS_ENDPOINT_URL_STS"] = nowhere;
    world.write(stackFile(assumes, `aws:endpoints: [{ secretsmanager: "${url}", sts: "${url}" }]`));
    expect(await world.run("verify")).toBe(0);
  });

  it("goes where AWS_ENDPOINT_URL says for both services", async () => {
    environment["AWS_ENDPOINT_URL"] = world.secretsManager.url;
    environment["AWS_ENDPOINT_URL_SECRETS_MANAGER"] = "";
    environment["AWS_ENDPOINT_URL_STS"] = "";
    world.write(stackFile(assumes));
    expect(await world.run("verify")).toBe(0);
    expect(askedIn(world)).toHaveLength(3);
  });

  it.each([
    ["an account that is not an allowed one", `aws:allowedAccountIds: ["${account}", "333333333333"]`],
    ["a forbidden account", `aws:forbiddenAccountIds: ["${ownAccount}"]`],
  ])("refuses %s before any secret is read", async (_name, setting) => {
    world.write(stackFile(setting));
    expect(await world.run("verify")).toBe(2);
    expect(world.said.err).toMatch(/^Verifying: The AWS account is 123456789012, and aws:\w+AccountIds name/);
    expect(world.said.err).toMatch(/nothing was verified\.\n$/);
    expect(askedIn(world)).toEqual([`GetCallerIdentity ${ownAccount}`]);
  });

  it("needs no STS where no account is named", async () => {
    environment["AWS_ENDPOINT_URL_STS"] = nowhere;
    expect(await world.run("verify")).toBe(1);
  });

  describe("with profiles", () => {
    let folder: string;
    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), "aws-profiles-"));
      const keys = (key: string): string =>
        `aws_access_key_id = ${key}\naws_secret_access_key = canary-of-a-profile\n`;
      writeFileSync(
        join(folder, "credentials"),
        `[deploy]\n${keys(`canary-key-${account}`)}[other]\n${keys("canary-key-333333333333")}`,
      );
      writeFileSync(join(folder, "config"), "[profile deploy]\nregion = eu-west-1\n");
      // The SDK looks for its files in the process's own environment.
      process.env["AWS_CONFIG_FILE"] = join(folder, "config");
      process.env["AWS_SHARED_CREDENTIALS_FILE"] = join(folder, "credentials");
    });
    afterEach(() => {
      process.env["AWS_CONFIG_FILE"] = "/nonexistent";
      process.env["AWS_SHARED_CREDENTIALS_FILE"] = "/nonexistent";
      rmSync(folder, { recursive: true });
    });

    it("the stack's wins over keys, and these over that of the environment, as in the plugin", async () => {
      environment["AWS_PROFILE"] = "deploy";
      expect(await world.run("verify")).toBe(1); // the keys are of an account without the secret
      expect(new Set(askedIn(world))).toEqual(new Set([`GetSecretValue ${ownAccount}`]));
      const { AWS_ACCESS_KEY_ID: keyId = "" } = environment;
      environment["AWS_ACCESS_KEY_ID"] = "";
      expect(await world.run("verify")).toBe(0);
      environment["AWS_PROFILE"] = "other";
      expect(await world.run("verify")).toBe(1);
      environment["AWS_ACCESS_KEY_ID"] = keyId;
      world.write(stackFile("aws:profile: deploy"));
      expect(await world.run("verify")).toBe(0);
    });

    it("one may tell the region, too", async () => {
      world.write(stackFile("aws:profile: deploy").replace("  aws:region: eu-west-1\n", ""));
      expect(await world.run("verify")).toBe(0);
      world.write(stackFile("aws:profile: other").replace("  aws:region: eu-west-1\n", ""));
      expect(await world.run("verify")).toBe(2);
      expect(world.said.err).toContain("No AWS region is known; write aws:region in the stack file");
    });
  });
});

describe("doctor", () => {
  let doctor: DoctorWorld;
  beforeEach(async () => {
    doctor = await createDoctorWorld(
      healthyStackFile.replace("  aws:region: eu-west-1\n", `$&  ${assumes}\n`),
    );
    const arn = await storeElsewhere(doctor.world, secretName);
    doctor.world.seedClient({ id: clientId, generation: 1 });
    doctor.pulumi.deployment.resources.find(({ type }) => type === "aws:secretsmanager/secret:Secret")!.id =
      arn;
  });
  afterEach(() => doctor.stop());

  it("looks at the secrets of the role's account", async () => {
    const { lines } = await doctor.diagnose();
    const found = lines.filter(({ area }) => area === "AWS").map(({ found: words }) => words);
    expect(found).toEqual([
      "eu-west-1, by aws:region",
      `the keys are accepted by account ${account}`,
      expect.stringContaining(`readable; AWSCURRENT names ${clientId}`),
    ]);
    expect(askedIn(doctor.world)).toEqual([
      `AssumeRole ${ownAccount}`,
      `DescribeSecret ${account}`,
      `GetSecretValue ${account}`,
    ]);
  });

  it("passes an allowed account, and says so where there is no secret to ask for", async () => {
    const allowed = `  aws:allowedAccountIds: ["${account}"]\n`;
    doctor.world.write(`config:\n  aws:region: eu-west-1\n  ${assumes}\n${allowed}`);
    const { lines } = await doctor.diagnose();
    expect(lines.find(({ check }) => check === "aws-identity")).toMatchObject({
      status: "pass",
      found: "the keys are those of an allowed account",
    });
    expect(askedIn(doctor.world)).toContain(`GetCallerIdentity ${account}`);
  });
});
