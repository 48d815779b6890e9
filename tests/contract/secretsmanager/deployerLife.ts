// Everything that the program does in AWS, once, as the user whose access key is given: the stand-in plugin and the evidence.
import { randomUUID } from "node:crypto";
import { ListSecretVersionIdsCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { startAwsPlugin } from "../../../sandbox/aws-plugin/server";
import { FakeClock } from "../../fakeClock";
import { Engine, types } from "../aws-plugin/engine";
import { region } from "./leastPolicies";
import { type AccessKey } from "./motoIam";

/** What the life did. */
export interface Life {
  readonly arn: string;
  /** Of the value that was read back after the rotation. */
  readonly labels: unknown;
  /** Whether the secret was gone at the end. */
  readonly isGone: boolean;
}

/**
 * Creates a secret below `genesys/prod/`, writes it, rotates it, reads the evidence, changes and refreshes it, deletes it.
 * @param resourcePolicy JSON; put on the secret and taken off again when given.
 * @throws the first refusal.
 */
export async function liveAsDeployer(
  url: string,
  credentials: AccessKey,
  resourcePolicy?: string,
): Promise<Life> {
  const plugin = await startAwsPlugin({
    clock: new FakeClock(),
    environment: {
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: url,
    },
  });
  const engine = new Engine(plugin.port);
  const client = new SecretsManagerClient({ region, endpoint: url, credentials, maxAttempts: 1 });
  try {
    await engine.configure({ region });
    const inputs = { name: `genesys/prod/${randomUUID()}`, recoveryWindowInDays: 7, tags: { before: "1" } };
    const secret = await engine.create(types.secret, inputs);
    await engine.create(types.version, { secretId: secret.id, secretString: "canary-1" });
    const version = await engine.create(types.version, { secretId: secret.id, secretString: "canary-2" });
    await client.send(new ListSecretVersionIdsCommand({ SecretId: secret.id, IncludeDeprecated: true }));
    const refreshed = await engine.read(types.version, version);
    if (resourcePolicy !== undefined) {
      const policyInputs = { secretArn: secret.id, policy: resourcePolicy, blockPublicPolicy: true };
      await engine.delete(types.policy, await engine.create(types.policy, policyInputs));
    }
    const changed = { ...inputs, description: "new", tags: { after: "2" } };
    const updated = await engine.update(types.secret, secret, changed);
    await engine.read(types.secret, updated);
    await engine.delete(types.secret, updated);
    return {
      arn: secret.id,
      labels: refreshed?.outputs.values["versionStages"],
      isGone: (await engine.read(types.secret, updated)) === undefined,
    };
  } finally {
    client.destroy();
    engine.close();
    plugin.stop();
  }
}
