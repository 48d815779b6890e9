// `revoke` finds the clients whatever became of their descriptions and names, and never says "done" of what it could not see.
import { adminRoleId, employeeRoleId, homeDivisionId } from "../../../sandbox/genesys/seed";
import { type CliWorld, canary, createCliWorld } from "./cliWorld";
import { identityRecord, recordsOf } from "./pulumiStandIn";

const stackFile = `config:
  aws:region: eu-west-1
  genesys-credentials:credentials:
    nightly-report:
      roles: [{ existing: employee }]
      rotation: { generation: 1 }
    other: { roles: [{ existing: employee }] }
`;
const secretName = "genesys/dev/nightly-report";
const own = "0a1b2c3d4e5f6071";
const foreign = "f0e1d2c3b4a59687";
const deployed = [
  identityRecord(own),
  ...recordsOf("nightly-report", { a: "client-g0", b: "client-g1" }),
  ...recordsOf("other", { a: "client-other" }),
];

let world: CliWorld;
beforeEach(async () => {
  world = await createCliWorld(stackFile);
  world.seedClient({ id: "client-g0", generation: 0, identity: own });
  world.seedClient({ id: "client-g1", generation: 1, identity: own });
  world.seedClient({ id: "client-other", key: "other", generation: 0, identity: own });
  world.deployed(deployed);
});
afterEach(async () => {
  expect(states()["client-other"]).toBe("active");
  expect(world.said.out + world.said.err).not.toContain(canary);
  await world.stop();
});

function states(): Readonly<Record<string, string>> {
  const { clients } = world.simulator.organization.describe();
  return Object.fromEntries(clients.map(({ id, state }) => [id, state]));
}

const revoke = (): Promise<number> => world.run("revoke", "nightly-report", "--yes");

async function mintStatus(id: string): Promise<number> {
  const authorization = `Basic ${Buffer.from(`${id}:canary-secret-of-${id}`).toString("base64")}`;
  const answer = await fetch(`${world.simulator.url}/oauth/token`, {
    method: "POST",
    headers: { authorization },
    body: new URLSearchParams({ grant_type: "client_credentials" }),
  });
  return answer.status;
}

describe("a client is found although its description does not tell it", () => {
  it.each([
    ["edited by a person", "Owner: Ms Example"],
    ["emptied", ""],
  ])("%s: by the state", async (_how, description) => {
    world.seedClient({ id: "client-g1", generation: 1, description });
    expect(await revoke()).toBe(0);
    expect(states()).toMatchObject({ "client-g0": "inactive", "client-g1": "inactive" });
    expect(world.said.out).toMatch(
      /client-g1, made for generation 1; not by its description, but known to the state\): is now inactive/,
    );
    expect(world.simulator.organization.clients.get("client-g1").version.description).toBe(description);
  });

  it.each(["AWSCURRENT", "AWSPREVIOUS"])("by %s, where no state knows it", async (label) => {
    world.seedClient({ id: "client-g1", generation: 1, description: "", name: "renamed" });
    world.deployed([identityRecord(own), ...recordsOf("nightly-report", { a: "client-g0" })]);
    await world.store(secretName, "client-g1", "canary-secret-of-client-g1");
    if (label === "AWSPREVIOUS") {
      await world.store(secretName, "client-g0", "canary-secret-of-client-g0");
    }
    expect(await revoke()).toBe(0);
    expect(states()["client-g1"]).toBe("inactive");
    expect(world.said.out).toContain("not by its description, but known to the stored secret");
  });

  it("of former names: after a renamed stack or project the identity decides", async () => {
    for (const generation of [0, 1]) {
      const description = `[pulumi:${own}/old-project/prod/nightly-report#${generation}:0a1b2c]`;
      world.seedClient({ id: `client-g${generation}`, generation, description });
    }
    world.seedClient({
      id: "client-left",
      generation: 1,
      description: `[pulumi:${own}/old/prod/nightly-report#1:0a1c]`,
    });
    expect(await revoke()).toBe(0);
    expect(states()).toMatchObject({
      "client-g0": "inactive",
      "client-g1": "inactive",
      "client-left": "inactive",
    });
  });

  it("of a former key: after `pulumi state rename` the state decides", async () => {
    for (const generation of [0, 1]) {
      const description = `[pulumi:${own}/genesys-credentials/dev/nightly#${generation}:0a1b2c]`;
      world.seedClient({ id: `client-g${generation}`, generation, description });
    }
    expect(await revoke()).toBe(0);
    expect(states()).toMatchObject({ "client-g0": "inactive", "client-g1": "inactive" });
  });

  it("of a former key that the update has not seen yet: `formerly` tells it", async () => {
    world.write(
      stackFile.replace(
        "    nightly-report:\n",
        `    nightly-reports:\n      formerly: nightly-report\n      secret: { name: ${secretName} }\n`,
      ),
    );
    world.seedClient({ id: "client-g1", generation: 1, description: "" });
    expect(await world.run("revoke", "nightly-reports", "--yes")).toBe(0);
    expect(states()).toMatchObject({ "client-g0": "inactive", "client-g1": "inactive" });
  });

  it("nor does Genesys's list", async () => {
    world.simulator.faults.arm({
      match: { method: "GET", path: "/oauth/clients$" },
      kind: "status",
      status: 200,
      body: { entities: [], pageCount: 1 },
    });
    const code = await revoke();
    expect(states()).toMatchObject({ "client-g0": "inactive", "client-g1": "inactive" });
    expect(code).toBe(0);
  });
});

