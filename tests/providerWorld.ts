// A simulated organisation and an emulated Secrets Manager with our providers in front of them, in one process and on one clock.
import type { AwsSettings } from "../common/awsSettings";
import { defined } from "../common/defined";
import { Redactor } from "../common/redact";
import type { LimitKey } from "../genesys/knowledge/clientLimit";
import { ClientSecretProvider } from "../providers/clientSecret/provider";
import type { ClientSecretInputs, ClientSecretOutputs } from "../providers/clientSecret/record";
import { IntegrationCredentialProvider } from "../providers/integrationCredential/provider";
import type {
  IntegrationCredentialInputs,
  IntegrationCredentialOutputs,
} from "../providers/integrationCredential/record";
import { OAuthClientProvider } from "../providers/oauthClient/provider";
import type { OAuthClientInputs, OAuthClientOutputs } from "../providers/oauthClient/record";
import { RoleProvider } from "../providers/role/provider";
import type { RoleInputs, RoleOutputs } from "../providers/role/record";
import { Session } from "../providers/run/session";
import type { DeployerSettings } from "../genesys/settings";
import { deployerClientId, deployerClientSecret, organizationId } from "../sandbox/genesys/seed";
import type { GenesysSimulator } from "../sandbox/genesys/server";
import { type SecretsManagerEmulator, startSecretsManager } from "../sandbox/secretsmanager/server";
import { SecretStore } from "../secrets/store";
import { FakeClock } from "./fakeClock";
import { borrowSimulator } from "./sharedSimulator";
import { endpoints, integrationPairs, makeSecret, region, secretArn, secretName } from "./storedSecrets";

export interface ProviderWorld {
  readonly clock: FakeClock;
  readonly simulator: GenesysSimulator;
  /** Holds the secret {@link secretArn}, which has no version yet. */
  readonly secretsManager: SecretsManagerEmulator;
  readonly redactor: Redactor;
  /** What was printed for people. */
  readonly notices: string[];
  /** A new process of the engine: nothing of the former session is remembered. */
  newRun(settings?: Partial<DeployerSettings>, options?: RunOptions): ProviderRun;
  stop(): Promise<void>;
}

/** What only some tests need. */
export interface RunOptions {
  /** Repetitions of a request to AWS by its SDK; none by default, so that each fault shows. */
  readonly awsRetries?: number;
  /** Where evidence goes; nowhere by default. */
  readonly evidenceFolder?: string;
  /** As if this were confirmed to be the limit of OAuth clients. */
  readonly clientLimitKey?: LimitKey;
}

export interface ProviderRun {
  readonly session: Session;
  /** The way to the emulated Secrets Manager. */
  storeFor(aws: AwsSettings): SecretStore;
  readonly oauthClients: OAuthClientProvider;
  readonly roles: RoleProvider;
  readonly clientSecrets: ClientSecretProvider;
  readonly integrationCredentials: IntegrationCredentialProvider;
}

/** The identity of the stack whose providers these are. */
export const stackIdentity = "0123456789abcdef";

/** Short, so that the time-out fault costs a test little; real seconds. */
const timeoutMs = 400;

/** What requests to AWS are signed with, whatever the computer has. */
export const awsKeys = { accessKeyId: "canary-key-id", secretAccessKey: "canary-access-secret" };

