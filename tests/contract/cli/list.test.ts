// `list` against the simulated organisation.
import { type CliWorld, canary, createCliWorld } from "./cliWorld";
import { identityRecord, recordsOf } from "./pulumiStandIn";

const stackFile = `config:
  aws:region: eu-west-1
  genesys-credentials:credentials:
    nightly-report:
      roles: [{ existing: employee }, { existing: employee, divisions: [Sales] }]
      rotation: { generation: 3, rotatedAt: 2026-10-20T09:00:00Z, every: P10D }
    other:
      roles: [{ existing: employee }]
      revoked: true
`;

let world: CliWorld;
beforeEach(async () => {
  world = await createCliWorld(stackFile);
  world.seedClient({ id: "client-g2", generation: 2 });
  world.seedClient({ id: "client-g3-old", generation: 3, dateCreated: "2026-10-20T09:00:00Z" });
  world.seedClient({ id: "client-g3-new", generation: 3, dateCreated: "2026-10-20T09:05:00Z" });
  world.seedClient({ id: "client-other", key: "other", generation: 0, state: "inactive" });
  world.seedClient({
    id: "client-of-prod",
    generation: 3,
    description: "[pulumi:genesys-credentials/prod/nightly-report#3:0a1b2c]",
  });
});
afterEach(() => world.stop());
beforeEach(() => {
  world.deployed(deployed);
});
const deployed = [
  ...recordsOf("nightly-report", { a: "client-g2", b: "client-g3-new" }),
  ...recordsOf("other", { a: "client-other" }),
];

it("shows the newest client of the declared generation, with one GET besides the one that tells the organisation", async () => {
  expect(await world.run("list")).toBe(0);
  const [head, nightly, other] = world.said.out.split("\n");
  expect(head).toMatch(/NAME +CLIENT ID +SLOT +GEN +AGE +NEXT DUE +STATE +ROLES +SECRET/);
  expect(nightly).toMatch(
    /^nightly-report +client-g3-new \(1 of 2\) +b +3 +12 d +2026-10-30T09:00:00Z overdue +active +employee \(Sales\), employee \(home\) +genesys\/dev\/nightly-report$/,
  );
  expect(other).toMatch(
    /^other +client-other +a +0 +\d+ d +- +revoked +employee \(home\) +genesys\/dev\/other$/,
  );
  expect(world.simulator.requestLog.entries.map(({ method, path }) => `${method} ${path}`)).toEqual([
    "POST /oauth/token",
    "GET /api/v2/tokens/me",
    "GET /api/v2/oauth/clients",
  ]);
  expect(world.said.out + world.said.err).not.toContain(canary);
});

it("the deployer of another organisation is refused: what lives there says nothing about this stack", async () => {
  const id = "4b1c7e52-0a6f-4d0e-9a57-5e1f3c2b8d90";
  world.write(stackFile.replace("config:\n", `config:\n  genesys-credentials:organization: { id: ${id} }\n`));
  expect(await world.run("list")).toBe(0);
  world.simulator.organization.seed({ id: "7d0f6c1a-0000-4000-8000-000000000000" });
  expect(await world.run("list")).toBe(2);
  expect(world.said.err).toMatch(
    /Listing: the deployer belongs to organisation 7d0f6c1a.*the stack is for organisation 4b1c7e52/,
  );
  expect(world.said.out).toBe("");
});

it("--json tells the same", async () => {
  expect(await world.run("list", "--json")).toBe(0);
  expect(JSON.parse(world.said.out)).toMatchObject({
    stack: "dev",
    isLive: true,
    credentials: [
      {
        credential: "nightly-report",
        clientId: "client-g3-new",
        clientCount: 2,
        slot: "b",
        generation: 3,
        ageSeconds: 1_036_800,
        isDue: true,
        state: "active",
      },
      {
        credential: "other",
        clientId: "client-other",
        clientCount: 1,
        isRevoked: true,
        isDue: false,
        state: "revoked",
      },
    ],
  });
});

describe("what is declared revoked", () => {
  const stateOfOther = async (): Promise<unknown> => {
    await world.run("list", "--json");
    const { credentials } = JSON.parse(world.said.out) as { credentials: { state: unknown }[] };
    return credentials[1]?.state;
  };

  it("is called so where each of its clients was seen so, in whichever slot", async () => {
    expect(await stateOfOther()).toBe("revoked");
    world.seedClient({ id: "client-other-b", key: "other", generation: 1 });
    expect(await stateOfOther()).toBe("revoked, still active: run pulumi up");
  });

  it.each([
    ["recorded", () => undefined],
    [
      "named by the stored secret alone",
      () => {
        world.deployed(recordsOf("nightly-report", {}));
        return world.store("genesys/dev/other", "client-other", "canary-secret-of-client-other");
      },
    ],
  ])("is not called so while a client lives whose description was edited: %s", async (_how, plant) => {
    await plant();
    const description = "Owner: Ms Example";
    world.seedClient({ id: "client-other", key: "other", generation: 0, state: "active", description });
    expect(await stateOfOther()).toBe("revoked, still active: run pulumi up");
  });

  it("is unknown where the state cannot be read, and the reason is told", async () => {
    world.deployed({ error: "no stack named 'dev' found" });
    expect(await stateOfOther()).toBe("unknown");
    expect(world.said.err).toContain("no stack named 'dev' found");
    await world.run("list");
    expect(world.said.out).toMatch(/other +client-other .* unknown \(declared revoked\)/);
  });

  it("is unknown where nothing of it is found that should be there", async () => {
    world.simulator.organization.seed({ clients: [{ id: "client-other", deleted: true }] });
    expect(await stateOfOther()).toBe("revoked"); // Genesys says that the recorded one is gone
    world.deployed(recordsOf("other", {}));
    expect(await stateOfOther()).toBe("unknown");
    world.deployed([]);
    expect(await stateOfOther()).toBe("missing");
  });
});

