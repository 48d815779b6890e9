// What `audit` asks of Genesys and how often, and what it makes of usage figures.
import { homeDivisionId } from "../../../sandbox/genesys/seed";
import { clientId, daysAgo, liveClient } from "./auditModel";
import { type AuditWorld, createAuditWorld, told } from "./auditWorld";

let world: AuditWorld;
afterEach(() => world.stop());

describe("requests", () => {
  /** Token, identity, clients, roles, divisions, home division, catalogue. */
  const lists = 7;
  /** One for each client of a credential, one for each role that they hold (employee is held by all). */
  const managed = 50 + 20 + 1;

  it("two for each client besides", async () => {
    world = await createAuditWorld();
    await world.run();
    expect(world.simulator.requestLog.count()).toBe(lists + managed + 2 * 59);
    const methods = world.simulator.requestLog.entries.map(({ method, path }) => `${method} ${path}`);
    const writes = methods.filter((request) => !request.startsWith("GET "));
    expect(writes.filter((request) => !/^POST .*\/usage\/query$/.test(request))).toEqual([
      "POST /oauth/token",
    ]);
  });

  it("none of those two with --no-usage", async () => {
    world = await createAuditWorld();
    const { report } = await world.audit("--no-usage");
    expect(world.simulator.requestLog.count()).toBe(lists + managed);
    expect(report.usageWindow).toBeNull();
    expect(report.findings).toEqual([]);
  });

  it("each client more costs two, whatever it is", async () => {
    world = await createAuditWorld(({ clients }) => {
      for (const number of [1, 2, 3]) {
        clients.push({ id: `f${number}`, name: "CRM" });
      }
    });
    await world.run();
    expect(world.simulator.requestLog.count()).toBe(lists + managed + 2 * 62);
  });

  it("the budget of the deployer's token is kept, however many clients there are", async () => {
    world = await createAuditWorld(({ clients }) => {
      for (let number = 1; number <= 150; number++) {
        clients.push({ id: `f${number}`, name: "CRM", dateCreated: daysAgo(1) });
      }
    });
    expect(await world.run("--fail-on", "unused")).toBe(0);
    expect(world.simulator.requestLog.count({ status: 429 })).toBe(0);
    expect(world.simulator.requestLog.count()).toBe(lists + managed + 2 * 209);
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
    expect(report.notChecked[0]!.reason).toMatch(/the usage query did not end within 120 s/);
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
      from: "2026-10-26T00:00:00.000Z",
      to: "2026-11-01T09:00:00.000Z",
    });
    const { usage } = report.credentials[0]!.clients[0]!;
    expect(usage).toMatchObject({ total: 11, lastUsedOn: "2026-10-31" });
    expect(usage!.daily.map(({ requests }) => requests)).toEqual([0, 0, 0, 0, 9, 2, 0]);
    expect(usage!.daily[0]!.date).toBe("2026-10-26");
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
