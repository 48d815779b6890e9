// What `audit` asks of Genesys and how often, and what it makes of usage figures.
import { deployerPermissions, deployerRoleId, homeDivisionId } from "../../../sandbox/genesys/seed";
import { clientId, daysAgo, liveClient } from "./auditModel";
import { type AuditWorld, createAuditWorld, told } from "./auditWorld";

let world: AuditWorld;
afterEach(() => world.stop());

describe("requests", () => {
  /** Token, identity, clients, roles, divisions, home division, catalogue. */
  const lists = 7;
  /** One for each client of a credential, one for each role that they hold (employee is held by all). */
  const managed = 50 + 20 + 1;
  /** One to start the job, one for its only page. */
  const job = 2;

  it("two for the usage of all clients", async () => {
    world = await createAuditWorld();
    await world.run();
    expect(world.simulator.requestLog.count()).toBe(lists + managed + job);
    const methods = world.simulator.requestLog.entries.map(({ method, path }) => `${method} ${path}`);
    const writes = methods.filter((request) => !request.startsWith("GET "));
    expect(writes.sort()).toEqual(["POST /api/v2/usage/aggregates/query/jobs", "POST /oauth/token"]);
  });

  it("none of those two with --no-usage", async () => {
    world = await createAuditWorld();
    const { report } = await world.audit("--no-usage");
    expect(world.simulator.requestLog.count()).toBe(lists + managed);
    expect(report.usageWindow).toBeNull();
    expect(report.findings).toEqual([]);
  });

  it("each client more costs nothing, whatever it is", async () => {
    world = await createAuditWorld(({ clients }) => {
      for (const number of [1, 2, 3]) {
        clients.push({ id: `f${number}`, name: "CRM" });
      }
    });
    await world.run();
    expect(world.simulator.requestLog.count()).toBe(lists + managed + job);
  });

  it("a job for each 90 days of a long window, and no day asked twice", async () => {
    world = await createAuditWorld();
    await world.run("--unused-days", "200");
    const jobs = world.simulator.organization.store.state.usageJobs!;
    const day = (ms: number): string => new Date(ms).toISOString().replace(".000Z", "");
    expect(jobs.map(({ from, to }) => [day(from), day(to)])).toEqual([
      ["2026-04-15T00:00:00", "2026-07-13T23:59:59"],
      ["2026-07-14T00:00:00", "2026-10-11T23:59:59"],
      ["2026-10-12T00:00:00", "2026-10-31T23:59:59"],
    ]);
  });
});