describe("what is not this stack's is told and not touched", () => {
  it("the same names under another identity", async () => {
    world.seedClient({ id: "client-twin", generation: 1, identity: foreign });
    expect(await revoke()).toBe(1);
    expect(states()).toMatchObject({ "client-g1": "inactive", "client-twin": "active" });
    expect(world.said.err).toMatch(
      /client-twin\) has the names of this stack and another identity, f0e1d2c3b4a59687.*It was not touched.*recover --stack dev/s,
    );
  });

  it("but not where the state or the secret says that it is", async () => {
    world.seedClient({ id: "client-g0", generation: 0, identity: foreign });
    world.seedClient({ id: "client-g2", generation: 2, identity: foreign });
    await world.store(secretName, "client-g2", "canary-secret-of-client-g2");
    expect(await revoke()).toBe(0);
    expect(states()).toMatchObject({ "client-g0": "inactive", "client-g2": "inactive" });
  });

  it("a client that the secret names and another credential has", async () => {
    await world.store(secretName, "client-other", "canary-secret-of-client-other");
    expect(await revoke()).toBe(1);
    expect(world.said.err).toMatch(/client-other\) is named by the stored secret of nightly-report/);
  });

  it("two identities of the same names, and nothing that tells which is ours: exit 3", async () => {
    world.deployed([]);
    world.seedClient({ id: "client-twin", generation: 1, identity: foreign });
    expect(await revoke()).toBe(3);
    expect(states()).toMatchObject({ "client-g1": "active", "client-twin": "active" });
    expect(world.said.err).toMatch(
      /Still open[^]*client-twin\): may be this credential's and was not touched/,
    );
    await world.store(secretName, "client-g1", "canary-secret-of-client-g1"); // the secret tells it
    expect(await revoke()).toBe(1);
    expect(states()).toMatchObject({
      "client-g0": "inactive",
      "client-g1": "inactive",
      "client-twin": "active",
    });
  });
});

describe("what could not be looked at keeps it from saying that all is done", () => {
  it("the state: it revokes what it found", async () => {
    world.deployed({ error: "the backend cannot be reached" });
    expect(await revoke()).toBe(3);
    expect(states()).toMatchObject({ "client-g0": "inactive", "client-g1": "inactive" });
    expect(world.said.err).toMatch(
      /Still open for nightly-report; .*revoke nightly-report --stack dev --yes[^]*state could not be read: .*backend cannot be reached; until it can be, see to it that each OAuth client named like nightly-report is inactive/,
    );
    expect(world.read()).toContain("revoked: true");
  });

  it("AWS", async () => {
    world.write(stackFile.replace("  aws:region: eu-west-1\n", ""));
    expect(await revoke()).toBe(3);
    expect(states()["client-g1"]).toBe("inactive");
    expect(world.said.err).toMatch(/whom the secret genesys\/dev\/nightly-report names could not be read/);
  });

  it("a recorded client that Genesys does not list and does not show", async () => {
    world.deployed([...deployed, ...recordsOf("nightly-report", { a: "client-hidden" })]);
    world.simulator.faults.arm({
      match: { method: "GET", path: "client-hidden" },
      kind: "status",
      status: 403,
      code: "missing.permissions",
      times: "always",
    });
    expect(await revoke()).toBe(3);
    expect(world.said.err).toMatch(/client-hidden, known to the state, is not listed.*missing\.permissions/);
  });

  it("not a recorded client of which Genesys says by its id that it is gone", async () => {
    world.simulator.organization.seed({ clients: [{ id: "client-g0", deleted: true }] });
    expect(await revoke()).toBe(0);
    expect(world.said.out).toMatch(/client-g0, known to the state: does not exist any more/);
    expect(world.simulator.requestLog.count({ path: "/api/v2/oauth/clients/client-g0" })).toBe(1);
  });

  it("a credential that the state knows and of which nothing is found", async () => {
    world.deployed([identityRecord(own), ...recordsOf("nightly-report", {})]);
    world.simulator.organization.seed({
      clients: ["client-g0", "client-g1"].map((id) => ({ id, deleted: true })),
    });
    expect(await revoke()).toBe(3);
    expect(world.said.err).toMatch(/the state knows nightly-report and no OAuth client of it/);
    expect(world.said.out).not.toContain("No OAuth client");
  });
});

