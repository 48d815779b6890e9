// `revoke` against the simulated organisation: at once, completely, told plainly.
import { runCommandLine } from "../../../cli/main";
import { revoke } from "../../../cli/revoke/revoke";
import { askPulumiOnPath } from "../../../cli/terminal/pulumiProcess";
import type { RefreshOutcome } from "../../../cli/revoke/pulumiRefresh";
import { type CliWorld, canary, createCliWorld } from "./cliWorld";
import { recordsOf } from "./pulumiStandIn";

const stackFile = `config:
  aws:region: eu-west-1
  genesys-credentials:organization: { id: 4b1c7e52-0a6f-4d0e-9a57-5e1f3c2b8d90 }
  genesys-credentials:credentials:
    nightly-report: # the report
      roles: [{ existing: employee }]
      rotation: { generation: 3 }
    other: { roles: [{ existing: employee }] }
`;
const revokedFile = stackFile.replace("# the report\n", "# the report\n      revoked: true\n");

let world: CliWorld;
beforeEach(async () => {
  world = await createCliWorld(stackFile);
  world.seedClient({ id: "client-g2", generation: 2 });
  world.seedClient({ id: "client-g3", generation: 3 });
  world.seedClient({ id: "client-g1", generation: 1 });
  world.seedClient({ id: "client-other", key: "other", generation: 0 });
  world.deployed([
    ...recordsOf("nightly-report", { a: "client-g2", b: "client-g3" }),
    ...recordsOf("other", { a: "client-other" }),
  ]);
});
afterEach(() => world.stop());

function states(): Readonly<Record<string, string>> {
  const { clients } = world.simulator.organization.describe();
  return Object.fromEntries(clients.map(({ id, state }) => [id, state]));
}

function requests(): readonly string[] {
  return world.simulator.requestLog.entries.map(({ method, path }) => `${method} ${path}`);
}

async function mint(id: string): Promise<{ status: number; token: string }> {
  const authorization = `Basic ${Buffer.from(`${id}:canary-secret-of-${id}`).toString("base64")}`;
  const answer = await fetch(`${world.simulator.url}/oauth/token`, {
    method: "POST",
    headers: { authorization },
    body: new URLSearchParams({ grant_type: "client_credentials" }),
  });
  const { access_token: token = "" } = (await answer.json()) as { access_token?: string };
  return { status: answer.status, token };
}

async function tokenStatus(token: string): Promise<number> {
  const headers = { authorization: `Bearer ${token}` };
  return (await fetch(`${world.simulator.url}/api/v2/tokens/me`, { headers })).status;
}

it("deactivates every client of the credential, of whatever generation, and nobody else's", async () => {
  expect(await world.run("revoke", "nightly-report", "--yes")).toBe(0);
  expect(states()).toMatchObject({
    "client-g1": "inactive",
    "client-g2": "inactive",
    "client-g3": "inactive",
    "client-other": "active",
  });
  expect((await mint("client-g3")).status).toBe(400);
  expect((await mint("client-other")).status).toBe(200);
  expect(world.read()).toBe(revokedFile);
  expect(world.said.out + world.said.err).not.toContain(canary);
});

it("deactivates the clients that rotations keep, and whatever else lives in their slots", async () => {
  world.write(stackFile.replace("generation: 3 }", "generation: 9, clients: keep }"));
  world.seedClient({ id: "client-g11", generation: 11 });
  expect(await world.run("revoke", "nightly-report", "--yes")).toBe(0);
  expect(states()).toMatchObject({
    "client-g1": "inactive",
    "client-g2": "inactive",
    "client-g3": "inactive",
    "client-g11": "inactive",
    "client-other": "active",
  });
});

it("costs a token, an identity, a list and at most two requests a client, all deactivations first", async () => {
  await world.run("revoke", "nightly-report", "--yes");
  const [token, identity, listing, ...writes] = requests();
  expect([token, identity, listing]).toEqual([
    "POST /oauth/token",
    "GET /api/v2/tokens/me",
    "GET /api/v2/oauth/clients",
  ]);
  expect(writes).toHaveLength(6);
  const first = writes
    .slice(0, 3)
    .map((one) => one.slice(-2))
    .sort();
  expect(first).toEqual(["g1", "g2", "g3"]);
});