it("a recorded client that does not exist is a finding", async () => {
  world.deployed([...deployed, ...recordsOf("nightly-report", { a: "client-gone" })]);
  expect(await world.run("list")).toBe(1);
  expect(world.said.out).toMatch(
    /nightly-report: OAuth client client-gone is on record and does not exist in Genesys: `pulumi up --refresh`/,
  );
  await world.run("list", "--json");
  expect(JSON.parse(world.said.out)).toMatchObject({
    credentials: [{ lostClients: [{ id: "client-gone", isGone: true }] }, { lostClients: [] }],
  });
});

it("a client of the same names and another identity is told, and not counted", async () => {
  world.deployed([identityRecord("0a1b2c3d4e5f6071"), ...deployed]);
  world.seedClient({ id: "client-twin", generation: 3, identity: "f0e1d2c3b4a59687" });
  expect(await world.run("list")).toBe(0);
  expect(world.said.out).toContain("client-g3-new (1 of 2)");
  expect(world.said.err).toMatch(
    /client-twin\) has the names of this stack and another identity.*recover --stack dev/s,
  );
});

describe("a client that rotations keep", () => {
  const keeping = stackFile.replace("every: P10D }", "every: P10D, clients: keep }");
  beforeEach(() => {
    world.write(keeping);
    world.simulator.organization.seed({
      clients: [
        { id: "client-g3-old", deleted: true },
        { id: "client-g3-new", deleted: true },
      ],
    });
    world.seedClient({ id: "client-g1", generation: 1 });
    world.deployed(recordsOf("nightly-report", { a: "client-g2", b: "client-g1" }));
  });

  it("is the one of its slot, whichever generation it was made for", async () => {
    expect(await world.run("list")).toBe(0);
    expect(world.said.out.split("\n")[1]).toMatch(
      /^nightly-report +client-g1 +b +3 \(keep\) +12 d +\S+ overdue +active +employee/,
    );
    await world.run("list", "--json");
    expect(JSON.parse(world.said.out)).toMatchObject({
      credentials: [
        { clientId: "client-g1", clientCount: 1, clientsMode: "keep", madeForGeneration: 1, state: "active" },
        { clientsMode: "replace" },
      ],
    });
  });

  it("stays it after a revert, when it was made for a later generation than the declared one", async () => {
    world.seedClient({ id: "client-g5", generation: 5 });
    world.simulator.organization.seed({ clients: [{ id: "client-g1", deleted: true }] });
    world.write(stackFile);
    await world.run("list");
    expect(world.said.out).toMatch(/nightly-report +client-g5 +b +3 +12 d .* active +employee/);
  });

  it("is told by its generation where rotations replace clients: it is not rotated yet", async () => {
    world.write(stackFile);
    await world.run("list");
    expect(world.said.out).toMatch(/client-g1 +b +3 .* active \(made for generation 1\)/);
  });

  it("gives way to a later one beside it, unless that waits for its deletion", async () => {
    world.seedClient({ id: "client-g3", generation: 3 });
    await world.run("list");
    expect(world.said.out).toContain("client-g3 (1 of 2)");
    const ended = world.simulator.organization.clients.require("client-g3");
    ended.version = { ...ended.version, state: "inactive", dateToDelete: Date.now() + 86_400_000 };
    await world.run("list");
    expect(world.said.out).toMatch(/nightly-report +client-g1 +b/);
  });
});

it("says when what is declared is not yet so", async () => {
  world.simulator.organization.seed({
    clients: [
      { id: "client-g3-old", deleted: true },
      { id: "client-g3-new", deleted: true },
      { id: "client-other", state: "active" },
    ],
  });
  await world.run("list");
  expect(world.said.out).toMatch(/nightly-report +- .* missing/);
  expect(world.said.out).toContain("revoked, still active: run pulumi up");
});

it("--offline asks nobody", async () => {
  expect(await world.run("list", "--offline")).toBe(0);
  expect(world.said.out).toMatch(/nightly-report +- +b +3 +12 d +2026-10-30T09:00:00Z overdue +- /);
  expect(world.said.err).toBe("");
  expect(world.simulator.requestLog.count()).toBe(0);
});

it("without the deployer's environment it shows the file, with one note on standard error", async () => {
  world = { ...world };
  const { GENESYSCLOUD_OAUTHCLIENT_SECRET: _secret, ...environment } = world.surroundings.environment;
  Object.assign(world.surroundings, { environment });
  expect(await world.run("list", "--json")).toBe(0);
  expect(JSON.parse(world.said.out)).toMatchObject({
    isLive: false,
    credentials: [{ clientId: null, state: null }, { state: "unknown" }],
  });
  expect(world.said.err.trim().split("\n")).toEqual([
    expect.stringContaining("GENESYSCLOUD_OAUTHCLIENT_SECRET is not set"),
  ]);
});

it("an organisation that does not answer is an outside failure that names the way without it", async () => {
  world.simulator.faults.arm({
    match: { path: "/oauth/clients" },
    kind: "status",
    status: 403,
    code: "missing.permissions",
  });
  expect(await world.run("list")).toBe(3);
  expect(world.said.err).toContain("--offline");
  expect(world.said.out).toBe("");
});
