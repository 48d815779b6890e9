// `recover` before it does anything: whom it asks, what it refuses, and what it cannot know.
import { type CliWorld, createCliWorld } from "./cliWorld";
import { identityRecord, recordsOf } from "./pulumiStandIn";

const identity = "00000000000000aa";
const clientId = "c1000000-0000-4000-8000-00000000000a";
const stackFile = `config:
  aws:region: eu-west-1
  genesys-credentials:organization: { region: eu-west-1 }
  genesys-credentials:credentials:
    nightly-report:
      roles: [{ existing: employee }]
`;

let world: CliWorld;
beforeEach(async () => {
  world = await createCliWorld(stackFile);
  world.seedClient({ id: clientId, generation: 0, identity });
});
afterEach(async () => {
  await world.stop();
});

it("asks for the stack's name on the terminal, and does nothing without it", async () => {
  world.deployed([]);
  const asked: string[] = [];
  const answering = (answer: string | undefined) =>
    Object.assign(world.surroundings, {
      ask: (question: string) => {
        asked.push(question);
        return Promise.resolve(answer);
      },
    });
  answering("prod");
  expect(await world.run("recover")).toBe(2);
  expect(world.said.err).toContain("the stack's name was not typed again; nothing was done");
  expect(world.said.out).toContain(`OAuth client ${clientId} (slot a, generation 0)`);
  expect(asked).toEqual([expect.stringContaining("Type the stack's name")]);
});

it("says that there is nothing to recover only where everything could be read", async () => {
  world.deployed([identityRecord(identity), ...recordsOf("nightly-report", { a: clientId })]);
  expect(await world.run("recover")).toBe(0);
  expect(world.said.out).toContain("Nothing to recover");
  world.secretsManager.faults.arm({ kind: "accessDenied", operation: "DescribeSecret", times: 9 });
  expect(await world.run("recover")).toBe(3);
  expect(world.said.err).toMatch(/DescribeSecret[\s\S]*nothing was done/);
  expect(world.said.out).not.toContain("Nothing to recover");
  world.secretsManager.faults.clear();
  world.deployed({ error: "no stack named 'dev' found" });
  expect(await world.run("recover", "--yes")).toBe(3);
  expect(world.said.err).toContain("pulumi stack init dev");
});

it("refuses an identity that nothing has", async () => {
  world.deployed([]);
  expect(await world.run("recover", "--identity", "00000000000000cc")).toBe(2);
  expect(world.said.err).toContain(`${identity}: OAuth clients: 1`);
});

it("does not take a restored secret into the state that turns out to be somebody else's", async () => {
  const name = "genesys/dev/nightly-report";
  await world.store(name, "c1000000-0000-4000-8000-00000000000f", "canary-somebody-else");
  world.secretsManager.vault.delete("eu-west-1", name, 7, false);
  world.deployed([]); // takes whatever is written into it
  expect(await world.run("recover", "--yes")).toBe(1);
  expect(world.said.out).toMatch(
    /was restored\.\nThe secret \S+ is not taken into the state, since it is not this credential's: AWSCURRENT names OAuth client \S+, which is gone/,
  );
  expect(world.said.out).not.toContain("Secrets taken");
  expect(await world.run("recover", "--dry-run")).toBe(1);
  expect(world.said.out).toContain("Refused, and left as they are:");
  expect(world.said.out + world.said.err).not.toContain("canary-");
});
