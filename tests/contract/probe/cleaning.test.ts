// --clean: what former runs left behind goes, whatever state it is in; what Genesys keeps is told unless its end is certain.
import { homeDivisionId } from "../../../sandbox/genesys/seed";
import { descriptionOf, nameOf } from "../../../probe/mark";
import { runAgainst } from "./probeWorld";
import { probedSimulator, type ProbedSimulator } from "./simulatorProbe";

const formerRun = "0123456789ab";
const ids = { client: "5e1f0000-0000-4000-8000-000000000001", role: "5e1f0000-0000-4000-8000-000000000002" };

let world: ProbedSimulator;
let before: readonly string[];

beforeEach(async () => {
  world = await probedSimulator();
  before = world.holdings();
});

afterEach(() => world.simulator.stop());

/** A client of a former run, 90 days old. */
function leaveClient(state: "active" | "inactive" | "disabled", roleId = world.deployerRoleId): void {
  world.simulator.organization.seed({
    clients: [
      {
        id: ids.client,
        name: nameOf(formerRun, "made"),
        description: descriptionOf(formerRun),
        secret: "canary-former",
        state,
        roleDivisions: [{ roleId, divisionId: homeDivisionId }],
      },
    ],
  });
}

it.each(["active", "inactive", "disabled"] as const)("a client that is %s goes", async (state) => {
  leaveClient(state);
  const run = await runAgainst(world, [...world.commandLine, "--clean"]);
  expect(run.standardOutput).toContain(`client ${nameOf(formerRun, "made")} (${ids.client})`);
  expect(run.exitCode).toBe(0);
  expect(world.holdings()).toEqual(before);
});

it("a client whose role the deployer would have to hold, and does not, goes nevertheless", async () => {
  world.simulator.organization.seed({
    roles: [
      {
        id: ids.role,
        name: nameOf(formerRun, "fresh"),
        description: descriptionOf(formerRun),
        permissions: [],
      },
    ],
  });
  leaveClient("active", ids.role);
  world.simulator.organization.setSwitches({ heldRolesOnEdit: "requestedAndCurrent" });
  const run = await runAgainst(world, [...world.commandLine, "--clean"]);
  expect(run.standardOutput).toContain("2 objects of former runs found, 0 problems removing them");
  expect(world.holdings()).toEqual(before);
});

it("a client that Genesys keeps until a date is gone as far as anybody can see to it", async () => {
  leaveClient("active");
  world.simulator.organization.setSwitches({ keepDeletedForDays: 7 });
  expect((await runAgainst(world, [...world.commandLine, "--clean"])).exitCode).toBe(0);
  expect(world.simulator.organization.clients.get(ids.client).version.state).toBe("inactive");
});

it("one that is kept without a date is told: nobody knows whether it goes", async () => {
  leaveClient("active");
  world.simulator.organization.setSwitches({ keepDeletedForDays: 7, keptDeletedShowsDate: false });
  const run = await runAgainst(world, [...world.commandLine, "--clean"]);
  expect(run.standardOutput).toContain("its deletion was accepted, and it is still shown");
  expect(run.exitCode).toBe(1);
});

it("where nothing is left, that is said", async () => {
  const run = await runAgainst(world, [...world.commandLine, "--clean"]);
  expect(run.standardOutput).toBe("0 objects of former runs found, 0 problems removing them\n");
  expect(run.exitCode).toBe(0);
});