it("changes nothing of a client but its state", async () => {
  const stored = world.simulator.organization.clients.require("client-g3");
  stored.version = {
    ...stored.version,
    registeredRedirectUri: ["https://example.com/back"],
    scope: ["oauth"],
  };
  const before = world.simulator.organization.clients.get("client-g3");
  await world.run("revoke", "nightly-report", "--yes");
  const { version, roleDivisions } = world.simulator.organization.clients.get("client-g3");
  const { modifiedAt: _at, modifiedBy: _by, ...changed } = version;
  const { modifiedAt: _beforeAt, modifiedBy: _beforeBy, ...unchanged } = before.version;
  expect(changed).toEqual({ ...unchanged, state: "inactive" });
  expect(roleDivisions).toEqual(before.roleDivisions);
});

describe("what was reached is said plainly", () => {
  it("inactive: until when tokens can live", async () => {
    const { token } = await mint("client-g3");
    await world.run("revoke", "nightly-report", "--yes");
    expect(world.said.out).toMatch(
      /client-g3, made for generation 3\): is now inactive, not disabled .*can live until 2026-11-01T10:00:00.000Z/,
    );
    expect(await tokenStatus(token)).toBe(200);
  });

  it("disabled: tokens are dead", async () => {
    world.simulator.organization.setSwitches({ customersMaySetDisabled: true });
    const { token } = await mint("client-g3");
    expect(await world.run("revoke", "nightly-report", "--yes")).toBe(0);
    expect(world.said.out).toMatch(/client-g3, made for generation 3\): is now disabled: .*dead/);
    expect(states()["client-g3"]).toBe("disabled");
    expect(await tokenStatus(token)).toBe(401);
  });

  it("not known: when Genesys fails instead of refusing", async () => {
    world.simulator.faults.arm({
      match: { method: "PUT", path: "client-g3", body: '"disabled"' },
      kind: "status",
      status: 501,
    });
    expect(await world.run("revoke", "nightly-report", "--yes")).toBe(3);
    expect(world.said.out).toMatch(
      /client-g3, .* is now inactive, not disabled \(whether it is disabled is not known/,
    );
    expect(world.said.err).toMatch(/Still open[^]*client-g3/);
    expect(world.said.err).not.toContain("client-g2)");
  });
});

it("is idempotent, and says that it was so already", async () => {
  await world.run("revoke", "nightly-report", "--yes");
  expect(await world.run("revoke", "nightly-report", "--yes")).toBe(0);
  expect(world.said.out).toMatch(/client-g3, .* was already inactive/);
  expect(world.said.out).toContain("already says `revoked: true`");
  expect(world.read()).toBe(revokedFile);
});

it("asks nothing more about a client that is disabled", async () => {
  world.simulator.organization.setSwitches({ customersMaySetDisabled: true });
  await world.run("revoke", "nightly-report", "--yes");
  world.simulator.requestLog.clear();
  expect(await world.run("revoke", "nightly-report", "--yes")).toBe(0);
  expect(world.simulator.requestLog.count({ method: "PUT" })).toBe(0);
  expect(world.said.out).toMatch(/was already disabled/);
});

it("one client that fails stops nobody: the others are revoked, the file is written, what is open is said, exit 3", async () => {
  world.simulator.faults.arm({
    match: { path: "client-g2" },
    kind: "status",
    status: 403,
    code: "missing.permissions",
    times: "always",
  });
  expect(await world.run("revoke", "nightly-report", "--yes")).toBe(3);
  expect(states()).toMatchObject({ "client-g1": "inactive", "client-g2": "active", "client-g3": "inactive" });
  expect(world.said.out).toMatch(/client-g2, made for generation 2\): NOT revoked/);
  expect(world.said.err).toMatch(
    /Still open[^]*client-g2[^]*missing\.permissions[^]*trying again does not help: deactivate it in Genesys/,
  );
  expect(world.read()).toBe(revokedFile);
});

