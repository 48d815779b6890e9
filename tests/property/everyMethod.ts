// Every provider method against one server, and what must hold whatever that server answers.
import { Redactor } from "../../common/redact";
import { ClientSecretProvider } from "../../providers/clientSecret/provider";
import { IntegrationCredentialProvider } from "../../providers/integrationCredential/provider";
import { OAuthClientProvider } from "../../providers/oauthClient/provider";
import { ProviderError } from "../../providers/engine/providerError";
import { RoleProvider } from "../../providers/role/provider";
import { Session } from "../../providers/run/session";
import { deployerClientId, deployerClientSecret, organizationId } from "../../sandbox/genesys/seed";
import { FakeClock } from "../fakeClock";
import { textsOf } from "../fault/leaks";
import {
  clientInputs,
  clientSecretInputs,
  integrationInputs,
  recordedClient,
  recordedRole,
  recordedSecret,
  roleInputs,
} from "../providerWorld";
import {
  clientId,
  credentialId,
  type Endpoint,
  endpointOf,
  goodAnswers,
  type HostileServer,
  newSecret,
  roleId,
} from "./hostileServer";
import { OnePairStore, storedVersionId } from "./storedPairs";

const secrets = [
  deployerClientSecret,
  newSecret,
  "canary-access-token",
  Buffer.from(`${deployerClientId}:${deployerClientSecret}`).toString("base64"),
  Buffer.from(`${clientId}:${newSecret}`).toString("base64"),
];
const longestMessage = 4200;

interface Outcome {
  readonly name: string;
  /** Undefined for a success. */
  readonly error?: unknown;
  /** What it asked the server. */
  readonly asked: ReadonlySet<Endpoint | undefined>;
}

