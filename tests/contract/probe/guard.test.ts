// Before anything is done: the organisation is the one that was typed, and the command line makes sense.
import { organizationId } from "../../../sandbox/genesys/seed";
import { runAgainst } from "./probeWorld";
import { probedSimulator, type ProbedSimulator } from "./simulatorProbe";

const otherId = "99999999-0000-4000-8000-000000000009";

let world: ProbedSimulator;

beforeEach(async () => {
  world = await probedSimulator();
  world.simulator.requestLog.clear();
});

afterEach(() => world.simulator.stop());

function sent(): string[] {
  return world.simulator.requestLog.entries.map(({ method, path }) => `${method} ${path}`);
}

it("another organisation's id: nothing is sent but the question whose token it is", async () => {
  const run = await runAgainst(world, ["--organization", otherId]);
  expect(run.exitCode).toBe(2);
  expect(run.standardError).toContain("belongs to the organisation Sandbox Contact Centre");
  expect(run.standardError).not.toContain(organizationId);
  expect(run.fixtures).toBe("");
  expect(sent()).toEqual(["POST /oauth/token", "GET /api/v2/tokens/me"]);
});

it.each([[[]], [["--organization", "all of them"]]])(
  "no id (%j): nothing is sent at all",
  async (commandLine) => {
    const run = await runAgainst(world, commandLine);
    expect(run.exitCode).toBe(2);
    expect(run.standardError).toContain("--organization <id>");
    expect(sent()).toEqual([]);
  },
);

it("--clean asks for the id as well", async () => {
  expect((await runAgainst(world, ["--clean", "--organization", otherId])).exitCode).toBe(2);
  expect(sent()).toHaveLength(2);
});

it("on a terminal the id is asked for", async () => {
  const asked: string[] = [];
  const ask = (question: string): Promise<string> => {
    asked.push(question);
    return Promise.resolve(` ${organizationId.toUpperCase()} `);
  };
  const run = await runAgainst(world, ["--only", "division-aware"], { ask });
  expect(asked).toEqual(["Id of the throw-away organisation: "]);
  expect(run.exitCode).toBe(0);
});

it("a question that there is not: the ids are listed, and nothing is sent", async () => {
  const run = await runAgainst(world, [...world.commandLine, "--only", "self-grunt"]);
  expect(run.exitCode).toBe(2);
  expect(run.standardError).toContain("self-grant");
  expect(sent()).toEqual([]);
});

it("an environment without the deployer is told as every command tells it", async () => {
  const run = await runAgainst(world, world.commandLine, { environment: {} });
  expect(run.exitCode).toBe(2);
  expect(run.standardError).toContain("GENESYSCLOUD_OAUTHCLIENT_ID is not set");
});

it("a wrong pair is a failure outside, and leaves no trace", async () => {
  const run = await runAgainst({ ...world, clientSecret: "canary-wrong" }, world.commandLine);
  expect(run.exitCode).toBe(3);
  expect(run.standardError).toContain("refused the client credentials");
  expect(run.standardError).not.toContain("canary");
});

it("an option that there is not is told once, with exit code 2", async () => {
  const run = await runAgainst(world, ["--force"]);
  expect(run.exitCode).toBe(2);
  expect(run.standardError.match(/--force/g)).toHaveLength(1);
});

it("--help asks nobody", async () => {
  const run = await runAgainst(world, ["--help"]);
  expect(run.exitCode).toBe(0);
  expect(run.standardOutput).toContain("--organization <id>");
  expect(sent()).toEqual([]);
});
