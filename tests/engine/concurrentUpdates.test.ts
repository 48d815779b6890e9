// Two updates of one stack at once: the state's lock refuses the second, and the first finishes as if nothing had been.
import { deployerClientId, organizationId } from "../../sandbox/genesys/seed";
import { createEngineWorld, describeEngine, type EngineWorld, engineTestTimeoutMs } from "./world";

jest.setTimeout(engineTestTimeoutMs);

const stackYaml = `config:
  aws:region: eu-west-1
  genesys-credentials:organization: { id: ${organizationId} }
  genesys-credentials:credentials:
    report: { roles: [{ existing: employee }], secret: { name: genesys/dev/report, recoveryWindowInDays: 0 } }
`;

const creation = { method: "POST", path: "/api/v2/oauth/clients" };
/** Long enough for the second update to begin and be refused. */
const heldMs = 8000;
const askAgainMs = 50;

describeEngine("two updates at once", () => {
  let world: EngineWorld;
  beforeAll(async () => {
    world = await createEngineWorld();
    world.writeStack("dev", stackYaml);
    expect((await world.pulumi(["stack", "ls"])).exitCode).toBe(0);
  });
  afterAll(async () => {
    await world.stop();
  });

  it("the second is refused by the lock, the first makes one client", async () => {
    world.simulator.faults.arm({
      match: { ...creation, path: `${creation.path}$` },
      kind: "slow",
      ms: heldMs,
    });
    const first = world.pulumi(["up", "--yes", "--skip-preview"]);
    while (world.simulator.requestLog.count(creation) === 0) {
      await new Promise((resolve) => setTimeout(resolve, askAgainMs));
    }
    const second = await world.pulumi(["up", "--yes", "--skip-preview"]);
    expect(second.exitCode).not.toBe(0);
    expect(second.stdout + second.stderr).toMatch(/currently locked/);
    expect((await first).exitCode).toBe(0);
    const made = world.simulator.organization.describe().clients.filter(({ id }) => id !== deployerClientId);
    expect(made).toHaveLength(1);
    expect((await world.pulumi(["preview", "--expect-no-changes"])).exitCode).toBe(0);
  });
});
