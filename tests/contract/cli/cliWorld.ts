// A simulated organisation, an emulated Secrets Manager and a stack file, with a command line in front of them.
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import {
  CreateSecretCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { runCommandLine } from "../../../cli/main";
import { deployerClientId, employeeRoleId, homeDivisionId } from "../../../sandbox/genesys/seed";
import type { GenesysSimulator } from "../../../sandbox/genesys/server";
import { type SecretsManagerEmulator, startSecretsManager } from "../../../sandbox/secretsmanager/server";
import { borrowSimulator } from "../../sharedSimulator";
import { type CliFolder, createCliFolder } from "../../unit/cli/cliFolder";
import { type RecordedResource, writeStandIn } from "./pulumiStandIn";

const deployerSecret = "canary-deployer-of-the-cli-tests";
const awsSecretKey = "canary-aws-secret-key";

export interface SeededClient {
  readonly id: string;
  readonly key?: string;
  readonly generation: number;
  readonly secret?: string;
  readonly state?: "active" | "inactive" | "disabled";
  readonly roleDivisions?: { roleId: string; divisionId: string }[];
  readonly dateCreated?: string;
  /** In the marker. */
  readonly identity?: string;
  readonly description?: string;
  readonly name?: string;
}

export interface CliWorld extends CliFolder {
  readonly simulator: GenesysSimulator;
  readonly secretsManager: SecretsManagerEmulator;
  /** Runs a command; what was said before is forgotten. */
  run(...argv: string[]): Promise<number>;
  seedClient(client: SeededClient): void;
  /** Puts a `pulumi` on the PATH whose state holds these, or that answers with an error; before that there is none. */
  deployed(state: readonly RecordedResource[] | { readonly error: string }): void;
  /** Writes a payload as the next version of the secret. */
  store(
    secretName: string,
    clientId: string,
    secret: string,
    changes?: Readonly<Record<string, string>>,
    versionId?: string,
  ): Promise<void>;
  stop(): Promise<void>;
}

/** The AWS SDK looks into the environment of the process, too: there is nothing of the tester's in it. */
for (const name of ["AWS_PROFILE", "AWS_REGION", "AWS_DEFAULT_REGION"]) {
  Reflect.deleteProperty(process.env, name);
}
Object.assign(process.env, {
  AWS_CONFIG_FILE: "/nonexistent",
  AWS_SHARED_CREDENTIALS_FILE: "/nonexistent",
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
});

/** Every secret of these tests begins so; none may ever be printed. */
export const canary = "canary-";

export async function createCliWorld(stackFile: string): Promise<CliWorld> {
  const simulator = await borrowSimulator({ seed: { deployerSecret } });
  const secretsManager = await startSecretsManager();
  const environment: Record<string, string> = {
    GENESYSCLOUD_OAUTHCLIENT_ID: deployerClientId,
    GENESYSCLOUD_OAUTHCLIENT_SECRET: deployerSecret,
    GENESYSCLOUD_API_URL: simulator.url,
    GENESYSCLOUD_LOGIN_URL: simulator.url,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: secretsManager.url,
    AWS_ENDPOINT_URL_STS: secretsManager.url,
    AWS_ACCESS_KEY_ID: "canary-aws-key",
    AWS_SECRET_ACCESS_KEY: awsSecretKey,
    PATH: "/nonexistent",
  };
  const folder = createCliFolder(stackFile, environment);
  const aws = new SecretsManagerClient({
    region: "eu-west-1",
    endpoint: secretsManager.url,
    credentials: { accessKeyId: "canary-aws-key", secretAccessKey: awsSecretKey },
  });
  const stored = new Set<string>();
  const bin = join(folder.folder, "pulumi-bin");
  return {
    ...folder,
    simulator,
    secretsManager,
    run: (...argv) => {
      folder.said.out = "";
      folder.said.err = "";
      return runCommandLine(argv, folder.surroundings);
    },
    seedClient: (client) => {
      const { id, key = "nightly-report", generation, secret = `canary-secret-of-${id}` } = client;
      const { identity } = client;
      const names = `${identity === undefined ? "" : `${identity}/`}genesys-credentials/dev/${key}`;
      const marker = `[pulumi:${names}#${generation}:0a1b2c3d4e5f]`;
      simulator.organization.seed({
        clients: [
          {
            id,
            name: client.name ?? `${key}-dev-${generation % 2 === 0 ? "a" : "b"}`,
            description: client.description ?? `Nightly report ${marker}`,
            secret,
            authorizedGrantType: "CLIENT-CREDENTIALS",
            accessTokenValiditySeconds: 3600,
            roleDivisions: client.roleDivisions ?? [{ roleId: employeeRoleId, divisionId: homeDivisionId }],
            ...(client.state === undefined ? {} : { state: client.state }),
            ...(client.dateCreated === undefined ? {} : { dateCreated: client.dateCreated }),
          },
        ],
      });
    },
    deployed: (state) => {
      writeStandIn(bin, state);
      environment["PATH"] = bin;
    },
    store: async (secretName, clientId, clientSecret, changes = {}, ClientRequestToken = randomUUID()) => {
      const { url } = simulator;
      const payload = { clientId, clientSecret, tokenUrl: `${url}/oauth/token`, apiUrl: url, ...changes };
      const SecretString = JSON.stringify(payload);
      await (stored.has(secretName)
        ? aws.send(new PutSecretValueCommand({ SecretId: secretName, SecretString, ClientRequestToken }))
        : aws.send(new CreateSecretCommand({ Name: secretName, SecretString, ClientRequestToken })));
      stored.add(secretName);
    },
    stop: async () => {
      aws.destroy();
      await simulator.stop();
      await secretsManager.stop();
      folder.remove();
    },
  };
}
