// The policy pack on the real engine: what `pulumi preview --policy-pack policy` lets through, and what it stops.
import { appendFileSync, cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { organizationId } from "../../sandbox/genesys/seed";
import { projectFolder } from "../../sandbox/worldPaths";
import { createEngineWorld, describeEngine, type EngineWorld, engineTestTimeoutMs } from "./world";

jest.setTimeout(engineTestTimeoutMs);

const goodStack = `config:
  aws:region: eu-west-1
  genesys-credentials:organization: { id: ${organizationId} }
  genesys-credentials:roles:
    reporting-reader:
      description: Reads conversation details for reports
      permissions: [analytics:conversationDetail:view]
  genesys-credentials:credentials:
    nightly-report:
      description: Nightly report of yesterday's conversations
      roles: [reporting-reader]
      accessTokenValiditySeconds: 3600
      rotation: { every: P90D }
      secret: { tags: { owner: reporting team } }
`;

/** Everything that the declarations allow and the pack does not. */
const badStack = goodStack
  .replace("description: Nightly report of yesterday's conversations", 'description: ""')
  .replace("roles: [reporting-reader]", 'roles: [{ role: reporting-reader, divisions: ["*"] }]')
  .replace("accessTokenValiditySeconds: 3600", "accessTokenValiditySeconds: 172800")
  .replace("every: P90D", "every: P1Y")
  .replace("{ tags: { owner: reporting team } }", "{ recoveryWindowInDays: 0 }");

const violated = [
  "access-token-validity",
  "all-divisions-need-reason",
  "description-required",
  "owner-required",
  "rotation-required",
  "secret-recovery-window",
];

/** What somebody might add to the program: a secret of their own, past the credentials. */
const extension = `
import * as secretsmanager from "@pulumi/aws/secretsmanager";
new secretsmanager.Secret("extra", { name: "genesys/dev/extra", tags: { owner: "reporting team" } });
`;

describeEngine("the policy pack on the real engine", () => {
  let world: EngineWorld;
  const preview = (...more: string[]): ReturnType<EngineWorld["pulumi"]> =>
    world.pulumi(["preview", "--policy-pack", "policy", ...more]);

  beforeAll(async () => {
    world = await createEngineWorld();
    cpSync(join(projectFolder, "policy"), join(world.folder, "policy"), { recursive: true });
  });
  afterAll(async () => {
    await world.stop();
  });

  it("lets a careful stack through, before anything exists and with nothing known", async () => {
    world.writeStack("dev", goodStack);
    const { exitCode, stdout, stderr } = await preview();
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout).toContain("genesys-credentials@v0.1.0");
    expect(stdout).not.toMatch(/\[(mandatory|advisory)\]/);
  });

  it("stops a careless one and names every rule and resource", async () => {
    world.writeStack("dev", badStack);
    const { exitCode, stdout } = await preview();
    expect(exitCode).not.toBe(0);
    const named = [...stdout.matchAll(/\[mandatory\]\s+(\S+)/g)].map(([, name]) => name);
    expect(named).toEqual(expect.arrayContaining(violated));
    expect(stdout).toContain("valid for 172800 s, at most 86400 s are allowed");
  });

  it("takes other levels and settings", async () => {
    const config = join(world.folder, "policy", "config", "trial.json");
    writeFileSync(
      config,
      JSON.stringify({
        all: "advisory",
        "all-divisions-need-reason": { reasons: { "nightly-report": "reports on the whole organisation" } },
        "access-token-validity": { maximumSeconds: 172_800 },
        "rotation-required": { enforcementLevel: "disabled" },
      }),
    );
    const { exitCode, stdout } = await preview("--policy-pack-config", config);
    const said = [...stdout.matchAll(/\[(mandatory|advisory)\]\s+(\S+)/g)].map(
      ([, level, name]) => `${level!} ${name!}`,
    );
    expect([...new Set(said)].sort()).toEqual([
      "advisory description-required",
      "advisory owner-required",
      "advisory secret-recovery-window",
    ]);
    expect(exitCode).toBe(0);
  });

  it("stops a program that is extended by a secret which a refused replacement would lose", async () => {
    world.writeStack("dev", goodStack);
    appendFileSync(join(world.folder, "index.ts"), extension);
    const { exitCode, stdout } = await preview();
    expect(exitCode).not.toBe(0);
    expect(stdout).toContain('The secret "extra" would be deleted before another one takes its place');
  });
});
