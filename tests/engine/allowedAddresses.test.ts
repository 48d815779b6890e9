// Allowed addresses on the real engine: stored without a word to Genesys, sent once the switch is there, quiet when unchanged.
import { readFileSync } from "node:fs";
import { deployerClientId, organizationId } from "../../sandbox/genesys/seed";
import { createEngineWorld, describeEngine, type EngineWorld, engineTestTimeoutMs } from "./world";

jest.setTimeout(engineTestTimeoutMs);

const stackYaml = (credentials: string): string => `config:
  aws:region: eu-west-1
  genesys-credentials:organization: { id: ${organizationId} }
  genesys-credentials:credentials:
${credentials}`;

const report = `    report:
      roles: [{ existing: employee }]
      allowedAddresses: [203.0.113.0/24, 2001:DB8::/32, 198.51.100.7/32]
      secret: { name: genesys/dev/report, recoveryWindowInDays: 0 }
`;
const secondCredential = `    second:
      roles: [{ existing: employee }]
      secret: { name: genesys/dev/second, recoveryWindowInDays: 0 }
`;

const addresses = ["198.51.100.7", "203.0.113.0/24", "2001:db8::/32"];
const withSwitch = { env: { GENESYSCLOUD_ALLOWED_ADDRESSES_FIELD: "allowedIps" } };
const note = /Allowed addresses stored, not sent yet/g;
/** The exit code of the drift gate when something drifted. */
const driftExitCode = 7;

describeEngine("allowed addresses on the real engine", () => {
  let world: EngineWorld;
  beforeAll(async () => {
    world = await createEngineWorld({ hosts: "staying" });
    world.simulator.organization.setSwitches({ allowedAddresses: { field: "allowedIps", required: false } });
    world.writeStack("dev", stackYaml(report));
  });
  afterAll(async () => {
    await world.stop();
  });

  const clients = () =>
    world.simulator.organization.describe().clients.filter(({ id }) => id !== deployerClientId);

  it("without the switch, a preview tells that they are stored only, once", async () => {
    const { exitCode, stdout } = await world.pulumi(["preview"]);
    expect(exitCode).toBe(0);
    // Without a terminal, Pulumi prints each line when it comes and once more in its summary.
    const [asItComes, summary, ...others] = stdout.split("Diagnostics:");
    expect([asItComes?.match(note)?.length, summary?.match(note)?.length, others]).toEqual([1, 1, []]);
  });

  it("an update then stores them and sends none of them", async () => {
    expect(await world.pulumi(["up", "--yes", "--skip-preview"])).toMatchObject({ exitCode: 0 });
    expect(clients()).toHaveLength(1);
    expect(clients()[0]).not.toHaveProperty("allowedAddresses");
    const state = JSON.parse(readFileSync(world.stateFile("dev"), "utf8")) as {
      checkpoint: { latest: { resources: { type: string; inputs?: object; outputs?: object }[] } };
    };
    const client = state.checkpoint.latest.resources.find(({ type }) => type.endsWith("genesys:OAuthClient"));
    expect(client?.inputs).toMatchObject({ allowedAddresses: addresses });
    expect(client?.inputs).not.toHaveProperty("allowedAddressesField");
  });

  it("an unchanged preview tells nothing and asks nobody", async () => {
    world.simulator.requestLog.clear();
    const { exitCode, stdout } = await world.pulumi(["preview", "--expect-no-changes"]);
    expect(exitCode).toBe(0);
    expect(stdout).not.toMatch(note);
    expect(world.simulator.requestLog.count()).toBe(0);
  });

  it("with the switch, the next update sends them by one PUT, and replaces nothing", async () => {
    const [before] = clients();
    world.simulator.requestLog.clear();
    const { exitCode, stdout } = await world.pulumi(["up", "--yes", "--diff"], withSwitch);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/allowedAddressesField\s*: "allowedIps"/);
    expect(stdout).not.toMatch(note);
    expect(clients()).toEqual([{ ...before, allowedAddresses: addresses }]);
    const { requestLog } = world.simulator;
    expect(requestLog.entries.filter(({ method }) => method === "PUT")).toHaveLength(1);
    expect(
      requestLog.entries.filter(({ method, path }) => method === "POST" && path !== "/oauth/token"),
    ).toEqual([]);
  });

  it.each([
    ["with", withSwitch],
    ["without", {}],
  ])("%s the switch, an unchanged preview then tells nothing and asks nobody", async (_with, options) => {
    world.simulator.requestLog.clear();
    const { exitCode, stdout } = await world.pulumi(["preview", "--expect-no-changes"], options);
    expect(stdout).not.toMatch(note);
    expect(exitCode).toBe(0);
    expect(world.simulator.requestLog.count()).toBe(0);
  });

  it("the drift gate passes, and sees an address that a person added", async () => {
    const gate = ["refresh", "--preview-only", "--expect-no-changes"];
    expect(await world.pulumi(gate, withSwitch)).toMatchObject({ exitCode: 0 });
    const id = clients()[0]?.id ?? "";
    world.simulator.organization.seed({ clients: [{ id, allowedAddresses: [...addresses, "192.0.2.1"] }] });
    expect(await world.pulumi(gate, withSwitch)).toMatchObject({ exitCode: driftExitCode });
    expect(await world.pulumi(["up", "--yes", "--refresh"], withSwitch)).toMatchObject({ exitCode: 0 });
    expect(clients()[0]).toMatchObject({ allowedAddresses: addresses });
  });

  it("once a list is required, a credential without one is not made, and the error says what to do", async () => {
    world.simulator.organization.setSwitches({ allowedAddresses: { field: "allowedIps", required: true } });
    world.writeStack("dev", stackYaml(report + secondCredential));
    const { exitCode, stdout, stderr } = await world.pulumi(["up", "--yes", "--skip-preview"], withSwitch);
    expect(exitCode).not.toBe(0);
    expect(stdout + stderr).toMatch(
      /Creating OAuth client "second-dev-a".*declare allowedAddresses.*ALLOWED_ADDRESSES_REFUSED/s,
    );
    expect(clients()).toHaveLength(1);
    expect(world.secretsManager.vault.all().map(({ name }) => name)).toEqual(["genesys/dev/report"]);
  });
});