it("a client that vanishes in between is as good as revoked", async () => {
  world.simulator.faults.arm({
    match: { path: "client-g2" },
    kind: "status",
    status: 404,
    code: "not.found",
    times: "always",
  });
  expect(await world.run("revoke", "nightly-report", "--yes")).toBe(0);
  expect(world.said.out).toMatch(/client-g2, .*does not exist any more/);
});

it("a credential without clients is declared revoked all the same", async () => {
  world.simulator.organization.seed({ clients: [{ id: "client-other", deleted: true }] });
  world.deployed([]);
  expect(await world.run("revoke", "other", "--yes")).toBe(0);
  expect(world.said.out).toContain("No OAuth client of other exists");
  expect(world.read()).toContain("other: { revoked: true, roles: [{ existing: employee }] }");
});

it("a client of the slot's name without a marker is not passed over in silence", async () => {
  world.seedClient({
    id: "client-unmarked",
    generation: 0,
    description: "edited by hand",
    name: "nightly-report-dev-a",
  });
  expect(await world.run("revoke", "nightly-report", "--yes")).toBe(1);
  expect(world.said.err).toContain("client-unmarked");
  expect(states()["client-unmarked"]).toBe("active");
});

describe("nothing is done when", () => {
  afterEach(() => {
    expect(world.simulator.requestLog.count({ method: "PUT" })).toBe(0);
    expect(world.read()).toBe(stackFile);
  });

  it("the organisation is another one", async () => {
    world.simulator.organization.seed({
      id: "7d0f6c1a-0000-4000-8000-000000000000",
      name: "Real Contact Centre",
    });
    expect(await world.run("revoke", "nightly-report", "--yes")).toBe(2);
    expect(world.said.err).toMatch(/Real Contact Centre.*nothing was done/);
  });

  it("Genesys cannot be asked, and the other ways are named", async () => {
    world.simulator.faults.arm({
      match: { path: "/oauth/clients" },
      kind: "status",
      status: 403,
      code: "missing.permissions",
    });
    expect(await world.run("revoke", "nightly-report", "--yes")).toBe(3);
    expect(world.said.err).toMatch(/NOTHING was revoked.*revoked: true.*pulumi up/);
  });

  it("the name is misspelt", async () => {
    expect(await world.run("revoke", "nightly-rep", "--yes")).toBe(2);
    expect(world.said.err).toContain("did you mean nightly-report?");
  });

  it.each([["other"], [""], [undefined]])("the name is not typed again but %j", async (answer) => {
    const surroundings = { ...world.surroundings, ask: () => Promise.resolve(answer) };
    expect(await runCommandLine(["revoke", "nightly-report"], surroundings)).toBe(2);
    expect(world.said.err).toContain("nothing was done");
  });
});

it("goes on when the name is typed again", async () => {
  const surroundings = { ...world.surroundings, ask: () => Promise.resolve("nightly-report ") };
  expect(await runCommandLine(["revoke", "nightly-report"], surroundings)).toBe(0);
  expect(states()["client-g3"]).toBe("inactive");
});

describe("Pulumi's state afterwards", () => {
  const run = async (outcome: RefreshOutcome): Promise<{ code: number; stacks: string[] }> => {
    const stacks: string[] = [];
    const { folder, environment } = world.surroundings;
    const code = await revoke("nightly-report", { yes: true }, world.surroundings, {
      pulumi: askPulumiOnPath(folder, environment),
      refreshState: (stack) => {
        stacks.push(`${stack} after ${states()["client-g3"] ?? ""}`);
        return Promise.resolve(outcome);
      },
    });
    return { code, stacks };
  };

  it("is refreshed once, after the revocation", async () => {
    expect(await run({ kind: "done" })).toEqual({ code: 0, stacks: ["dev after inactive"] });
    expect(world.said.out).toContain("nothing to change");
    expect(await run({ kind: "done" })).toEqual({ code: 0, stacks: [] });
  });

  it.each<RefreshOutcome>([
    { kind: "absent" },
    { kind: "timedOut" },
    { kind: "failed", output: "the lock is held" },
  ])("is left as it is without failing the command: %j", async (outcome) => {
    expect((await run(outcome)).code).toBe(0);
    expect(world.said.err).toContain("pulumi refresh --stack dev");
    expect(world.read()).toBe(revokedFile);
  });
});
