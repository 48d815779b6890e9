// A simulated organisation with our providers in front of it, in one process and on one clock.
import { Redactor } from "../common/redact";
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
import type { DeployerSettings } from "../providers/run/settings";
import { deployerClientId, deployerClientSecret, organizationId } from "../sandbox/genesys/seed";
import { type GenesysSimulator, startGenesysSimulator } from "../sandbox/genesys/server";
import { FakeClock } from "./fakeClock";

export interface ProviderWorld {
  readonly clock: FakeClock;
  readonly simulator: GenesysSimulator;
  readonly redactor: Redactor;
  /** What was printed for people. */
  readonly notices: string[];
  /** A new process of the engine: nothing of the former session is remembered. */
  newRun(settings?: Partial<DeployerSettings>): ProviderRun;
  stop(): Promise<void>;
}

export interface ProviderRun {
  readonly session: Session;
  readonly oauthClients: OAuthClientProvider;
  readonly roles: RoleProvider;
  readonly integrationCredentials: IntegrationCredentialProvider;
}

/** Short, so that the time-out fault costs a test little; real seconds. */
const timeoutMs = 400;

export async function createProviderWorld(): Promise<ProviderWorld> {
  const clock = new FakeClock();
  const simulator = await startGenesysSimulator({ clock });
  const redactor = new Redactor();
  const notices: string[] = [];
  return {
    clock,
    simulator,
    redactor,
    notices,
    newRun: (settings = {}) => {
      const session = new Session(
        {
          origins: { apiUrl: simulator.url, loginUrl: simulator.url },
          credentials: { clientId: deployerClientId, clientSecret: deployerClientSecret },
          reconcile: true,
          waitMs: 300_000,
          requestsPerMinute: undefined,
          timeoutMs,
          ...settings,
        },
        { clock, redactor, random: () => 0, notify: (line) => notices.push(line) },
      );
      const sessionFor = (): Session => session;
      return {
        session,
        oauthClients: new OAuthClientProvider(sessionFor),
        roles: new RoleProvider(sessionFor),
        integrationCredentials: new IntegrationCredentialProvider(sessionFor),
      };
    },
    stop: () => simulator.stop(),
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
    __provider: "the provider",
    ...changes,
  };
}

/** Inputs of an integration credential as `check` makes them. */
export function integrationInputs(
  changes: Partial<IntegrationCredentialInputs> = {},
): IntegrationCredentialInputs {
  return {
    organization: { id: organizationId },
    name: "Data actions: nightly report",
    credentialType: "pureCloudOAuthClient",
    clientId: "c1000000-0000-4000-8000-00000000000c",
    clientSecret: "canary-integration-secret",
    owner: "genesys-credentials/dev/nightly-report",
    __provider: "the provider",
    ...changes,
  };
}

/** What the engine would hand to the next method of an integration credential. */
export function recordedIntegration(outs: Record<string, unknown>): IntegrationCredentialOutputs {
  const secret = outs["clientSecret"] as { readonly value: string };
  return { ...outs, clientSecret: secret.value } as unknown as IntegrationCredentialOutputs;
}

/** What the engine would hand to the next method: outputs with the secret out of its envelope. */
export function recordedClient(outs: Record<string, unknown>): OAuthClientOutputs {
  const secret = outs["clientSecret"] as { readonly value: string } | undefined;
  return {
    ...outs,
    ...(secret === undefined ? {} : { clientSecret: secret.value }),
  } as unknown as OAuthClientOutputs;
}

export function recordedRole(outs: Record<string, unknown>): RoleOutputs {
  return outs as unknown as RoleOutputs;
}
