// What the probe concludes when a refusal says something else, and when the truth comes some seconds late.
import { questionsOf, runAgainst } from "./probeWorld";
import { probedSimulator, type ProbedSimulator } from "./simulatorProbe";

let world: ProbedSimulator;

beforeEach(async () => {
  world = await probedSimulator();
});

afterEach(() => world.simulator.stop());

async function asked(id: string) {
  const run = await runAgainst(world, [...world.commandLine, "--json", "--only", id]);
  expect(JSON.parse(run.standardOutput)).toMatchObject({ remaining: [] });
  return { run, question: questionsOf(run).get(id) };
}

it.each([
  ["role-known", "/authorization/roles/[^/]+$"],
  ["role-gone", "/authorization/roles/[^/]+$"],
  ["policy-order", "/authorization/roles/[^/]+$"],
  ["client-known", "/oauth/clients/[^/]+$"],
  ["put-seen", "/oauth/clients/[^/]+$"],
  ["deleted-client", "/oauth/clients/[^/]+$"],
  ["deletion-seen", "/oauth/clients/[^/]+$"],
])("%s: an object that may not be read is neither known nor gone", async (id, path) => {
  world.simulator.faults.arm({
    match: { method: "GET", path },
    kind: "status",
    status: 403,
    code: "not.authorized",
    phase: "before",
    times: 1,
  });
  const { run, question } = await asked(id);
  expect(question?.outcome).toBe("not settled");
  expect(question?.seen).toContain("403 not.authorized");
  expect(run.exitCode).toBe(1);
});

it.each(["fresh-role-usable", "division-not-held"])(
  "%s: a deployer that can make no client at all settles nothing about the role",
  async (id) => {
    const permissions = world.deployerPermissionsWithout("oauth:client:add");
    world.simulator.organization.seed({ roles: [{ id: world.deployerRoleId, permissions }] });
    const { question } = await asked(id);
    expect(question?.outcome).toBe("not settled");
    expect(question?.seen).toContain("oauth:client:add");
  },
);

/** 401 to one of the questions whose token it is, after so many others. */
function refuseTokenOnce(skip: number): void {
  const match = { method: "GET", path: "/tokens/me$" };
  world.simulator.faults.arm({ match, kind: "status", status: 401, phase: "before", times: 1, skip });
}

it.each(["token-after-secret-reset", "token-of-inactive"])(
  "%s: a token that dies some seconds late does not live on",
  async (id) => {
    refuseTokenOnce(3); // of the deployer's, of the new token, of the same right after the change
    expect((await asked(id)).question).toMatchObject({ outcome: "different", seen: "is dead" });
  },
);

it("a token that is not accepted at once was not ended by what comes afterwards", async () => {
  refuseTokenOnce(1);
  expect((await asked("token-after-secret-reset")).question).toMatchObject({ outcome: "as expected" });
});
