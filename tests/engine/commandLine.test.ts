// The command line beside a real engine: the life of a credential as its operator sees it, in processes of their own.
import { readFileSync } from "node:fs";
import { join } from "node:path";

import axios from "axios";

import { deployerClientId, organizationId } from "../../sandbox/genesys/seed";
import { type CommandResult, runCredentials } from "./credentialsCommand";
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
  genesys-credentials:organization: { id: ${organizationId}, region: eu-west-1 }
  genesys-credentials:roles:
    reader: { description: Reads queues, permissions: [routing:queue:view] }
  genesys-credentials:credentials:
    nightly-report:
      description: Nightly report # the comment stays
      roles: [reader]
      accessTokenValiditySeconds: 3600
      rotation: { generation: 0, every: P90D }
      secret: { name: genesys/dev/nightly-report, recoveryWindowInDays: 0 }
`;

describeEngine("the command line beside a real engine", () => {
  let world: EngineWorld;
  let printed = "";
  beforeAll(async () => {
    world = await createEngineWorld();
    world.writeStack("dev", stackYaml);
    expect((await world.pulumi(["up", "--yes", "--skip-preview"])).exitCode).toBe(0);
  });
  afterAll(async () => {
    await world.stop();
  });

  const credentials = async (...commandArguments: string[]): Promise<CommandResult> => {
    const result = await runCredentials(world, [...commandArguments, "--stack", "dev"]);
    printed += result.output;
    return result;
  };
  const stackFile = (): string => readFileSync(join(world.folder, "Pulumi.dev.yaml"), "utf8");
  const clients = () =>
    world.simulator.organization.describe().clients.filter(({ id }) => id !== deployerClientId);
  const stored = (): Record<string, string> => {
    const [secret] = world.secretsManager.vault.all();
    const current = secret?.versions.find(({ id }) => id === secret.labels["AWSCURRENT"]);
    return JSON.parse(current?.secretString ?? "{}") as Record<string, string>;
  };
  const mint = async (): Promise<number> => {
    const { clientId = "", clientSecret = "", tokenUrl = "" } = stored();
    const auth = { username: clientId, password: clientSecret };
    const form = new URLSearchParams({ grant_type: "client_credentials" });
    return (await axios.post(tokenUrl, form, { auth, validateStatus: () => true })).status;
  };

  it("list shows the client, doctor finds nothing wrong, verify signs in", async () => {
    const { exitCode, output } = await credentials("list");
    expect({ exitCode, output }).toMatchObject({
      exitCode: 0,
      output: expect.stringContaining(clients()[0]!.id),
    });
    expect(await credentials("verify")).toMatchObject({ exitCode: 0 });
    const examined = await credentials("doctor");
    expect(examined).toMatchObject({ exitCode: 0, output: expect.not.stringMatching(/^\s*fail/m) });
  });

  it("audit finds nothing, and writes its page; adopt has nothing to add", async () => {
    const audited = await credentials("audit", "--html", "report.html", "--json", "--fail-on", "any");
    expect(audited.exitCode).toBe(0);
    const page = readFileSync(join(world.folder, "report.html"), "utf8");
    expect(page).toContain("nightly-report");
    printed += page;
    const before = stackFile();
    expect(await credentials("adopt", "--all", "--dry-run")).toMatchObject({ exitCode: 0 });
    expect(stackFile()).toBe(before);
  });

  it("rotate --due finds nothing due in a stack of a minute ago: the state tells its age (R13)", async () => {
    const before = stackFile();
    expect(await credentials("rotate", "--due")).toMatchObject({
      exitCode: 0,
      output: expect.stringContaining("Nothing is due."),
    });
    expect(stackFile()).toBe(before);
  });

  it("rotate edits one line of the stack file, the review says ROTATED, and up rotates", async () => {
    expect(await credentials("rotate", "nightly-report")).toMatchObject({ exitCode: 0 });
    expect(stackFile()).toContain("description: Nightly report # the comment stays");
    expect(stackFile()).toMatch(/rotation: \{ ?generation: 1, .*rotatedAt: /);
    expect(await credentials("review")).toMatchObject({
      exitCode: 0,
      output: expect.stringContaining("ROTATED"),
    });
    expect((await world.pulumi(["up", "--yes", "--skip-preview"])).exitCode).toBe(0);
    expect(
      clients()
        .map(({ name }) => name)
        .sort(),
    ).toEqual(["nightly-report-dev-a", "nightly-report-dev-b"]);
    expect(await credentials("verify")).toMatchObject({ exitCode: 0 });
    expect(await credentials("rotate", "nightly-report")).toMatchObject({ exitCode: 1 }); // younger than the overlap
  });

  it("revoke closes the credential at once, and the next up agrees", async () => {
    expect(await mint()).toBe(200);
    world.simulator.requestLog.clear();
    const revoked = await credentials("revoke", "nightly-report", "--yes");
    expect(revoked.exitCode).toBe(0);
    for (const { id } of clients()) {
      const path = `/api/v2/oauth/clients/${id}`;
      expect(world.simulator.requestLog.count({ method: "PUT", path })).toBeLessThanOrEqual(2);
    }
    expect(clients().every(({ state }) => state !== "active")).toBe(true);
    expect(await mint()).toBeGreaterThanOrEqual(400);
    expect(stackFile()).toContain("revoked: true");
    expect((await world.pulumi(["up", "--yes", "--expect-no-changes"])).exitCode).toBe(0);
  });

  it("restore and up open it again", async () => {
    expect(await credentials("restore", "nightly-report")).toMatchObject({ exitCode: 0 });
    expect((await world.pulumi(["up", "--yes", "--skip-preview"])).exitCode).toBe(0);
    expect(await mint()).toBe(200);
  });

  it("nothing of it shows a secret", () => {
    expect(printed.length).toBeGreaterThan(0);
    for (const secret of [deployerSecret, stored()["clientSecret"], "canary-token-"]) {
      expect(printed.includes(secret ?? "canary")).toBe(false);
    }
  });
});
