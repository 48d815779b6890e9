// The least IAM policies of docs/security.md: what they allow is enough, what they do not allow is refused.
import * as aws from "@aws-sdk/client-secrets-manager";
import { examineAs, liveAsDeployer, previewAs } from "./deployerLife";
import {
  account,
  allows,
  commandsPolicy,
  consumerPolicy,
  deployerPolicy,
  previewPolicy,
  region,
  resourcePolicyActions,
  type LeastPolicy,
} from "./leastPolicies";
import { enforcePolicies, makeUser, type AccessKey } from "./motoIam";
import { startMoto, whyNoMoto, type MotoServer } from "./motoServer";
import { openRefusalDoor, type RefusalDoor } from "./refusalDoor";

const arnOf = (secret: string, where = region, whose = account): string =>
  `arn:aws:secretsmanager:${where}:${whose}:secret:${secret}`;
const readAction = "secretsmanager:GetSecretValue";
const everyPolicy = [deployerPolicy, previewPolicy, commandsPolicy, consumerPolicy];

describe("the resources that the policies name", () => {
  const elsewhere = [
    arnOf("genesys/dev/nightly-report-AbC123"),
    arnOf("genesys/production/nightly-report-AbC123"),
    arnOf("other/genesys/prod/nightly-report-AbC123"),
    arnOf("genesys/prod/nightly-report-AbC123", "eu-central-1"),
    arnOf("genesys/prod/nightly-report-AbC123", region, "210987654321"),
  ];

  test.each([
    ["deployer", deployerPolicy],
    ["preview", previewPolicy],
    ["commands", commandsPolicy],
  ])("the %s reaches its own prefix, existing secrets and those to be created", (_, policy) => {
    for (const action of policy.actions) {
      expect(allows(policy, action, arnOf("genesys/prod/nightly-report-AbC123"))).toBe(true);
      // What AWS compares CreateSecret with: the name, and a suffix that nobody knows yet.
      expect(allows(policy, action, arnOf("genesys/prod/team/crm-??????"))).toBe(true);
      // A name that was looked for and is not there has none.
      expect(allows(policy, action, arnOf("genesys/prod/team/crm"))).toBe(true);
    }
  });

  test("the consumer reaches its own secret, and no other whose name begins in the same way", () => {
    expect(allows(consumerPolicy, readAction, arnOf("genesys/prod/nightly-report-AbC123"))).toBe(true);
    for (const secret of ["crm-AbC123", "nightly-report-2-AbC123", "nightly-reports-AbC123"]) {
      expect(allows(consumerPolicy, readAction, arnOf(`genesys/prod/${secret}`))).toBe(false);
    }
  });

  test.each(elsewhere)("none reaches %s", (arn) => {
    for (const policy of everyPolicy) {
      expect(policy.actions.filter((action) => allows(policy, action, arn))).toEqual([]);
    }
  });

  test("no action has a wildcard", () => {
    const actions = everyPolicy.flatMap((policy) => policy.actions);
    expect(actions.filter((action) => !/^secretsmanager:[A-Z][A-Za-z]+$/.test(action))).toEqual([]);
  });
});

/** moto compares every resource with `*`, so that only this one is ever met. */
const onAnything = (actions: readonly string[]): LeastPolicy => ({ actions, resource: "*" });

const reason = whyNoMoto();
if (reason !== undefined) {
  process.stderr.write(`\nThe least IAM policies are not tried on moto_server: ${reason}\n`);
}