it("after a lost state the names are enough", async () => {
  world.deployed([]);
  expect(await revoke()).toBe(0);
  expect(states()).toMatchObject({ "client-g0": "inactive", "client-g1": "inactive" });
});

it("a client that waits for its deletion is left alone, and counts as ended", async () => {
  const ended = world.simulator.organization.clients.require("client-g0");
  ended.version = { ...ended.version, state: "inactive", dateToDelete: Date.now() + 86_400_000 };
  expect(await revoke()).toBe(0);
  expect(world.said.out).toMatch(/client-g0, .*was already deleted, and Genesys keeps it for a while/);
  expect(world.simulator.requestLog.count({ path: "/api/v2/oauth/clients/client-g0" })).toBe(0);
});

it("`disabled` stays what it is", async () => {
  world.seedClient({ id: "client-g1", generation: 1, state: "disabled" });
  expect(await revoke()).toBe(0);
  expect(states()["client-g1"]).toBe("disabled");
});

describe("a client with a role that the deployer lacks", () => {
  const beyond = [
    { roleId: employeeRoleId, divisionId: homeDivisionId },
    { roleId: adminRoleId, divisionId: homeDivisionId },
  ];
  const employee = beyond.slice(0, 1);
  beforeEach(() => {
    world.seedClient({ id: "client-g0", generation: 0, identity: own, roleDivisions: employee });
    world.seedClient({ id: "client-g1", generation: 1, identity: own, roleDivisions: beyond });
  });

  it.each([400, 403, 404] as const)(
    "is deactivated without it, whatever the refusal is: %d",
    async (heldRoleError) => {
      world.simulator.organization.setSwitches({ heldRoleError });
      expect(await revoke()).toBe(0);
      expect(states()["client-g1"]).toBe("inactive");
      expect(await mintStatus("client-g1")).toBe(400);
      expect(world.simulator.organization.clients.get("client-g1").roleDivisions).not.toContainEqual(
        beyond[1],
      );
      expect(world.said.out).toMatch(
        /client-g1, .*is now inactive.* deployer does not hold had to be taken from it/,
      );
    },
  );

  it("is deactivated without it where Genesys spells the grant type in the older way", async () => {
    world.simulator.organization.setSwitches({ heldRoleError: 403 });
    const { clients } = world.simulator.organization.describe();
    const entities = clients.map(({ id }) => {
      const { version, roleDivisions } = world.simulator.organization.clients.get(id);
      return { id, ...version, roleDivisions, authorizedGrantType: "CLIENT_CREDENTIALS" };
    });
    world.simulator.faults.arm({
      match: { method: "GET", path: "/api/v2/oauth/clients\\?" },
      kind: "status",
      status: 200,
      body: { entities, total: entities.length, pageCount: 1, pageNumber: 1 },
    });
    expect(await revoke()).toBe(0);
    expect(world.said.out).toMatch(/client-g1, .*does not hold had to be taken from it/);
    expect(states()["client-g1"]).toBe("inactive");
    expect(await mintStatus("client-g1")).toBe(400);
  });

  it("stays active and gets a secret that nobody has, where an editor must hold the present roles too: exit 1", async () => {
    world.simulator.organization.setSwitches({ heldRolesOnEdit: "requestedAndCurrent" });
    expect(await mintStatus("client-g1")).toBe(200);
    expect(await revoke()).toBe(1);
    expect(await mintStatus("client-g1")).toBe(401);
    expect(world.said.out).toMatch(
      /client-g1, .*is still ACTIVE, since Genesys does not let the deployer deactivate it .*no copy of the former one gets a token/,
    );
  });
});