export async function createProviderWorld(): Promise<ProviderWorld> {
  const clock = new FakeClock();
  const simulator = await borrowSimulator({ clock });
  const secretsManager = await startSecretsManager({ clock });
  const redactor = new Redactor();
  const notices: string[] = [];
  const stores: SecretStore[] = [];
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] = "true";
  makeSecret(secretsManager, secretName, secretArn);
  return {
    clock,
    simulator,
    secretsManager,
    redactor,
    notices,
    newRun: (settings = {}, { awsRetries = 0, evidenceFolder, clientLimitKey } = {}) => {
      const session = new Session(
        {
          origins: { apiUrl: simulator.url, loginUrl: simulator.url },
          credentials: { clientId: deployerClientId, clientSecret: deployerClientSecret },
          reconcile: true,
          waitMs: 300_000,
          timeoutMs,
          ...settings,
        },
        {
          clock,
          redactor,
          random: () => 0,
          notify: (line) => notices.push(line),
          ...defined({ clientLimitKey }),
        },
      );
      session.stackIdentity = stackIdentity;
      const sessionFor = (): Session => session;
      const byPlace = new Map<string, SecretStore>();
      const storeFor = (aws: AwsSettings = {}): SecretStore => {
        const key = JSON.stringify(aws);
        const awsEndpoints = { secretsmanager: secretsManager.url, sts: secretsManager.url };
        const store =
          byPlace.get(key) ??
          new SecretStore({ region, ...aws, endpoints: awsEndpoints, maxRetries: awsRetries }, awsKeys);
        byPlace.set(key, store);
        stores.push(store);
        return store;
      };
      return {
        session,
        storeFor,
        oauthClients: new OAuthClientProvider(sessionFor, undefined, storeFor),
        roles: new RoleProvider(sessionFor),
        clientSecrets: new ClientSecretProvider(sessionFor, storeFor, () => evidenceFolder),
        integrationCredentials: new IntegrationCredentialProvider(sessionFor, storeFor),
      };
    },
    stop: async () => {
      stores.forEach((store) => {
        store.close();
      });
      await Promise.all([simulator.stop(), secretsManager.stop()]);
    },
  };
}

/** Inputs of a client as `check` makes them; `employee` is a role of the simulated organisation that the deployer holds. */
export function clientInputs(changes: Partial<OAuthClientInputs> = {}): OAuthClientInputs {
  return {
    organization: { id: organizationId },
    name: "nightly-report-dev-a",
    description: "Nightly report",
    authorizedGrantType: "CLIENT-CREDENTIALS",
    accessTokenValiditySeconds: 3600,
    roleDivisions: [{ roleName: "employee", division: "home" }],
    state: "active",
    generation: 0,
    owner: "genesys-credentials/dev/nightly-report",
    identity: stackIdentity,
    __provider: "the provider",
    ...changes,
  };
}

/** Inputs of a role as `check` makes them. */
export function roleInputs(changes: Partial<RoleInputs> = {}): RoleInputs {
  return {
    organization: { id: organizationId },
    name: "reporting-reader",
    description: "Reads reports",
    permissionPolicies: [{ domain: "routing", entityName: "queue", actionSet: ["view"] }],
    grantToDeployer: true,
    deployerDivisions: ["home"],
    owner: "genesys-credentials/dev/reporting-reader",
    identity: stackIdentity,
    __provider: "the provider",
    ...changes,
  };
}

/** Inputs of a stored secret as `check` makes them. */
export function clientSecretInputs(
  clientId: string,
  changes: Partial<ClientSecretInputs> = {},
): ClientSecretInputs {
  return {
    organization: { id: organizationId },
    clientId,
    authorizedGrantType: "CLIENT-CREDENTIALS",
    state: "active",
    generation: 0,
    owner: "genesys-credentials/dev/nightly-report",
    secretName,
    secretArn,
    keys: "camel",
    ...endpoints,
    aws: { region },
    versionStage: "AWSCURRENT",
    __provider: "the provider",
    ...changes,
  };
}

/** Inputs of an integration credential as `check` makes them; the pair has to be stored (tests/storedSecrets.ts). */
export function integrationInputs(
  changes: Partial<IntegrationCredentialInputs> = {},
): IntegrationCredentialInputs {
  return {
    organization: { id: organizationId },
    name: "Data actions: nightly report",
    credentialType: "pureCloudOAuthClient",
    clientId: integrationPairs[0].clientId,
    secretArn,
    versionId: integrationPairs[0].versionId,
    aws: { region },
    owner: "genesys-credentials/dev/nightly-report",
    __provider: "the provider",
    ...changes,
  };
}

/** What the engine would hand to the next method of an integration credential. */
export function recordedIntegration(outs: Record<string, unknown>): IntegrationCredentialOutputs {
  return outs as unknown as IntegrationCredentialOutputs;
}

/** What the engine would hand to the next method of a client. */
export function recordedClient(outs: Record<string, unknown>): OAuthClientOutputs {
  return outs as unknown as OAuthClientOutputs;
}

/** What the engine would hand to the next method of a stored secret. */
export function recordedSecret(outs: Record<string, unknown>): ClientSecretOutputs {
  return outs as unknown as ClientSecretOutputs;
}

export function recordedRole(outs: Record<string, unknown>): RoleOutputs {
  return outs as unknown as RoleOutputs;
}