(reason === undefined ? describe : describe.skip)(
  "the actions that the policies name, on moto_server",
  () => {
    const own = "genesys/prod/nightly-report";
    const absent = "genesys/prod/absent";
    const foreign = "other/secret";
    const resourcePolicy = JSON.stringify({
      Statement: [{ Effect: "Deny", Principal: "*", Action: "*", Resource: "*" }],
    });
    /** Calls that change nothing: permissions are looked at before the secret, which is absent, or (CreateSecret) there. */
    const calls: Readonly<Record<string, (client: aws.SecretsManagerClient) => Promise<unknown>>> = {
      BatchGetSecretValue: (client) =>
        client.send(new aws.BatchGetSecretValueCommand({ SecretIdList: [absent] })),
      CreateSecret: (client) => client.send(new aws.CreateSecretCommand({ Name: own })),
      DeleteResourcePolicy: (client) =>
        client.send(new aws.DeleteResourcePolicyCommand({ SecretId: absent })),
      DeleteSecret: (client) => client.send(new aws.DeleteSecretCommand({ SecretId: absent })),
      DescribeSecret: (client) => client.send(new aws.DescribeSecretCommand({ SecretId: absent })),
      GetResourcePolicy: (client) => client.send(new aws.GetResourcePolicyCommand({ SecretId: absent })),
      GetSecretValue: (client) => client.send(new aws.GetSecretValueCommand({ SecretId: absent })),
      ListSecretVersionIds: (client) => client.send(new aws.ListSecretVersionIdsCommand({ SecretId: own })),
      ListSecrets: (client) => client.send(new aws.ListSecretsCommand({})),
      PutResourcePolicy: (client) =>
        client.send(new aws.PutResourcePolicyCommand({ SecretId: absent, ResourcePolicy: resourcePolicy })),
      PutSecretValue: (client) =>
        client.send(new aws.PutSecretValueCommand({ SecretId: absent, SecretString: "canary-2" })),
      RestoreSecret: (client) => client.send(new aws.RestoreSecretCommand({ SecretId: absent })),
      TagResource: (client) =>
        client.send(new aws.TagResourceCommand({ SecretId: absent, Tags: [{ Key: "a", Value: "1" }] })),
      UntagResource: (client) =>
        client.send(new aws.UntagResourceCommand({ SecretId: absent, TagKeys: ["a"] })),
      UpdateSecret: (client) =>
        client.send(new aws.UpdateSecretCommand({ SecretId: absent, Description: "canary" })),
      UpdateSecretVersionStage: (client) =>
        client.send(new aws.UpdateSecretVersionStageCommand({ SecretId: absent, VersionStage: "canary" })),
    };

    let ownArn = "";
    let moto: MotoServer;
    let door: RefusalDoor;
    const clients: aws.SecretsManagerClient[] = [];

    beforeAll(async () => {
      moto = await startMoto();
      door = await openRefusalDoor(moto.url);
      const setUp = as({ accessKeyId: "canary-access-key", secretAccessKey: "canary-secret-key" });
      for (const Name of [own, foreign]) {
        const { ARN } = await setUp.send(new aws.CreateSecretCommand({ Name, SecretString: "canary-1" }));
        ownArn = Name === own ? (ARN ?? "") : ownArn;
      }
    });

    afterAll(async () => {
      clients.forEach((client) => {
        client.destroy();
      });
      await door.stop();
      await moto.stop();
    });

    function as(credentials: AccessKey): aws.SecretsManagerClient {
      const client = new aws.SecretsManagerClient({
        region,
        endpoint: door.url,
        credentials,
        maxAttempts: 1,
      });
      clients.push(client);
      return client;
    }

    let users = 0;

    async function userWith(policy: LeastPolicy): Promise<AccessKey> {
      await enforcePolicies(moto.url, false);
      users += 1;
      const key = await makeUser(moto.url, `user-${users}`, policy);
      await enforcePolicies(moto.url, true);
      return key;
    }

    /** Whether moto refused for want of a permission; any other answer of the service means that the policy let the call through. */
    async function isDenied(call: () => Promise<unknown>): Promise<boolean> {
      try {
        await call();
        return false;
      } catch (error) {
        if (!(error instanceof aws.SecretsManagerServiceException)) {
          throw error;
        }
        return error.name === "AccessDeniedException";
      }
    }

    async function permittedTo(policy: LeastPolicy): Promise<string[]> {
      const client = as(await userWith(policy));
      const permitted: string[] = [];
      for (const [name, call] of Object.entries(calls)) {
        if (!(await isDenied(() => call(client)))) {
          permitted.push(`secretsmanager:${name}`);
        }
      }
      return permitted.sort();
    }

    test("the consumer may do what the page lists, and reads its secret", async () => {
      const client = as(await userWith(onAnything(consumerPolicy.actions)));
      const found = await client.send(new aws.GetSecretValueCommand({ SecretId: own }));
      expect(found.SecretString).toBe("canary-1");
      expect(allows(consumerPolicy, readAction, found.ARN ?? "")).toBe(true);
      expect(await permittedTo(onAnything(consumerPolicy.actions))).toEqual(
        [...consumerPolicy.actions].sort(),
      );
    });

    test("the consumer's actions are those of AWS's caching libraries, and nothing that writes", () => {
      expect([...consumerPolicy.actions].sort()).toEqual(["secretsmanager:DescribeSecret", readAction]);
    });

    test("the deployer may do everything that the program does", async () => {
      const life = await liveAsDeployer(door.url, await userWith(onAnything(deployerPolicy.actions)));
      expect(life).toMatchObject({ isReverted: true, isGone: true });
      const reached = deployerPolicy.actions.filter((action) => allows(deployerPolicy, action, life.arn));
      expect(reached).toEqual(deployerPolicy.actions);
    });

    test.each(deployerPolicy.actions)("the deployer cannot do without %s", async (action) => {
      const others = deployerPolicy.actions.filter((other) => other !== action);
      const credentials = await userWith(onAnything(others));
      await expect(liveAsDeployer(door.url, credentials)).rejects.toThrow(
        new RegExp(`is not authorized to perform: ${action}\\b`),
      );
    });

    test("a preview asks whether the name is free and the secret can be written, and reads no value", async () => {
      const credentials = await userWith(onAnything(previewPolicy.actions));
      expect(await previewAs(door.url, credentials, ownArn)).toEqual([]);
      expect(previewPolicy.actions).not.toContain(readAction);
      expect(await permittedTo(onAnything(previewPolicy.actions))).toEqual(previewPolicy.actions);
    });

    test("a preview that may not ask says what is missing", async () => {
      const reasons = await previewAs(door.url, await userWith(onAnything([readAction])), ownArn);
      expect(reasons).toHaveLength(2);
      for (const reason of reasons) {
        expect(reason).toMatch(/not authorized to perform: secretsmanager:DescribeSecret.*\[AWS_DENIED\]$/);
      }
    });

    test("the commands read what is stored, and need no more", async () => {
      const credentials = await userWith(onAnything(commandsPolicy.actions));
      expect(await examineAs(door.url, credentials, own)).toBe("canary-1");
      expect(await permittedTo(onAnything(commandsPolicy.actions))).toEqual(
        [...commandsPolicy.actions].sort(),
      );
    });

    test.each(commandsPolicy.actions)("the commands cannot do without %s", async (action) => {
      const others = commandsPolicy.actions.filter((other) => other !== action);
      await expect(examineAs(door.url, await userWith(onAnything(others)), own)).rejects.toThrow(
        new RegExp(`is not authorized to perform: ${action}\\b`),
      );
    });

    test("a resource policy on the secret needs the two actions that the page adds for it", async () => {
      expect(resourcePolicyActions).toHaveLength(2);
      for (const missing of resourcePolicyActions) {
        const rest = resourcePolicyActions.filter((action) => action !== missing);
        const credentials = await userWith(onAnything([...deployerPolicy.actions, ...rest]));
        await expect(liveAsDeployer(door.url, credentials, resourcePolicy)).rejects.toThrow(
          `is not authorized to perform: ${missing}`,
        );
      }
      const all = await userWith(onAnything([...deployerPolicy.actions, ...resourcePolicyActions]));
      expect(await liveAsDeployer(door.url, all, resourcePolicy)).toMatchObject({ isGone: true });
    });

    test.each([
      ["deployer", deployerPolicy],
      ["consumer", consumerPolicy],
    ])(
      "moto's deviation: by its action alone the %s reads a foreign secret; AWS refuses",
      async (_, policy) => {
        const client = as(await userWith(onAnything(policy.actions)));
        const found = await client.send(new aws.GetSecretValueCommand({ SecretId: foreign }));
        expect(found.SecretString).toBe("canary-1");
        expect(allows(policy, readAction, found.ARN ?? "")).toBe(false);
      },
    );

    test("moto's deviation: it compares no resource, so a policy with one allows nothing there", async () => {
      const client = as(await userWith({ ...consumerPolicy, resource: arnOf(`${own}-*`) }));
      expect(await isDenied(() => client.send(new aws.GetSecretValueCommand({ SecretId: own })))).toBe(true);
    });

    test("moto's deviation: it takes six question marks for a broken expression", async () => {
      const client = as(await userWith(consumerPolicy));
      const read = client.send(new aws.GetSecretValueCommand({ SecretId: own }));
      await expect(read).rejects.toMatchObject({ $response: { statusCode: 500 } });
    });

    test("the deployer may do what the page lists and no other call; an administrator may do them all", async () => {
      expect(await permittedTo(onAnything(deployerPolicy.actions))).toEqual(
        [...deployerPolicy.actions].sort(),
      );
      const all = Object.keys(calls).map((name) => `secretsmanager:${name}`);
      expect(await permittedTo(onAnything(["secretsmanager:*"]))).toEqual(all.sort());
    });
  },
);
