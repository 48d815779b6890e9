// Genesys fails in the middle: what can be removed is, the rest is told, and no failure is taken for an answer.
import { join } from "node:path";

import { homeDivisionId } from "../../../sandbox/genesys/seed";
import { questionsOf, runAgainst } from "./probeWorld";
import { probedSimulator, type ProbedSimulator } from "./simulatorProbe";

let world: ProbedSimulator;

beforeEach(async () => {
  world = await probedSimulator();
});

afterEach(() => world.simulator.stop());

/** The names that begin so. */
function madeClients(): string[] {
  return world.simulator.organization.clients
    .list()
    .filter(({ version, isDeleted }) => !isDeleted && version.name.startsWith("genesys-credentials-probe"))
    .map(({ client }) => client.id);
}

/** Every request fails, from the n-th on. */
function failFrom(skip: number, times: number | "always"): void {
  const path = "/api/";
  world.simulator.faults.arm({ match: { path }, kind: "status", status: 500, phase: "before", times, skip });
}

it("a few failures are repeated away, or leave a question open; nothing stays", async () => {
  const before = world.holdings();
  failFrom(60, 12);
  const run = await runAgainst(world, [...world.commandLine, "--json"]);
  expect(world.holdings()).toEqual(before);
  expect(JSON.parse(run.standardOutput)).toMatchObject({ different: 0, remaining: [] });
  expect(world.simulator.requestLog.entries.filter(({ status }) => status === 500)).toHaveLength(12);
});

it("a server that fails for good is not asked on, and everything that stays is told", async () => {
  failFrom(100, "always");
  const run = await runAgainst(world, world.commandLine);
  world.simulator.faults.clear();
  expect(run.exitCode).toBe(1);
  expect(run.standardOutput).toContain("not settled: Genesys failed for 3 questions in a row");
  expect(madeClients().length).toBeGreaterThan(0);
  for (const id of madeClients()) {
    expect(run.standardOutput).toContain(id);
  }
  expect(run.standardOutput).toContain("run again with --clean");
});

it("--clean, which that advice names, removes it, and the next run finds nothing", async () => {
  const before = world.holdings();
  failFrom(100, "always");
  await runAgainst(world, world.commandLine);
  world.simulator.faults.clear();
  const next = await runAgainst(world, [...world.commandLine, "--only", "division-aware"]);
  expect(next.standardError).toContain("Left behind by former runs; --clean removes it:");
  expect(next.standardError).toContain(madeClients()[0]);
  const cleaning = await runAgainst(world, [...world.commandLine, "--clean"]);
  expect(cleaning.exitCode).toBe(0);
  expect(world.holdings()).toEqual(before);
  const last = await runAgainst(world, [...world.commandLine, "--clean", "--json"]);
  expect(JSON.parse(last.standardOutput)).toEqual({ leftovers: [], remaining: [] });
});

it("a removal that is refused is told with its reason, and the others go on", async () => {
  world.simulator.faults.arm({
    match: { method: "DELETE", path: "/authorization/roles/" },
    kind: "status",
    status: 403,
    code: "not.authorized",
    phase: "before",
    times: "always",
    skip: 1, // asked about before anything is made
  });
  const run = await runAgainst(world, [...world.commandLine, "--json", "--only", "role-known,client-known"]);
  const { remaining } = JSON.parse(run.standardOutput) as { remaining: { what: string; reason: string }[] };
  expect(remaining).toHaveLength(1);
  expect(remaining[0]?.what).toMatch(/^role genesys-credentials-probe-.*-fresh/);
  expect(remaining[0]?.reason).toContain("403 not.authorized");
  expect(madeClients()).toEqual([]);
  expect(run.exitCode).toBe(1);
});

it.each(["before", "after"] as const)(
  "a creation whose answer is lost (%s the work) leaves nothing behind",
  async (phase) => {
    const before = world.holdings();
    world.simulator.faults.arm({
      match: { method: "POST", path: "/(oauth/clients|authorization/roles|integrations/credentials)$" },
      kind: "reset",
      phase,
      every: 2,
      times: "always",
    });
    const run = await runAgainst(world, [...world.commandLine, "--json"]);
    expect(world.holdings()).toEqual(before);
    expect(run.exitCode).toBe(1);
    expect([...questionsOf(run).values()].map(({ outcome }) => outcome)).not.toContain("different");
  },
);

