// A renamed key on the real engine, where the first update under the new key fails: the next one still finds everything under the old key.
import { deployerPermissions, deployerRoleId, organizationId } from "../../sandbox/genesys/seed";
import { mustSucceed } from "./rotationScene";
import { createEngineWorld, describeEngine, type EngineWorld, engineTestTimeoutMs } from "./world";

jest.setTimeout(engineTestTimeoutMs);

const yaml = (key: string, more = ""): string => `config:
  aws:region: eu-west-1
  genesys-credentials:organization: { id: ${organizationId} }
  genesys-credentials:credentials:
    ${key}:
${more}      roles: [{ existing: employee }]
      rotation: { generation: 1 }
      integrationCredential: { name: "Report" }
      secret: { name: genesys/dev/report, recoveryWindowInDays: 0 }
`;

describeEngine("a renamed key whose update failed", () => {
  let world: EngineWorld;
  beforeAll(async () => {
    world = await createEngineWorld({ hosts: "staying" });
    world.writeStack("dev", yaml("report"));
    mustSucceed(await world.pulumi(["up", "--yes", "--skip-preview"]));
  });
  afterAll(async () => {
    await world.stop();
  });

  function withhold(...permissions: readonly string[]): void {
    const permitted = deployerPermissions.filter((permission) => !permissions.includes(permission));
    world.simulator.organization.seed({ roles: [{ id: deployerRoleId, permissions: permitted }] });
  }
  const live = () => {
    const { clients, integrationCredentials } = world.simulator.organization.store.state;
    return {
      clients: clients.map(({ id }) => id).sort(),
      integrationCredentials: integrationCredentials.map(({ id }) => id),
      secrets: world.secretsManager.vault
        .all()
        .map(({ arn, versions }) => ({ arn, versions: versions.length })),
    };
  };

  it("is the same credential in the next update", async () => {
    const before = live();
    world.writeStack("dev", yaml("nightly", "      formerly: report\n"));
    withhold("oauth:client:edit");
    const refused = await world.pulumi(["up", "--yes", "--skip-preview"]);
    expect(refused.exitCode).not.toBe(0);
    expect(refused.stdout).toContain("[DEPLOYER_PERMISSIONS]");
    withhold();
    mustSucceed(await world.pulumi(["up", "--yes", "--skip-preview"]));
    expect(live()).toEqual(before);
    mustSucceed(await world.pulumi(["preview", "--expect-no-changes"]));
  });
});
