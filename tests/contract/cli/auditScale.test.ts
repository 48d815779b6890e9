// `audit` of a thousand OAuth clients: how often Genesys is asked, what is found nevertheless, what is left out and said to be.
import { homeDivisionId } from "../../../sandbox/genesys/seed";
import { addCredential, addRole, type AuditModel, clientId, daysAgo, roleId } from "./auditModel";
import { type AuditWorld, createAuditWorld, told } from "./auditWorld";

jest.setTimeout(180_000); // the emulated Secrets Manager is given 500 secrets first, and asked for each

/** What an audit of this size may cost, by docs/auditing.md. */
const mostRequests = 120;
const days = 30;
const stacks = { dev: { credentials: 250, roles: 28 }, prod: { credentials: 241, roles: 22 } } as const;
const former = { dev: { credentials: 14, roles: 12 }, prod: { credentials: 11, roles: 8 } } as const;

/** 991 clients in two stacks, 8 of another project, the deployer's: a thousand; and 50 roles besides `employee`. */
function large(model: AuditModel): void {
  for (const stack of ["dev", "prod"] as const) {
    const { credentials, roles } = stacks[stack];
    for (let index = former[stack].roles + 1; index <= roles; index++) {
      addRole(model, stack, index);
    }
    for (let index = former[stack].credentials + 1; index <= credentials; index++) {
      addCredential(model, stack, index, ((index - 1) % roles) + 1);
    }
  }
  model.requests.delete(clientId("prod", 200, 1));
}

describe("a thousand clients, fifty roles", () => {
  let world: AuditWorld;

  beforeAll(async () => {
    world = await createAuditWorld(large);
    const idle = clientId("prod", 200, 1);
    const used = world.model.clients.filter(({ id }) => id !== idle);
    world.simulator.organization.seed({
      usageRows: used.flatMap(({ id }) =>
        Array.from({ length: days }, (_nothing, day) => ({
          clientId: id,
          date: daysAgo(day + 1),
          requests: 1,
        })),
      ),
    });
  });
  beforeEach(() => {
    world.simulator.requestLog.clear();
    world.simulator.faults.clear();
    world.folder.clock.sleptMs.length = 0;
    // Each audit has a minute of the deployer's budget for itself.
    world.folder.clock.advance(60_000);
  });
  afterAll(() => world.stop());

  it("a thousand clients, fifty roles: at most 120 requests, no wait, everything looked at", async () => {
    const { report } = await world.audit();
    expect(report.credentials.flatMap(({ clients }) => clients)).toHaveLength(982);
    expect(told(report.findings)).toEqual(["unused-client prod/job-200"]);
    expect(report.notChecked).toEqual([]);
    const { requestLog } = world.simulator;
    expect(requestLog.count({ path: /usage\/aggregates/ })).toBe(1 + Math.ceil((991 * days) / 1000));
    expect(requestLog.count({ path: /usage\/(client|query)|oauth\/clients\/.*\/usage/ })).toBe(0);
    expect(requestLog.count()).toBeLessThanOrEqual(mostRequests);
    expect(world.folder.clock.sleptMs).toEqual([]);
  });

  it("somebody who watches is told how many pages there are to read, and about how long it takes", async () => {
    const { clock } = world.folder;
    // Each answer about usage takes a second.
    const { organization } = world.simulator;
    const answer = organization.usageJobs.poll.bind(organization.usageJobs);
    organization.usageJobs.poll = (...asked) => {
      clock.advance(1000);
      return answer(...asked);
    };
    const { err } = await world.runUnredacted([], true);
    delete (organization.usageJobs as { poll?: unknown }).poll;
    expect(err).toMatch(/\u001b\[Kusage: page 3 of about 30, about \d+ s left\r/);
    expect(err).toMatch(/usage: page 30 of about 30\r\u001b\[K$/);
  });

  it("among many clients a role that one was given past its settings is found by its number of roles", async () => {
    const { organization } = world.simulator;
    organization.setSwitches({ separateGrantStores: true });
    const [role] = organization.describe().roles.filter(({ name }) => name === "admin");
    const subjectId = clientId("dev", 77, 1);
    const pair = { roleId: role!.id, divisionId: homeDivisionId };
    organization.seed({ grants: [{ subjectId, ...pair }] });
    const { report } = await world.audit("--no-usage");
    organization.seed({ grants: [{ subjectId, ...pair, deleted: true }] });
    organization.setSwitches({ separateGrantStores: false });
    expect(told(report.findings)).toEqual(["undeclared-grant dev/job-77"]);
    expect(report.notChecked).toEqual([]);
    expect(world.simulator.requestLog.count()).toBeLessThanOrEqual(mostRequests);
  });

  it("where numbers of roles are not told, clients are asked one by one within the bound, and the rest is said to be left out", async () => {
    const match = { path: "rolecounts" };
    world.simulator.faults.arm({ match, kind: "status", status: 404, times: "always" });
    const { report } = await world.audit("--no-usage");
    expect(world.simulator.requestLog.count()).toBeLessThanOrEqual(mostRequests);
    const lines = report.notChecked.map(({ what, reason }) => `${what}: ${reason}`);
    expect(lines).toEqual([
      expect.stringMatching(
        /^roles given past the settings of OAuth clients \(\d+ more\): left out, to keep the audit at about 120 requests; --requests \d+ asks for all$/,
      ),
      expect.stringMatching(/^unused permissions of roles \(51 more\): left out/),
    ]);
    // What it says to do helps.
    const [, enough = ""] = /--requests (\d+)/.exec(lines[0]!) ?? [];
    const whole = await world.audit("--no-usage", "--requests", enough);
    expect(whole.report.notChecked).toEqual([]);
  });
});

it("of many roles those that a stack made are asked for first, and the rest is said to be left out", async () => {
  const world = await createAuditWorld((model) => {
    model.clients
      .find(({ id }) => id === clientId("dev", 1, 1))!
      .roleDivisions!.push({
        roleId: roleId("dev", 2),
        divisionId: homeDivisionId,
      });
  });
  const { report } = await world.audit("--requests", "89");
  expect(report.notChecked).toMatchObject([
    { what: "unused permissions of roles (1 more)", reason: expect.stringContaining("--requests 90 ") },
  ]);
  const asked = world.simulator.requestLog.find({ path: /expand=unusedPermissions/ });
  expect(asked.some(({ path }) => path.includes("70000000-"))).toBe(false);
  await world.stop();
  expect(report.credentials[0]!.permissions!.filter(({ isUnused }) => isUnused === null)).not.toEqual([]);
});
