// The probe against the simulator: everything is as the code assumes, nothing stays, nothing leaks.
import { homeDivisionId } from "../../../sandbox/genesys/seed";
import { questionGroups } from "../../../probe/questions/all";
import { questionsOf, runAgainst } from "./probeWorld";
import { probedSimulator, type ProbedSimulator } from "./simulatorProbe";

/** About forty was the plan. */
const fewestQuestions = 40;

const terminalColumns = 80;

let world: ProbedSimulator;

beforeEach(async () => {
  world = await probedSimulator();
});

afterEach(() => world.simulator.stop());

it("every question is settled, each answer is what is assumed, and nothing is left behind", async () => {
  const before = world.holdings();
  const run = await runAgainst(world, [...world.commandLine, "--json"]);
  const questions = [...questionsOf(run).values()];
  expect(
    questions.filter(({ outcome }) => outcome !== "as expected" && outcome !== "does not arise"),
  ).toEqual([]);
  expect(questions.length).toBeGreaterThan(fewestQuestions);
  expect(run.standardError).toBe("");
  expect(run.exitCode).toBe(0);
  expect(world.holdings()).toEqual(before);
});

it("no secret and no token is in what it prints and writes", async () => {
  const spoken = await runAgainst(world, world.commandLine);
  const written = await runAgainst(world, [...world.commandLine, "--json"]);
  for (const { standardOutput, standardError, fixtures } of [spoken, written]) {
    expect(standardOutput).not.toBe("");
    expect(fixtures).not.toBe("");
    expect(standardOutput + standardError + fixtures).not.toContain("canary");
  }
});

it("what differs is named together with the switch that is to be set", async () => {
  world.simulator.organization.setSwitches({ selfGrantAllowed: false });
  const run = await runAgainst(world, world.commandLine);
  expect(run.standardOutput).toContain("self-grant: yes was expected, no: 403 not.authorized was seen");
  expect(run.standardOutput).toContain(
    "simulator switch selfGrantAllowed (sandbox/genesys/switches.ts) to what was seen, as false",
  );
  expect(run.standardOutput).toContain("not settled: the deployer could not give itself a role: 403");
  expect(run.exitCode).toBe(1);
});

it("people read a table of all questions", async () => {
  const { standardOutput } = await runAgainst(world, world.commandLine);
  const words = standardOutput.replace(/\s+/g, " ");
  for (const { question, expected } of questionGroups.flatMap(({ questions }) => questions)) {
    expect(words).toContain(`same ${question} expected ${expected} seen`);
  }
  const [table = ""] = standardOutput.split(/^\d+ questions/m);
  expect(table.split("\n").filter((line) => line.length > terminalColumns)).toEqual([]);
});

it("a permission that the deployer lacks leaves the question unsettled, and that is no success", async () => {
  world.simulator.organization.seed({
    roles: [
      {
        id: world.deployerRoleId,
        permissions: world.deployerPermissionsWithout("integrations:integration:add"),
      },
    ],
  });
  const run = await runAgainst(world, [...world.commandLine, "--json"]);
  const question = questionsOf(run).get("credential-shown");
  expect(question?.outcome).toBe("not settled");
  expect(question?.seen).toContain("integrations:integration:add");
  expect(run.exitCode).toBe(1);
});

it("an object that a person made, with a name like the probe's, stays what it was", async () => {
  const name = "genesys-credentials-probe-0123456789ab-of-a-stack";
  const description = "[pulumi:0123456789abcdef/project/dev/report#1:abc]";
  const id = "5e1f0000-0000-4000-8000-000000000001";
  const roleDivisions = [{ roleId: world.deployerRoleId, divisionId: homeDivisionId }];
  world.simulator.organization.seed({
    clients: [{ id, name, description, secret: "canary-x", roleDivisions }],
  });
  const before = world.holdings();
  expect((await runAgainst(world, [...world.commandLine, "--clean"])).exitCode).toBe(0);
  expect(world.holdings()).toEqual(before);
});

it("a refusal of the role in the words of a lacking permission is a refusal of the role", async () => {
  world.simulator.organization.setSwitches({
    selfGrantAllowed: false,
    heldRoleErrorCode: "missing.permissions",
  });
  const run = await runAgainst(world, [...world.commandLine, "--json", "--only", "self-grant,role-not-held"]);
  expect(questionsOf(run).get("self-grant")?.seen).toBe("no: 403 missing.permissions");
  expect(questionsOf(run).get("role-not-held")?.seen).toBe("403 missing.permissions");
});

it("a deployer that may not grant anything settles nothing about grants", async () => {
  world.simulator.organization.seed({
    roles: [
      {
        id: world.deployerRoleId,
        permissions: world.deployerPermissionsWithout("authorization:grant:add"),
      },
    ],
  });
  const run = await runAgainst(world, [...world.commandLine, "--json", "--only", "self-grant"]);
  expect(questionsOf(run).get("self-grant")?.outcome).toBe("not settled");
  expect(run.exitCode).toBe(1);
});
