// A credential on the real engine: made, proven, drifted, repaired and destroyed; every request counted.
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import axios from "axios";

import { deployerClientId, employeeRoleId, homeDivisionId, organizationId } from "../../sandbox/genesys/seed";
import {
  createEngineWorld,
  deployerSecret,
  describeEngine,
  type EngineWorld,
  engineTestTimeoutMs,
} from "./world";

jest.setTimeout(engineTestTimeoutMs);

const stackYaml = `config:
  aws:region: eu-west-1
  genesys-credentials:organization: { id: ${organizationId} }
  genesys-credentials:roles:
    reporting-reader:
      description: Reads conversation details
      permissions: [analytics:conversationDetail:view, routing:queue:view]
  genesys-credentials:credentials:
    nightly-report:
      description: Nightly report
      roles: [reporting-reader, { existing: employee }]
      accessTokenValiditySeconds: 3600
      secret: { name: genesys/dev/nightly-report, recoveryWindowInDays: 0 }
`;

const driftGate = ["refresh", "--preview-only", "--expect-no-changes"];
/** The exit code of the drift gate when something drifted. */
const driftExitCode = 7;
/** A client that is gone stays gone: nobody has to wait for it to become visible. Seconds. */
const impatience = { GENESYSCLOUD_WAIT_SECONDS: "1" };

