// `audit` beside a real engine: what it reads in a real state agrees with what the real providers made, and drift shows.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type AuditReport } from "../../cli/audit/auditReport";
import {
  adminRoleId,
  deployerClientId,
  employeeRoleId,
  homeDivisionId,
  organizationId,
} from "../../sandbox/genesys/seed";
import {
  createEngineWorld,
  describeEngine,
  type EngineWorld,
  engineTestTimeoutMs,
  registerTypeScript,
} from "./world";

jest.setTimeout(engineTestTimeoutMs);

const project = join(__dirname, "..", "..");
const canary = "canary-";
/** A client that is gone stays gone: nobody has to wait for it to become visible. Seconds. */
const impatience = { GENESYSCLOUD_WAIT_SECONDS: "1" };

const stackYaml = `config:
  aws:region: eu-west-1
  genesys-credentials:organization: { id: ${organizationId}, region: eu-west-1 }
  genesys-credentials:roles:
    reader:
      description: Reads queues
      permissions: [analytics:conversationDetail:view, routing:queue:*]
      allowWildcards: true
  genesys-credentials:credentials:
    nightly-report:
      description: Nightly report
      roles: [{ role: reader, divisions: [Sales, home] }, { existing: employee }]
      rotation: { generation: 1 }
      secret: { name: genesys/dev/nightly-report, recoveryWindowInDays: 0 }
    portal:
      description: Sign-in of the portal
      grantType: CODE
      redirectUris: [https://portal.example/callback]
      scopes: [users:readonly]
`;

describeEngine("the audit beside a real engine", () => {
  let world: EngineWorld;
  beforeAll(async () => {
    world = await createEngineWorld();
    world.writeStack("dev", stackYaml);
    expect((await world.pulumi(["up", "--yes", "--skip-preview"])).exitCode).toBe(0);
  });
  afterAll(async () => {
    await world.stop();
  });

  /** What `npm run credentials -- audit …` starts, in the temporary project. */
  const audit = (...options: string[]): Promise<{ exitCode: number; out: string; err: string }> =>
    new Promise((resolve) => {
      const script = ["-r", registerTypeScript, join(project, "cli", "main.ts"), "audit", ...options];
      const child = spawn(process.execPath, script, {
        cwd: world.folder,
        // The passphrase of the secrets provider is not there: an audit reads no secret of the state.
        env: { ...world.environment, PULUMI_CONFIG_PASSPHRASE: undefined },
        stdio: ["ignore", "pipe", "pipe"],
      });
      let out = "";
      let err = "";
      child.stdout.on("data", (data: Buffer) => (out += data.toString()));
      child.stderr.on("data", (data: Buffer) => (err += data.toString()));
      child.once("close", (code) => {
        resolve({ exitCode: code ?? -1, out, err });
      });
    });
  const report = async (...options: string[]): Promise<AuditReport> =>
    JSON.parse((await audit("--json", ...options)).out) as AuditReport;
  const clientOf = (name: string): string =>
    world.simulator.organization.describe().clients.find((client) => client.name === name)!.id;

  it("what was just deployed has no finding, and nothing is left out", async () => {
    const found = await report("--stack", "dev", "--fail-on", "any");
    expect(found.findings).toEqual([]);
    expect(found.notChecked).toEqual([]);
    expect(found.credentials).toMatchObject([
      {
        credential: "nightly-report",
        clients: [
          { clientId: clientOf("nightly-report-dev-b"), generation: 1, isCurrent: true, state: "active" },
          { clientId: clientOf("nightly-report-dev-a"), generation: 0, isCurrent: false, state: "active" },
        ],
        secret: { state: "ours", writtenAt: expect.any(String) },
      },
      { credential: "portal", grantType: "CODE", secret: { state: "ours" } },
    ]);
    const permissions = found.credentials[0]!.permissions!.map(({ permission }) => permission);
    expect(permissions).toEqual(expect.arrayContaining(["routing:queue:view", "routing:queue:delete"]));
    expect(found.unmanaged.map(({ clientId }) => clientId)).toEqual([deployerClientId]);
  });

  it("finds what was changed by hand, and writes the page without a secret", async () => {
    const { organization } = world.simulator;
    const [reader] = organization.describe().roles.filter(({ name }) => name === "reader");
    const roleDivisions = organization.grants.pairsOf(clientOf("nightly-report-dev-b"), "client");
    organization.seed({
      roles: [{ id: reader!.id, permissions: [...reader!.permissions, "oauth:client:add"] }],
      clients: [
        {
          id: clientOf("nightly-report-dev-b"),
          roleDivisions: [...roleDivisions, { roleId: adminRoleId, divisionId: homeDivisionId }],
        },
        { id: clientOf("portal-dev-a"), accessTokenValiditySeconds: 172_800 },
        { id: clientOf("nightly-report-dev-a"), deleted: true },
        {
          id: "f0000000-0000-4000-8000-000000000001",
          name: "CRM",
          roleDivisions: [{ roleId: employeeRoleId, divisionId: homeDivisionId }],
          dateCreated: new Date().toISOString(),
        },
      ],
    });
    const path = join(world.folder, "report.html");
    const { exitCode, out, err } = await audit("--stack", "dev", "--fail-on", "drift", "--html", path);
    expect([exitCode, err]).toEqual([1, ""]);
    expect(
      out
        .match(/^ {2}[a-z]+-[a-z-]+(?= {2})/gm)!
        .map((kind) => kind.trim())
        .sort(),
    ).toEqual(
      ["client-drift", "missing-client", "role-drift", "undeclared-grant", "unmanaged-client"].sort(),
    );
    const page = readFileSync(path, "utf8");
    expect(page).toContain("which nobody declared");
    const secrets = world.secretsManager.vault.all().flatMap(({ versions }) => versions);
    expect(secrets.length).toBeGreaterThan(1);
    for (const { secretString = "" } of secrets) {
      const { clientSecret } = JSON.parse(secretString) as { clientSecret: string };
      expect(`${out}${page}`).not.toContain(clientSecret);
    }
    expect(`${out}${page}`).not.toContain(canary);
  });

  it("an update with --refresh settles all but what is managed by nobody", async () => {
    const settled = await world.pulumi(["up", "--refresh", "--yes", "--skip-preview"], { env: impatience });
    expect(settled.exitCode).toBe(0);
    const { findings } = await report("--stack", "dev");
    expect(findings.map(({ kind }) => kind)).toEqual(["unmanaged-client"]);
  });
});
