// What a preview finds out about a stored secret before anything is written, and that an unchanged one asks nobody.
import { unknownValue } from "@pulumi/pulumi/runtime";

import type { ClientSecretInputs } from "../../../providers/clientSecret/record";
import { clientSecretInputs } from "../../providerWorld";
import { makeSecret, region, secretArn, secretName } from "../../storedSecrets";
import { ClientSecretScene } from "./clientSecretScene";

let scene: ClientSecretScene;
beforeEach(async () => {
  scene = await ClientSecretScene.create();
});
afterEach(() => scene.stop());

const inputs = clientSecretInputs("client");
/** The credential is to be made: neither the client nor the secret is there yet. */
const unmade = { ...inputs, clientId: unknownValue, secretArn: unknownValue, secretName: "genesys/dev/new" };

/** What check says. @param olds Nothing where the resource is new. */
async function said(news: object, olds: object = {}): Promise<string[]> {
  const { clientSecrets } = scene.world.newRun();
  const { failures } = await clientSecrets.check({ ...olds }, { ...news });
  expect(failures.map(({ property }) => property)).toEqual(failures.map(() => ""));
  return failures.map(({ reason }) => reason);
}

function vault() {
  return scene.world.secretsManager.vault;
}

/** No write, and nothing asked of Genesys. */
afterEach(() => {
  expect(scene.world.simulator.requestLog.count()).toBe(0);
  expect(scene.world.secretsManager.vault.all().flatMap(({ versions }) => versions)).toEqual([]);
});

describe("nobody is asked", () => {
  it.each<[string, object, object]>([
    ["where nothing changed", inputs, inputs],
    ["where the order of keys changed only", inputs, Object.fromEntries(Object.entries(inputs).reverse())],
    ["by a revocation", inputs, { ...inputs, state: "inactive" }],
    [
      "by a revocation together with another spelling",
      inputs,
      { ...inputs, state: "inactive", keys: "snake" },
    ],
    ["by a restoration", { ...inputs, state: "inactive" }, inputs],
    ["where the way to AWS changed", inputs, { ...inputs, aws: { region, profile: "other" } }],
    ["by the first version of a secret that this run has made", {}, inputs],
  ])("%s", async (_name, olds, news) => {
    expect(await said(news, olds)).toEqual([]);
    expect(scene.awsRequests()).toEqual([]);
  });

  it("where the name is not known yet", async () => {
    expect(await said({ ...unmade, secretName: unknownValue })).toEqual([]);
    expect(scene.awsRequests()).toEqual([]);
  });
});

describe("the form", () => {
  it("is completed: the label that the version has to carry, and what may be left out", async () => {
    const { versionStage: _stage, aws: _aws, organization: _organization, ...program } = inputs;
    const { inputs: completed } = await scene.world.newRun().clientSecrets.check({}, program);
    expect(completed).toEqual({ ...program, versionStage: "AWSCURRENT", aws: {}, organization: {} });
  });

  it.each<[string, object]>([
    ["clientId", { clientId: "" }],
    ["authorizedGrantType", { authorizedGrantType: undefined }],
    ["owner", { owner: 5 }],
    ["secretName", { secretName: "" }],
    ["secretArn", { secretArn: "" }],
    ["apiUrl", { apiUrl: "" }],
    ["tokenUrl", { tokenUrl: null }],
    ["generation", { generation: -1 }],
    ["generation", { generation: 0.5 }],
    ["keys", { keys: "kebab" }],
  ])("is refused where %s is wrong, and nobody is asked", async (property, changes) => {
    const failures = await said({ ...unmade, ...changes });
    expect(failures).toEqual([expect.stringMatching(`^${property} must be`)]);
    expect(scene.awsRequests()).toEqual([]);
  });

  it("takes what a preview does not know yet", async () => {
    expect(await said({ ...unmade, generation: unknownValue })).toEqual([]);
  });
});

describe("the name of a secret that is to be made", () => {
  it("is free: one request", async () => {
    expect(await said(unmade)).toEqual([]);
    expect(scene.awsRequests()).toEqual(["DescribeSecret"]);
  });

  it("is taken by a secret that this stack does not have", async () => {
    expect(await said({ ...unmade, secretName })).toEqual([
      `Checking the secret of nightly-report (${secretName}): AWS already has a secret ${secretName} (${secretArn}), which is not in this stack's state; ` +
        "nothing was written. If it is this credential's, take it into the stack with `npm run credentials -- recover --stack dev`; if the credential's key was renamed, write `formerly: <the key that it had>`; otherwise declare another secret.name [SECRET_NAME_TAKEN]",
    ]);
  });

  it("belongs to a secret that is scheduled for deletion", async () => {
    vault().delete(region, secretArn, 30, false);
    const [reason = "", ...more] = await said({ ...unmade, secretName });
    expect(more).toEqual([]);
    expect(reason).toMatch(
      /^Checking the secret of .*is scheduled for deletion \(DeletedDate 2026-12-01T09:00:00\.000Z\), and AWS keeps its name until it is gone; nothing was written\. If it is this credential's, bring it back with `npm run credentials -- recover --stack dev`; otherwise declare another secret\.name, or wait \[SECRET_SCHEDULED_FOR_DELETION\]$/,
    );
  });
});

