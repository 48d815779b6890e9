// Everything that is done in AWS, once each, as the user whose access key is given: an update's work, a preview's, and the commands'.
import { randomUUID } from "node:crypto";
import { unknownValue } from "@pulumi/pulumi/runtime";
import { checkClientSecret } from "../../../providers/clientSecret/check";
import { ClientMemory } from "../../../providers/run/clientMemory";
import { startAwsPlugin } from "../../../sandbox/aws-plugin/server";
import { currentLabel, SecretStore, versionWith } from "../../../secrets/store";
import { FakeClock } from "../../fakeClock";
import { Engine, types } from "../aws-plugin/engine";
import { region } from "./leastPolicies";
import { type AccessKey } from "./motoIam";

/** What the life did. */
export interface Life {
  readonly arn: string;
  /** Whether AWSCURRENT was back on the first version after the rotation was reverted, and that one still readable. */
  readonly isReverted: boolean;
  /** Whether the secret was gone at the end. */
  readonly isGone: boolean;
}

/** The way of the providers and of the commands to AWS. */
function storeAs(url: string, credentials: AccessKey): SecretStore {
  return new SecretStore({ region, endpoints: { secretsmanager: url }, maxRetries: 0 }, credentials);
}

/**
 * Creates a secret below `genesys/prod/`, stores a pair, rotates, reverts, changes and refreshes the secret, deletes it.
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
  const store = storeAs(url, credentials);
  try {
    await engine.configure({ region });
    const inputs = { name: `genesys/prod/${randomUUID()}`, recoveryWindowInDays: 7, tags: { before: "1" } };
    await store.describe(inputs.name);
    const secret = await engine.create(types.secret, inputs);
    const { id: arn } = secret;
    const [first, second] = [randomUUID(), randomUUID()];
    for (const versionId of [first, second]) {
      const { versions } = await store.requireWritable(arn);
      const current = versionWith(versions, currentLabel);
      await store.text(arn, { id: current ?? versionId });
      await store.put(arn, versionId, `canary of ${versionId}`);
    }
    await store.makeCurrent(arn, first, second);
    const reverted = versionWith((await store.requireWritable(arn)).versions, currentLabel);
    const text = await store.text(arn, { id: first });
    if (resourcePolicy !== undefined) {
      const policyInputs = { secretArn: arn, policy: resourcePolicy, blockPublicPolicy: true };
      await engine.delete(types.policy, await engine.create(types.policy, policyInputs));
    }
    const changed = { ...inputs, description: "new", tags: { after: "2" } };
    const updated = await engine.update(types.secret, secret, changed);
    await engine.read(types.secret, updated);
    await engine.delete(types.secret, updated);
    return {
      arn,
      isReverted: reverted === first && text === `canary of ${first}`,
      isGone: (await engine.read(types.secret, updated)) === undefined,
    };
  } finally {
    store.close();
    engine.close();
    plugin.stop();
  }
}

/** What a preview asks: whether the name of a new secret is free, and whether one that is there can be written. @returns the reasons against it. */
export async function previewAs(url: string, credentials: AccessKey, arn: string): Promise<string[]> {
  const store = storeAs(url, credentials);
  const declared = {
    clientId: randomUUID(),
    authorizedGrantType: "CLIENT-CREDENTIALS",
    state: "active",
    generation: 0,
    owner: "project/prod/nightly-report",
    secretName: `genesys/prod/${randomUUID()}`,
    secretArn: unknownValue,
    keys: "camel",
    apiUrl: "https://api.mypurecloud.ie",
    tokenUrl: "https://login.mypurecloud.ie/oauth/token",
  };
  const stored = { ...declared, secretArn: arn };
  const sessionFor = (): { clients: ClientMemory } => ({ clients: new ClientMemory() });
  try {
    const checked = [
      await checkClientSecret({}, declared, sessionFor, () => store),
      await checkClientSecret(stored, { ...stored, generation: 1 }, sessionFor, () => store),
    ];
    return checked.flatMap(({ failures }) => failures.map(({ reason }) => reason));
  } finally {
    store.close();
  }
}

/** What `verify`, `doctor` and `audit` ask of one secret. @returns the stored text. */
export async function examineAs(
  url: string,
  credentials: AccessKey,
  name: string,
): Promise<string | undefined> {
  const store = storeAs(url, credentials);
  try {
    await store.describe(name);
    return await store.text(name, { label: currentLabel });
  } finally {
    store.close();
  }
}