it("lists that cannot be read at the end are no proof that nothing is left", async () => {
  world.simulator.faults.arm({
    match: { method: "GET", path: "/oauth/clients$" },
    kind: "status",
    status: 403,
    code: "not.authorized",
    phase: "before",
    times: "always",
    skip: 1, // before anything is made they can be read
  });
  const run = await runAgainst(world, [...world.commandLine, "--json", "--only", "client-known"]);
  expect(JSON.parse(run.standardOutput)).toMatchObject({
    remaining: [{ what: "what was made without being told" }],
  });
  expect(run.exitCode).toBe(1);
  const cleaning = await runAgainst(world, [...world.commandLine, "--clean"]);
  expect(cleaning.exitCode).toBe(1);
  expect(cleaning.standardOutput).toContain("clients could not be looked for");
});

it("a file that cannot be written is told, and is no success", async () => {
  const path = join(__filename, "fixtures.json");
  const signal = new AbortController().signal;
  const run = await runAgainst(world, [...world.commandLine, "--only", "division-aware"], {}, signal, path);
  expect(run.standardError).toContain(`Writing the fixtures to ${path}`);
  expect(run.exitCode).toBe(3);
});

it("a role that Genesys does not know yet is removed once it does", async () => {
  const before = world.holdings();
  world.simulator.organization.setConsistency({ roleVisibleAfterMs: 40_000 });
  const run = await runAgainst(world, [...world.commandLine, "--json", "--only", "role-known"]);
  expect(questionsOf(run).get("role-known")?.seen).toBe("not while the probe waited");
  expect(JSON.parse(run.standardOutput)).toMatchObject({ remaining: [] });
  expect(world.holdings()).toEqual(before);
});

it("a role that Genesys still does not know in the end is told: it may appear later", async () => {
  world.simulator.organization.setConsistency({ roleVisibleAfterMs: 300_000 });
  const run = await runAgainst(world, [...world.commandLine, "--only", "role-known"]);
  expect(run.standardOutput).toContain("Genesys does not know it, although it was made; it may appear later");
  expect(run.exitCode).toBe(1);
  world.simulator.organization.clock.offsetMs += 300_000;
  const cleaning = await runAgainst(world, [...world.commandLine, "--clean"]);
  expect(cleaning.standardOutput).toContain("1 object of former runs found, 0 problems removing them");
  expect(cleaning.exitCode).toBe(0);
});

it("a budget that others use up during the removal is waited for", async () => {
  const before = world.holdings();
  world.simulator.faults.arm({
    match: { method: "DELETE", path: "/api/" },
    kind: "status",
    status: 429,
    phase: "before",
    times: 8,
    skip: 3,
  });
  const run = await runAgainst(world, [...world.commandLine, "--json", "--only", "role-known,client-known"]);
  expect(world.holdings()).toEqual(before);
  expect(JSON.parse(run.standardOutput)).toMatchObject({ notSettled: 0, remaining: [] });
});

it("a role that a former run left to the deployer is not handed to new clients", async () => {
  const id = "5e1f0000-0000-4000-8000-000000000003";
  const { organization } = world.simulator;
  const name = "genesys-credentials-probe-0123456789ab-fresh";
  organization.seed({ roles: [{ id, name, permissions: [] }] });
  organization.store.state.grants.unshift({
    subjectId: world.clientId,
    subjectType: "PC_OAUTH_CLIENT",
    source: "subject",
    madeAt: 0,
    roleId: id,
    divisionId: homeDivisionId,
  });
  const match = { method: "DELETE", path: "/oauth/clients/" };
  const fault = { kind: "status", status: 403, phase: "before", times: "always", skip: 1 } as const;
  world.simulator.faults.arm({ match, ...fault }); // so that the client is still there to be looked at
  await runAgainst(world, [...world.commandLine, "--json", "--only", "client-known"]);
  const [client = ""] = madeClients();
  const held = organization.store.state.grants.filter(({ subjectId }) => subjectId === client);
  expect(held.map(({ roleId }) => roleId)).toEqual([world.deployerRoleId]);
});

it("a deletion whose answer is lost is a deletion", async () => {
  const before = world.holdings();
  world.simulator.faults.arm({
    match: { method: "DELETE", path: "/api/" },
    kind: "reset",
    phase: "after",
    times: 3,
    skip: 3, // those that are asked about before anything is made
  });
  const run = await runAgainst(world, [...world.commandLine, "--json", "--only", "role-known,client-known"]);
  expect(world.holdings()).toEqual(before);
  expect(JSON.parse(run.standardOutput)).toMatchObject({ remaining: [] });
});
