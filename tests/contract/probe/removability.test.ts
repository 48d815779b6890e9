// What the deployer could not take away again is not made at all: it is told, and the other questions are asked.
import { questionsOf, runAgainst } from "./probeWorld";
import { probedSimulator, type ProbedSimulator } from "./simulatorProbe";

let world: ProbedSimulator;

beforeEach(async () => {
  world = await probedSimulator();
});

afterEach(() => world.simulator.stop());

function takeFromDeployer(permission: string): void {
  const permissions = world.deployerPermissionsWithout(permission);
  world.simulator.organization.seed({ roles: [{ id: world.deployerRoleId, permissions }] });
  world.simulator.requestLog.clear();
}

function sent(method: string, path: RegExp): number {
  return world.simulator.requestLog.entries.filter((one) => one.method === method && path.test(one.path))
    .length;
}

it.each([
  ["oauth:client:view", /\/oauth\/clients$/, "client-known", "role-known"],
  ["oauth:client:edit", /\/oauth\/clients$/, "client-known", "role-known"],
  ["oauth:client:delete", /\/oauth\/clients$/, "client-known", "role-known"],
  ["authorization:role:delete", /\/authorization\/roles$/, "role-known", "client-known"],
  ["integrations:integration:delete", /\/integrations\/credentials$/, "credential-shown", "role-known"],
  ["authorization:grant:delete", /\/bulkadd$/, "self-grant", "role-known"],
])(
  "a deployer without %s makes nothing of that kind, and leaves nothing behind",
  async (permission, path, unsettled, settled) => {
    takeFromDeployer(permission);
    const before = world.holdings();
    const only = `${unsettled},${settled}`;
    const run = await runAgainst(world, [...world.commandLine, "--json", "--only", only]);
    expect(sent("POST", path)).toBe(0);
    expect(questionsOf(run).get(unsettled)).toMatchObject({ outcome: "not settled" });
    expect(questionsOf(run).get(unsettled)?.seen).toContain(permission);
    expect(questionsOf(run).get(settled)?.outcome).toBe("as expected");
    expect(world.holdings()).toEqual(before);
    expect(run.exitCode).toBe(1);
  },
);

it("a server that fails at that is not probed", async () => {
  world.simulator.faults.arm({
    match: { method: "DELETE", path: "/oauth/clients/" },
    kind: "status",
    status: 500,
    phase: "before",
    times: "always",
  });
  const run = await runAgainst(world, world.commandLine);
  expect(run.exitCode).toBe(3);
  expect(sent("POST", /^\/api\//)).toBe(0);
});