describe("where there is no job for all clients", () => {
  /** The deployer's own client is one of them. */
  const clients = 59;

  it("each is asked for, which is told in one line, and all the same is found", async () => {
    world = await createAuditWorld(({ requests }) => requests.delete(clientId("dev", 8, 1)));
    world.simulator.organization.setSwitches({ usageEndpoints: "queries" });
    const { report } = await world.audit();
    expect(told(report.findings)).toEqual(["unused-client dev/job-8"]);
    expect(report.notChecked).toEqual([]);
    expect(world.folder.said.err).toMatch(
      /^Auditing: usage is asked client by client, two requests for each of 59, since one job for all was refused: POST \/api\/v2\/usage\/aggregates\/query\/jobs was answered 404 not\.found.*\.\n$/,
    );
    const asked = world.simulator.requestLog.count({ path: /oauth\/clients\/.*\/usage\/query/ });
    expect(asked).toBe(2 * clients);
    expect(world.simulator.requestLog.count({ path: /usage\/(client|aggregates)\// })).toBe(1);
  });

  it.each([403, 405, 400])("an answer of %i to its start means that, too", async (status) => {
    world = await createAuditWorld();
    const match = { method: "POST", path: "usage/aggregates" };
    world.simulator.faults.arm({ match, kind: "status", status, times: "always" });
    const { report } = await world.audit();
    expect([report.findings, report.notChecked]).toEqual([[], []]);
    expect(report.credentials[0]!.clients[0]!.usage!.total).toBe(1);
  });

  it("a deployer that may not see the organisation's usage is told what would make it short, and that is true", async () => {
    world = await createAuditWorld();
    const { organization } = world.simulator;
    const allow = (permissions: readonly string[]): void => {
      organization.seed({ roles: [{ id: deployerRoleId, permissions: [...permissions] }] });
    };
    allow(deployerPermissions.filter((permission) => !permission.startsWith("usage:")));
    const { report } = await world.audit();
    expect([report.findings, report.notChecked]).toEqual([[], []]);
    expect(world.folder.said.err).toMatch(/403 .*; with usage:organization:view in a role of the deployer/);
    allow([
      ...deployerPermissions.filter((permission) => !permission.startsWith("usage:")),
      "usage:organization:view",
    ]);
    await world.audit();
    expect(world.folder.said.err).toBe("");
  });

  it("jobs of a client take the place of the former requests where those are gone", async () => {
    world = await createAuditWorld(({ requests }) => requests.delete(clientId("dev", 8, 1)));
    world.simulator.organization.setSwitches({ usageEndpoints: "jobs" });
    const match = { method: "POST", path: "usage/aggregates" };
    world.simulator.faults.arm({ match, kind: "status", status: 404, times: "always" });
    const { report } = await world.audit("--unused-days", "100");
    expect(told(report.findings)).toEqual([]); // everything is younger than that
    expect(report.credentials[0]!.clients[0]!.usage!.total).toBe(1);
    expect(report.notChecked).toEqual([]);
    // Once by the former way; then two intervals, each with a start and an answer.
    expect(world.simulator.requestLog.count({ path: /oauth\/clients\/.*\/usage\// })).toBe(1);
    expect(world.simulator.requestLog.count({ path: /usage\/client\// })).toBe(4 * clients);
  });

  it("the budget of the deployer's token is kept, however many clients there are", async () => {
    world = await createAuditWorld(({ clients: all }) => {
      for (let number = 1; number <= 150; number++) {
        all.push({ id: `f${number}`, name: "CRM", dateCreated: daysAgo(1) });
      }
    });
    world.simulator.organization.setSwitches({ usageEndpoints: "queries" });
    expect(await world.run("--fail-on", "unused")).toBe(0);
    expect(world.simulator.requestLog.count({ status: 429 })).toBe(0);
    expect(world.simulator.requestLog.count({ path: /\/usage\/query/ })).toBe(2 * 209);
  });

  it("progress tells how many clients, and how long it takes", async () => {
    world = await createAuditWorld(({ clients: all }) => {
      for (let number = 1; number <= 150; number++) {
        all.push({ id: `f${number}`, name: "CRM", dateCreated: daysAgo(1) });
      }
    });
    world.simulator.organization.setSwitches({ usageEndpoints: "queries" });
    const { err } = await world.runUnredacted([], true);
    expect(err).toMatch(/\u001b\[Kusage: client 1 of 209\r/);
    expect(err).toMatch(/\u001b\[Kusage: client 200 of 209, about \d+ s left\r/);
    expect(err).toMatch(/usage: client 209 of 209\r\u001b\[K$/);
  });
});

describe("rows of a usage job", () => {
  const id = clientId("dev", 1, 1);
  const unused = clientId("dev", 8, 1);
  const answerWith = (entities: readonly unknown[]): void => {
    const body = { queryStatus: "Succeeded", entities };
    const match = { method: "GET", path: "usage/aggregates" };
    world.simulator.faults.arm({ match, kind: "status", status: 200, body, times: "always" });
  };
  const rowOf = (clientOfRow: unknown, changes: object = {}): unknown => ({
    date: "2026-10-30",
    requestCount: 3,
    oauthClient: clientOfRow,
    ...changes,
  });
  const everybody = (): unknown[] =>
    world.model.clients
      .filter((client) => client.id !== unused)
      .map((client) => rowOf({ id: client.id.toUpperCase() }));

  it("of clients that the organisation does not list are left out and counted", async () => {
    world = await createAuditWorld();
    answerWith([...everybody(), rowOf({ id: "purecloud-builtin" }), rowOf(null), rowOf(undefined)]);
    const { report } = await world.audit();
    expect(report.usageWindow).toMatchObject({ otherRows: 3 });
    expect(told(report.findings)).toEqual(["unused-client dev/job-8"]);
    await world.run();
    expect(world.folder.said.out).toContain(
      "\nUsage: 30 days, 2026-10-02 to 2026-10-31 in UTC, without today; 3 rows of clients that the organisation does not list\n",
    );
  });

  it.each<[string, object]>([
    ["date", { date: "soon" }],
    ["number", { requestCount: "many" }],
  ])("without a %s leave their client unknown, and nobody else", async (_what, changes) => {
    world = await createAuditWorld();
    answerWith([...everybody(), rowOf({ id: unused }, changes)]);
    const { report } = await world.audit();
    expect(report.findings).toEqual([]);
    expect(report.notChecked).toMatchObject([
      {
        what: expect.stringContaining(unused),
        reason: expect.stringMatching(/no (date|number of requests) that/),
      },
    ]);
  });

  it.each<[string, object | undefined]>([
    ["no row", undefined],
    ["a row without requests", { requestCount: 0 }],
  ])("that can be of anybody leave unknown whoever has %s, and let no gate pass", async (_what, own) => {
    world = await createAuditWorld();
    const ofUnused = own === undefined ? [] : [rowOf({ id: unused }, own)];
    answerWith([...everybody(), ...ofUnused, rowOf(7), "row"]);
    const { code, report } = await world.audit("--fail-on", "unused");
    expect([code, report.findings]).toEqual([3, []]);
    expect(report.notChecked.map(({ what, reason }) => `${what}: ${reason}`)).toEqual([
      // The deployer's own client has no row either.
      "usage of 2 OAuth clients without requests: 2 rows of the usage figures may be of any client: they do not say whose they are",
    ]);
  });

  it("none of which names a client are no answer", async () => {
    world = await createAuditWorld();
    answerWith([rowOf(undefined), rowOf(null)]);
    const { code, report } = await world.audit("--fail-on", "unused");
    expect([code, report.findings]).toEqual([3, []]);
    expect(report.notChecked).toMatchObject([
      { what: "usage of 59 OAuth clients", reason: expect.stringMatching(/name no OAuth client/) },
    ]);
  });

  it("of today are not there yet: what was made today is not known, and what is used since today is said to be silent up to yesterday", async () => {
    world = await createAuditWorld((model) => {
      liveClient(model, id).dateCreated = daysAgo(0);
      model.requests.delete(id);
      model.requests.delete(unused);
    });
    world.simulator.organization.seed({
      usageRows: [id, unused].map((one) => ({ clientId: one, date: "2026-11-01T08:00:00Z", requests: 5 })),
    });
    const { report } = await world.audit("--unused-days", "1");
    expect(told(report.findings)).toEqual(["unused-client dev/job-8"]);
    expect(report.findings[0]!.problem).toBe("had no request in 1 day up to 2026-10-31 (UTC, without today)");
    expect(report.credentials[0]!.clients[0]).toMatchObject({ clientId: id, usage: null });
    expect(report.notChecked).toEqual([]);
  });
});

describe("usage", () => {
  const id = clientId("dev", 1, 1);

  it("is waited for while the query runs", async () => {
    world = await createAuditWorld();
    world.simulator.organization.setSwitches({ usageRunningPolls: 2 });
    const { report } = await world.audit("--stack", "dev");
    expect(report.notChecked).toEqual([]);
    expect(world.folder.clock.sleptMs.slice(0, 2)).toEqual([1000, 2000]);
    expect(report.credentials[0]!.clients[0]!.usage!.total).toBe(1);
  });

  it("is given up after a while", async () => {
    world = await createAuditWorld();
    world.simulator.organization.setSwitches({ usageRunningPolls: 10_000 });
    const { report } = await world.audit("--stack", "dev");
    expect(report.notChecked).toMatchObject([
      {
        what: "usage of 59 OAuth clients",
        reason: expect.stringMatching(/the usage job did not end within 300 s/),
      },
    ]);
    expect(report.findings).toEqual([]);
  });

  it("is told by days, rows of one day together, failed requests among them", async () => {
    world = await createAuditWorld(({ requests }) => requests.delete(id));
    world.simulator.organization.seed({
      usageRows: [
        { clientId: id, date: "2026-10-30T00:00:00Z", requests: 3, status200: 3 },
        { clientId: id, date: "2026-10-30", status200: 1, status400: 4, status429: 2, status500: 1 },
        { clientId: id, date: "2026-10-31T23:59:00Z", requests: 2 },
        { clientId: id, date: "2026-09-01T00:00:00Z", requests: 99 },
      ],
    });
    const { report } = await world.audit("--stack", "dev", "--unused-days", "7");
    expect(report.usageWindow).toEqual({
      days: 7,
      from: "2026-10-25T00:00:00.000Z",
      to: "2026-10-31T23:59:59.000Z",
    });
    const { usage } = report.credentials[0]!.clients[0]!;
    expect(usage).toMatchObject({ total: 11, lastUsedOn: "2026-10-31" });
    expect(usage!.daily.map(({ requests }) => requests)).toEqual([0, 0, 0, 0, 0, 9, 2]);
    expect(usage!.daily[0]!.date).toBe("2026-10-25");
  });

  it("of a client that is younger than the window says nothing", async () => {
    world = await createAuditWorld((model) => {
      model.requests.delete(id);
      liveClient(model, id).dateCreated = daysAgo(10);
    });
    expect((await world.audit()).report.findings).toEqual([]);
    const narrower = await world.audit("--unused-days", "5");
    expect(told(narrower.report.findings)).toEqual(["unused-client dev/job-1"]);
  });

  it("of the former client alone: the consumers have not taken the new secret", async () => {
    world = await createAuditWorld(({ requests }) => {
      requests.delete(id);
      requests.set(clientId("dev", 1, 0), 8);
    });
    const { report } = await world.audit();
    expect(report.findings).toMatchObject([
      { kind: "unused-client", problem: expect.stringMatching(/former client c0.* had: consumers have not/) },
    ]);
  });

  it("of a revoked credential is none by right", async () => {
    world = await createAuditWorld((model) => {
      model.requests.delete(id);
      model.stacks.dev.credentials["job-1"]!.revoked = true;
      // Revoked in Genesys; the state still says active, as before the next refresh.
      liveClient(model, id).state = "inactive";
      liveClient(model, clientId("dev", 1, 0)).state = "inactive";
    });
    const { report } = await world.audit();
    expect(report.findings).toEqual([]);
    expect(report.credentials[0]!.rotation.status).toBe("revoked");
  });
});

it("a role given past the client's own settings is one finding", async () => {
  world = await createAuditWorld();
  const { organization } = world.simulator;
  organization.setSwitches({ separateGrantStores: true });
  const [role] = organization.describe().roles.filter(({ name }) => name === "admin");
  organization.seed({
    grants: [{ subjectId: clientId("dev", 2, 1), roleId: role!.id, divisionId: homeDivisionId }],
  });
  const { report } = await world.audit();
  expect(told(report.findings)).toEqual(["undeclared-grant dev/job-2"]);
  expect(report.findings[0]!.remedy).toMatch(/given past the client's own settings/);
  const admin = report.credentials
    .find(({ credential }) => credential === "job-2")!
    .permissions!.find(({ permission }) => permission === "oauth:client:add");
  expect(admin).toMatchObject({ role: "admin", risk: "privilege escalation" });
});