describe("the former name of a secret that was moved", () => {
  it("is freed by a command, for nothing of it is lost to the state: recover would find nothing", async () => {
    vault().delete(region, secretArn, 30, false);
    const moved = { ...inputs, secretArn: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:elsewhere" };
    const [reason = "", ...more] = await said({ ...unmade, secretName }, moved);
    expect(more).toEqual([]);
    expect(reason).toContain(
      `leave the secret where it is now, or delete this one for good with \`aws secretsmanager delete-secret --region ${region} --secret-id ${secretArn} --force-delete-without-recovery\` and preview again`,
    );
    expect(reason).not.toContain("recover --stack");
    vault().delete(region, secretArn, 0, true);
    expect(await said({ ...unmade, secretName }, moved)).toEqual([]);
  });
});

it("a refusal says its code to the end, however long the name of the secret is", async () => {
  const longest = 512;
  const name = "genesys/dev/".padEnd(longest, "x");
  vault().create(region, name, "canary-token-of-32-characters-long", {}, undefined, {});
  vault().delete(region, name, 30, false);
  const moved = { ...inputs, secretArn: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:elsewhere" };
  expect(await said({ ...unmade, secretName: name }, moved)).toEqual([
    expect.stringMatching(/declare another secret\.name, or wait \[SECRET_SCHEDULED_FOR_DELETION\]$/),
  ]);
});

describe("AWS, where something changes,", () => {
  const changed = { ...inputs, keys: "snake" };

  it("is asked for the secret once", async () => {
    expect(await said(changed, inputs)).toEqual([]);
    expect(scene.awsRequests()).toEqual(["DescribeSecret"]);
  });

  it("is not asked for the new place of a secret that moves: this run makes it", async () => {
    expect(await said({ ...inputs, secretArn: "arn:other" }, inputs)).toEqual([]);
    expect(scene.awsRequests()).toEqual([]);
  });

  const refusals: readonly [string, () => void, RegExp][] = [
    [
      "does not have the secret",
      () => vault().delete(region, secretArn, 0, true),
      /does not exist in AWS; run `pulumi up --refresh`.*\[SECRET_GONE\]$/,
    ],
    [
      "is about to delete it",
      () => vault().delete(region, secretArn, 30, false),
      /scheduled for deletion.*restore-secret.*\[SECRET_SCHEDULED_FOR_DELETION\]$/,
    ],
    [
      "denies",
      () => {
        scene.world.secretsManager.faults.arm({ kind: "accessDenied" });
      },
      /DescribeSecret of .*not authorized.*\[AWS_DENIED\]$/,
    ],
    [
      "throttles",
      () => {
        scene.world.secretsManager.faults.arm({ kind: "throttling" });
      },
      /Rate exceeded.*\[AWS_THROTTLED\]$/,
    ],
    [
      "does not answer",
      () => {
        scene.world.secretsManager.faults.arm({ kind: "reset" });
      },
      /\[AWS_UNREACHABLE\]$/,
    ],
  ];
  it.each(refusals)("%s: the preview says so", async (_name, arrange, reason) => {
    arrange();
    const failures = await said(changed, inputs);
    expect(failures).toEqual([expect.stringMatching(/^Checking the secret of nightly-report \(\S+\): \S/)]);
    expect(failures[0]).toMatch(reason);
  });

  it("is another account than the stack allows: nothing is asked of Secrets Manager", async () => {
    const aws = { region, allowedAccountIds: ["999999999999"] };
    const failures = await said({ ...changed, aws }, { ...inputs, aws });
    expect(failures).toEqual([
      expect.stringMatching(
        /: The AWS account is 123456789012, and aws:allowedAccountIds names 999999999999;.*\[AWS_ACCOUNT_REFUSED\]$/,
      ),
    ]);
    expect(scene.awsRequests()).toEqual(["GetCallerIdentity"]);
  });

  it("has a replica in this region, which nobody can write", async () => {
    const replicated = vault().find(region, secretArn);
    replicated.replicas = [{ region: "eu-central-1" }];
    const arn = secretArn.replace(region, "eu-central-1");
    const place: Partial<ClientSecretInputs> = { secretArn: arn, aws: { region: "eu-central-1" } };
    const failures = await said({ ...changed, ...place }, { ...inputs, ...place });
    expect(failures).toEqual([
      expect.stringMatching(
        /is a replica, which nobody can write; set aws:region to eu-west-1.*\[SECRET_IS_REPLICA\]$/,
      ),
    ]);
  });
});

describe("a key that is not declared any more", () => {
  const kmsKeyId = "alias/team";
  const olds = { ...inputs, kmsKeyId };

  it("stays on the secret, which Pulumi's AWS provider cannot change: the preview says what to do", async () => {
    vault().find(region, secretArn).kmsKeyId = kmsKeyId;
    expect(await said(inputs, olds)).toEqual([
      expect.stringMatching(
        new RegExp(
          `secret\\.kmsKeyId was removed, .* cannot take the key ${kmsKeyId} off the secret; nothing was written\\. ` +
            `Run \`aws secretsmanager update-secret --secret-id ${secretArn} --kms-key-id alias/aws/secretsmanager\`, then \`pulumi up --refresh\`, or declare the key again \\[SECRET_KEY_STAYS\\]$`,
        ),
      ),
    ]);
  });

  it("is fine once the advised command has run", async () => {
    vault().find(region, secretArn).kmsKeyId = kmsKeyId;
    const own = { description: undefined, kmsKeyId: "alias/aws/secretsmanager", type: undefined };
    vault().update(region, secretArn, "t".repeat(32), own, undefined);
    expect(await said(inputs, olds)).toEqual([]);
  });

  it("is fine where it goes with a change to another key, or with the secret itself", async () => {
    vault().find(region, secretArn).kmsKeyId = kmsKeyId;
    expect(await said({ ...inputs, kmsKeyId: "alias/other" }, olds)).toEqual([]);
    expect(
      await said({ ...inputs, secretArn: makeSecret(scene.world.secretsManager, "other") }, olds),
    ).toEqual([]);
  });
});