describeEngine("a credential on the real engine", () => {
  let world: EngineWorld;
  beforeAll(async () => {
    world = await createEngineWorld();
    world.writeStack("dev", stackYaml);
  });
  afterAll(async () => {
    await world.stop();
  });

  const clients = () =>
    world.simulator.organization.describe().clients.filter((client) => client.id !== deployerClientId);
  const stored = async (): Promise<{
    clientId: string;
    clientSecret: string;
    tokenUrl: string;
    apiUrl: string;
  }> => {
    const client = new SecretsManagerClient({
      region: "eu-west-1",
      endpoint: world.secretsManager.url,
      credentials: { accessKeyId: "canary-access-key", secretAccessKey: "canary-secret-key" },
    });
    const { SecretString } = await client.send(
      new GetSecretValueCommand({ SecretId: "genesys/dev/nightly-report" }),
    );
    return JSON.parse(SecretString ?? "") as Awaited<ReturnType<typeof stored>>;
  };
  /** A person with the admin page: works on the organisation past Pulumi. */
  const asPerson = async (method: string, path: string, body?: unknown): Promise<void> => {
    const auth = { username: deployerClientId, password: deployerSecret };
    const form = new URLSearchParams({ grant_type: "client_credentials" });
    const token = await axios.post<{ access_token: string }>(`${world.simulator.url}/oauth/token`, form, {
      auth,
    });
    const headers = { Authorization: `Bearer ${token.data.access_token}` };
    await axios.request({ method, url: `${world.simulator.url}${path}`, data: body, headers });
  };

  it("costs the deployer one token, role, grant and client, besides what the run shares", async () => {
    world.simulator.requestLog.clear();
    const { exitCode, stdout } = await world.pulumi(["up", "--yes", "--skip-preview"]);
    expect(stdout).not.toContain("error");
    expect(exitCode).toBe(0);
    const { requestLog } = world.simulator;
    const byDeployer = requestLog.entries.filter(({ clientId }) => clientId === deployerClientId);
    expect(byDeployer.map(({ method, path }) => `${method} ${path.split("?")[0] ?? ""}`).sort()).toEqual([
      "GET /api/v2/authorization/divisions/home",
      "GET /api/v2/authorization/permissions", // the catalogue, for the new role
      "GET /api/v2/authorization/roles", // is there a role that an interrupted run left behind
      "GET /api/v2/authorization/roles", // the existing role by its name
      "GET /api/v2/authorization/subjects/me", // what the deployer may do
      "GET /api/v2/oauth/clients", // is there a client that an interrupted run left behind
      "GET /api/v2/tokens/me",
      "POST /api/v2/authorization/roles",
      `POST /api/v2/authorization/subjects/${deployerClientId}/bulkadd`,
      "POST /api/v2/oauth/clients",
      "POST /oauth/token",
    ]);
    expect(requestLog.count()).toBe(byDeployer.length + 2); // the new credential proves itself: token, identity
  });

  it("a consumer reads the secret, mints a token and is who was declared", async () => {
    const { clientId, clientSecret, tokenUrl, apiUrl } = await stored();
    const auth = { username: clientId, password: clientSecret };
    const form = new URLSearchParams({ grant_type: "client_credentials" });
    const token = await axios.post<{ access_token: string; expires_in: number }>(tokenUrl, form, { auth });
    expect(token.data.expires_in).toBe(3600);
    const headers = { Authorization: `Bearer ${token.data.access_token}` };
    const me = await axios.get<{ OAuthClient: { id: string; roleDivisions: unknown[] } }>(
      `${apiUrl}/api/v2/tokens/me`,
      {
        headers,
      },
    );
    expect(me.data.OAuthClient.id).toBe(clientId);
    expect(me.data.OAuthClient.roleDivisions).toHaveLength(2);
  });

  it("an unchanged preview sends Genesys nothing", async () => {
    world.simulator.requestLog.clear();
    expect(await world.pulumi(["preview", "--expect-no-changes"])).toMatchObject({ exitCode: 0 });
    expect(world.simulator.requestLog.count()).toBe(0);
    expect((await world.pulumi(driftGate)).exitCode).toBe(0);
  });

  it("exports what a consumer's deployment needs", async () => {
    const { stdout } = await world.pulumi(["stack", "output", "--json"]);
    expect(JSON.parse(stdout)).toEqual({
      credentials: {
        "nightly-report": {
          clientId: (await stored()).clientId,
          generation: 0,
          secretName: "genesys/dev/nightly-report",
          secretArn: expect.stringMatching(
            /^arn:aws:secretsmanager:eu-west-1:\d{12}:secret:genesys\/dev\/nightly-report-\w{6}$/,
          ),
        },
      },
    });
  });

  it("a description changed in the stack file is one PUT, and the stored secret stays", async () => {
    const before = await stored();
    world.writeStack(
      "dev",
      stackYaml.replace("description: Nightly report", "description: Every night's report"),
    );
    world.simulator.requestLog.clear();
    expect((await world.pulumi(["up", "--yes", "--skip-preview"])).exitCode).toBe(0);
    expect(world.simulator.requestLog.count({ method: "PUT" })).toBe(1);
    expect(world.simulator.requestLog.count({ method: "POST", path: "/api/v2/oauth/clients" })).toBe(0);
    expect(await stored()).toEqual(before);
    world.writeStack("dev", stackYaml);
    expect((await world.pulumi(["up", "--yes", "--skip-preview"])).exitCode).toBe(0);
  });

  const drifts: [string, (live: Record<string, unknown>) => Record<string, unknown>, RegExp][] = [
    ["description", (live) => ({ ...live, description: "changed by hand" }), /description.*changed by hand/],
    ["deactivation", (live) => ({ ...live, state: "inactive" }), /state *: "active" => "inactive"/],
    [
      "a role taken away",
      (live) => ({ ...live, roleDivisions: [{ roleId: employeeRoleId, divisionId: homeDivisionId }] }),
      /roleDivisions/,
    ],
  ];
  it.each(drifts)(
    "drift by hand is shown property by property, and repaired: %s",
    async (_name, change, shown) => {
      const { clientId } = await stored();
      const { name, authorizedGrantType, accessTokenValiditySeconds, description, state } = clients()[0]!;
      const roleDivisions = world.simulator.organization
        .describe()
        .grants.filter((grant) => grant.subjectId === clientId)
        .map(({ roleId, divisionId }) => ({ roleId, divisionId }));
      const live = {
        name,
        authorizedGrantType,
        accessTokenValiditySeconds,
        description,
        state,
        roleDivisions,
      };
      await asPerson("PUT", `/api/v2/oauth/clients/${clientId}`, change(live));
      const gate = await world.pulumi([...driftGate, "--diff"]);
      expect(gate.exitCode).toBe(driftExitCode);
      expect(gate.stdout).toMatch(shown);
      expect((await world.pulumi(["up", "--refresh", "--yes", "--skip-preview"])).exitCode).toBe(0);
      expect((await world.pulumi(driftGate)).exitCode).toBe(0);
      expect((await stored()).clientId).toBe(clientId);
    },
  );

  it("a client deleted by hand is gone, and made anew", async () => {
    const { clientId } = await stored();
    const { name, authorizedGrantType } = clients()[0]!;
    const roleDivisions = [{ roleId: employeeRoleId, divisionId: homeDivisionId }];
    const inactive = { name, authorizedGrantType, roleDivisions, state: "inactive" };
    await asPerson("PUT", `/api/v2/oauth/clients/${clientId}`, inactive);
    await asPerson("DELETE", `/api/v2/oauth/clients/${clientId}`);
    const gate = await world.pulumi(driftGate, { env: impatience });
    expect(gate.exitCode).toBe(driftExitCode);
    expect(gate.stdout).toMatch(/nightly-report-a delete/);
    const repair = await world.pulumi(["up", "--refresh", "--yes", "--skip-preview"], { env: impatience });
    expect(repair.exitCode).toBe(0);
    expect((await stored()).clientId).not.toBe(clientId);
    expect(clients()).toHaveLength(1);
  });

  it("destroy leaves no client, role, grant or secret behind", async () => {
    const { exitCode } = await world.pulumi(["destroy", "--yes", "--skip-preview"]);
    expect(exitCode).toBe(0);
    const { roles, grants } = world.simulator.organization.describe();
    expect(clients()).toEqual([]);
    expect(roles.map((role) => role.name)).not.toContain("reporting-reader");
    expect(grants.every((grant) => grant.subjectId === deployerClientId)).toBe(true);
    expect(grants).toHaveLength(2);
    expect(world.secretsManager.vault.all()).toEqual([]);
  });
});
