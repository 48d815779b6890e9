// Every command that asks Genesys reads the settings of the environment as `pulumi up` does.
import { deployerClientId } from "../../../sandbox/genesys/seed";
import { type CliWorld, createCliWorld } from "./cliWorld";

const stackFile = `config:
  aws:region: eu-west-1
  genesys-credentials:organization: { id: 4b1c7e52-0a6f-4d0e-9a57-5e1f3c2b8d90 }
  genesys-credentials:credentials:
    nightly-report:
      description: Nightly report
      roles: [{ existing: employee }]
`;

let world: CliWorld;
beforeEach(async () => {
  world = await createCliWorld(stackFile);
});
afterEach(async () => {
  await world.stop();
});

function set(name: string, value: string): void {
  Object.assign(world.surroundings.environment, { [name]: value });
}

const commands = [
  ["list"],
  ["verify"],
  ["audit"],
  ["adopt", "--all", "--dry-run"],
  ["recover", "--dry-run"],
  ["revoke", "nightly-report", "--yes"],
];

describe.each([
  ["GENESYSCLOUD_REQUESTS_PER_MINUTE", "many", "must be a number above 0"],
  ["GENESYSCLOUD_TOKEN_POOL_SIZE", "11", "must be a whole number from 1 to 10"],
  ["GENESYSCLOUD_TIMEOUT_SECONDS", "-1", "must be a number above 0"],
  ["GENESYSCLOUD_ALLOWED_ADDRESSES_FIELD", "state", 'is "state", which is another field of OAuth clients'],
])("a wrong %s", (name, value, problem) => {
  it.each(commands)("is the same error in %s", async (...command) => {
    set(name, value);
    const code = await world.run(...command, "--stack", "dev");
    expect(world.said.err).toContain(`Connecting to Genesys Cloud: ${name} ${problem}`);
    expect(code).toBe(2);
    expect(world.simulator.requestLog.entries).toEqual([]);
  });
});

it("GENESYSCLOUD_TIMEOUT_SECONDS ends a request of a command", async () => {
  set("GENESYSCLOUD_TIMEOUT_SECONDS", "0.001");
  expect(await world.run("verify", "--stack", "dev")).toBe(3);
  expect(world.said.err).toContain("no answer within 1 ms");
});

it.each([
  ["1", 1],
  ["3", 3],
])("GENESYSCLOUD_TOKEN_POOL_SIZE %s: a command that needs more room opens %i", async (size, tokens) => {
  set("GENESYSCLOUD_REQUESTS_PER_MINUTE", "2");
  set("GENESYSCLOUD_TOKEN_POOL_SIZE", size);
  await world.run("audit", "--stack", "dev");
  const minted = { clientId: deployerClientId, path: "/oauth/token", status: 200 };
  expect(world.simulator.requestLog.count(minted)).toBe(tokens);
});