/** Every wanted method once, each in a process of its own. */
async function runMethods(
  server: HostileServer,
  isWanted: (name: string) => boolean,
): Promise<{ outcomes: Outcome[]; notices: string[] }> {
  const notices: string[] = [];
  const session = (): Session =>
    new Session(
      {
        origins: { apiUrl: server.url, loginUrl: server.url },
        credentials: { clientId: deployerClientId, clientSecret: deployerClientSecret },
        reconcile: true,
        waitMs: 10_000,
        timeoutMs: 5000,
      },
      { clock: new FakeClock(), redactor: new Redactor(), notify: (line) => notices.push(line) },
    );
  const oauthClients = (): OAuthClientProvider => {
    const one = session();
    return new OAuthClientProvider(() => one);
  };
  const roles = (): RoleProvider => {
    const one = session();
    return new RoleProvider(() => one);
  };
  const marker = "[pulumi:p/s/n#0:00]";
  const client = recordedClient({
    ...clientInputs(),
    clientId,
    marker,
    organizationId,
    resolvedRoleDivisions: goodAnswers()["GET /api/v2/tokens/me"].OAuthClient.roleDivisions,
  });
  const integrations = (): IntegrationCredentialProvider => {
    const one = session();
    return new IntegrationCredentialProvider(
      () => one,
      () => new OnePairStore(clientId, newSecret),
    );
  };
  /** @param storedClientId Whose pair is stored already. */
  const clientSecrets = (storedClientId: string): ClientSecretProvider => {
    const one = session();
    return new ClientSecretProvider(
      () => one,
      () => new OnePairStore(storedClientId, newSecret),
    );
  };
  const secret = clientSecretInputs(clientId);
  const storedSecret = recordedSecret({ ...secret, versionId: storedVersionId, organizationId });
  const pair = integrationInputs({ clientId, versionId: storedVersionId });
  const integration = {
    ...pair,
    credentialId,
    organizationId,
    isTakenOver: false,
    createdAt: "2026-10-01T09:00:00Z",
  };
  const adopting = (secret: string): ReturnType<typeof clientInputs> =>
    clientInputs({ adopt: { clientId, secret } });
  const adoptingRole = roleInputs({ adopt: { roleId } });
  const deployerGrants = [{ subjectId: deployerClientId, divisionId: "d-sales" }];
  const role = recordedRole({ ...roleInputs(), roleId, marker, organizationId, deployerGrants });
  const methods: [string, () => Promise<unknown>][] = [
    ["check of a client", () => oauthClients().check({}, { ...clientInputs() })],
    ["create of a client", () => oauthClients().create(clientInputs())],
    ["create of an inactive client", () => oauthClients().create(clientInputs({ state: "inactive" }))],
    ["check of a client to adopt", () => oauthClients().check({}, { ...adopting("regenerate") })],
    ["adoption of a client", () => oauthClients().create(adopting("keep"))],
    ["adoption of a client with a new secret", () => oauthClients().create(adopting("regenerate"))],
    ["read of a client", () => oauthClients().read(clientId, client)],
    ["update of a client", () => oauthClients().update(clientId, client, clientInputs({ name: "other" }))],
    ["delete of a client", () => oauthClients().delete(clientId, client)],
    ["check of a stored secret", () => clientSecrets("other").check({}, { ...secret })],
    ["create of a stored secret", () => clientSecrets("other").create(secret)],
    ["create of a stored secret that is there", () => clientSecrets(clientId).create(secret)],
    [
      "create of a stored secret without a proof",
      () => clientSecrets("other").create({ ...secret, authorizedGrantType: "CODE" }),
    ],
    ["read of a stored secret", () => clientSecrets(clientId).read(clientId, storedSecret)],
    [
      "update of a stored secret",
      () => clientSecrets(clientId).update(clientId, storedSecret, { ...secret, keys: "snake" }),
    ],
    ["check of a role", () => roles().check({}, { ...roleInputs({ deployerDivisions: ["Sales"] }) })],
    ["create of a role", () => roles().create(roleInputs({ deployerDivisions: ["Sales"] }))],
    ["check of a role to adopt", () => roles().check({}, { ...adoptingRole })],
    ["adoption of a role", () => roles().create(adoptingRole)],
    ["read of a role", () => roles().read(roleId, role)],
    ["update of a role", () => roles().update(roleId, role, roleInputs({ name: "other" }))],
    ["delete of a role", () => roles().delete(roleId, role)],
    ["check of an integration credential", () => integrations().check({}, { ...pair })],
    ["check of one to take over", () => integrations().check({}, { ...pair, existingId: credentialId })],
    ["create of an integration credential", () => integrations().create(pair)],
    ["create of one to take over", () => integrations().create({ ...pair, existingId: credentialId })],
    ["read of an integration credential", () => integrations().read(credentialId, integration)],
    [
      "update of an integration credential",
      () => integrations().update(credentialId, integration, { ...pair, name: "other" }),
    ],
    ["delete of an integration credential", () => integrations().delete(credentialId, integration)],
  ];
  const outcomes: Outcome[] = [];
  for (const [name, run] of methods.filter(([method]) => isWanted(method))) {
    const before = server.received.length;
    const outcome = await run().then(
      () => ({ name }),
      (error: unknown) => ({ name, error }),
    );
    outcomes.push({ ...outcome, asked: new Set(server.received.slice(before).map(endpointOf)) });
  }
  return { outcomes, notices };
}

/** Which endpoints each method asks where all of them answer well: a bad answer of any other one never reaches it. */
export async function endpointsOfMethods(server: HostileServer): Promise<EndpointsOfMethods> {
  server.reset();
  const { outcomes } = await runMethods(server, () => true);
  return new Map(outcomes.map(({ name, asked }) => [name, asked]));
}

/** See {@link endpointsOfMethods}. */
export type EndpointsOfMethods = ReadonlyMap<string, ReadonlySet<Endpoint | undefined>>;

/** @throws when a method failed with a foreign error, a secret is in a text, or a path was forged */
export async function expectCalm(server: HostileServer, isWanted: (name: string) => boolean): Promise<void> {
  const { outcomes, notices } = await runMethods(server, isWanted);
  for (const { name, error } of outcomes) {
    if (error !== undefined) {
      expect({ name, error }).toEqual({ name, error: expect.any(ProviderError) });
      const { message } = error as ProviderError;
      expect(message).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e]/);
      expect(message.length).toBeLessThan(longestMessage);
      expectNoSecret(textsOf(error));
    }
  }
  expectNoSecret(notices);
  expect(server.received.filter((request) => endpointOf(request) === undefined)).toEqual([]);
}

/** @throws Jest's error when a text holds a secret */
export function expectNoSecret(texts: readonly string[]): void {
  for (const text of texts) {
    expect({ text, found: secrets.filter((secret) => text.includes(secret)) }).toEqual({ text, found: [] });
  }
}
