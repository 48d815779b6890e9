// Usage jobs by Genesys's own JavaScript SDK: what is asked, how a job stands, its pages, and what is refused.
import platformClient from "purecloud-platform-client-v2";
import { deployerClientId, deployerClientSecret, deployerRoleId } from "../../../sandbox/genesys/seed";
import { type GenesysSimulator, startGenesysSimulator } from "../../../sandbox/genesys/server";
import { FakeClock } from "../../fakeClock";

const api = platformClient.ApiClient.instance;
const usage = new platformClient.UsageApi();

const otherClient = "0f5d1d86-6d3b-4a39-9c0e-000000000001";
const october = "2026-10-01T00:00:00/2026-10-31T23:59:59";

let simulator: GenesysSimulator;

beforeEach(async () => {
  simulator = await startGenesysSimulator({ clock: new FakeClock() });
  api.setGateway({ host: "127.0.0.1", protocol: "http", port: simulator.port });
  await api.loginClientCredentialsGrant(deployerClientId, deployerClientSecret);
});

afterEach(async () => {
  await simulator.stop();
});

function seedRows(...rows: readonly object[]): void {
  const usageRows = rows.map((row) => ({ clientId: deployerClientId, date: "2026-10-30", ...row }));
  simulator.organization.seed({ usageRows });
}

async function rowsOf(
  body: platformClient.Models.OrganizationPublicApiUsageQueryRequest,
): Promise<platformClient.Models.OrganizationPublicApiUsage[]> {
  const job = await usage.postUsageAggregatesQueryJobs(body);
  const result = await usage.getUsageAggregatesQueryJob(job.id);
  expect(result.queryStatus).toBe("Succeeded");
  return result.entities!;
}

test("all clients by client and day; what is of one client and day is put together", async () => {
  seedRows(
    { requests: 3, status200: 3, httpMethod: "GET", templateUri: "/api/v2/users" },
    { requests: 4, status200: 1, status400: 3, httpMethod: "POST", templateUri: "/api/v2/users" },
    { requests: 5, date: "2026-10-31T23:00:00Z" },
    { requests: 6, clientId: otherClient },
    { requests: 99, date: "2026-09-30T23:59:59Z" },
  );
  const rows = await rowsOf({ interval: october, granularity: "Day", groupBy: ["OauthClientId"] });
  expect(rows.map(({ date, requestCount, oauthClient }) => [date, requestCount, oauthClient?.id])).toEqual([
    ["2026-10-30", 7, deployerClientId],
    ["2026-10-31", 5, deployerClientId],
    ["2026-10-30", 6, otherClient],
  ]);
  expect(rows[0]).toMatchObject({
    status200: 4,
    status400: 3,
    oauthClient: { name: "credentials-deployer" },
  });
  expect(rows[0]).not.toHaveProperty("httpMethod");
});

test("other groups, weeks and months, and only what is asked for", async () => {
  seedRows(
    { requests: 3, httpMethod: "GET", templateUri: "/api/v2/users" },
    { requests: 4, httpMethod: "POST", templateUri: "/api/v2/users" },
    { requests: 5, httpMethod: "GET", date: "2026-10-28" },
    { requests: 6, clientId: otherClient, httpMethod: "GET" },
  );
  const asked = { interval: october, oauthClientIds: [deployerClientId] };
  const byMethod = await rowsOf({ ...asked, granularity: "Week", groupBy: ["HttpMethod"] });
  expect(byMethod.map(({ date, httpMethod, requestCount }) => [date, httpMethod, requestCount])).toEqual([
    ["2026-10-26", "GET", 8],
    ["2026-10-26", "POST", 4],
  ]);
  expect(byMethod[0]).not.toHaveProperty("oauthClient");
  const byMonth = await rowsOf({ ...asked, granularity: "Month", groupBy: ["OauthClientId"] });
  expect(byMonth.map(({ date, requestCount }) => [date, requestCount])).toEqual([["2026-10-01", 12]]);
  const single = await rowsOf({ ...asked, httpMethods: ["GET"] });
  expect(single.map(({ requestCount }) => requestCount)).toEqual([3, 5]);
});

test("the present day has no figures, whatever is asked", async () => {
  seedRows({ requests: 3, date: "2026-11-01T08:00:00Z" }, { requests: 1, date: "2026-10-31T23:59:59Z" });
  const rows = await rowsOf({
    interval: "2026-10-31T00:00:00/2026-11-01T23:59:59",
    groupBy: ["OauthClientId"],
  });
  expect(rows.map(({ requestCount }) => requestCount)).toEqual([1]);
});

test("pages of 100, or of up to 1000, each with the way to the next one", async () => {
  const clients = 250;
  seedRows(
    ...Array.from({ length: clients }, (_nothing, index) => ({ clientId: `c-${index}`, requests: 1 })),
  );
  const job = await usage.postUsageAggregatesQueryJobs({ interval: october, groupBy: ["OauthClientId"] });
  const sizes: number[] = [];
  const ids = new Set<string>();
  let after: string | undefined;
  do {
    const page = await usage.getUsageAggregatesQueryJob(job.id, after === undefined ? {} : { after });
    sizes.push(page.entities!.length);
    page.entities!.forEach(({ oauthClient }) => ids.add(oauthClient!.id!));
    after =
      page.nextUri === undefined ? undefined : new URLSearchParams(page.nextUri.split("?")[1]).get("after")!;
  } while (after !== undefined);
  expect([sizes, ids.size]).toEqual([[100, 100, 50], clients]);
  const whole = await usage.getUsageAggregatesQueryJob(job.id, { pageSize: 1000 });
  expect([whole.entities!.length, whole.nextUri]).toEqual([clients, undefined]);
  const refused = { status: 400, code: "invalid.query.param.value" };
  await expect(usage.getUsageAggregatesQueryJob(job.id, { pageSize: 1001 })).rejects.toMatchObject(refused);
  await expect(usage.getUsageAggregatesQueryJob(job.id, { after: "nothing" })).rejects.toMatchObject(refused);
});

test("a job is queued, runs, and ends", async () => {
  simulator.organization.setSwitches({ usageRunningPolls: 2 });
  const job = await usage.postUsageAggregatesQueryJobs({ interval: october });
  const states: string[] = [];
  for (let poll = 0; poll < 3; poll += 1) {
    states.push((await usage.getUsageAggregatesQueryJob(job.id)).queryStatus);
  }
  expect(states).toEqual(["Queued", "Running", "Succeeded"]);
});

test("one client by a job of its own", async () => {
  seedRows({ requests: 3 }, { requests: 6, clientId: otherClient });
  const body = { interval: october, granularity: "Day", groupBy: ["OauthClientId"] };
  const job = await usage.postUsageClientClientIdAggregatesQueryJobs(deployerClientId, body);
  const { entities } = await usage.getUsageClientClientIdAggregatesQueryJob(deployerClientId, job.id);
  expect(entities).toMatchObject([{ date: "2026-10-30", requestCount: 3 }]);
  expect(entities![0]).not.toHaveProperty("oauthClient");
  const gone = { status: 404, code: "not.found" };
  await expect(usage.postUsageClientClientIdAggregatesQueryJobs("none", body)).rejects.toMatchObject(gone);
  await expect(usage.getUsageAggregatesQueryJob(job.id)).rejects.toMatchObject(gone);
});

test.each([
  ["more than 90 days", { interval: "2026-07-01T00:00:00/2026-10-31T23:59:59" }, "bad.request"],
  ["a start more than a year ago", { interval: "2025-10-31T00:00:00/2025-11-30T00:00:00" }, "bad.request"],
  ["an interval that is none", { interval: "October" }, "invalid.date"],
  ["no interval", {}, "constraint.validation"],
  ["an unknown granularity", { interval: october, granularity: "Hour" }, "invalid.value"],
  ["an unknown group", { interval: october, groupBy: ["ClientId"] }, "invalid.value"],
  ["an unknown figure", { interval: october, metrics: ["All"] }, "invalid.value"],
])("%s is refused", async (_what, body, code) => {
  const sent = body as platformClient.Models.OrganizationPublicApiUsageQueryRequest;
  await expect(usage.postUsageAggregatesQueryJobs(sent)).rejects.toMatchObject({ status: 400, code });
});

test("each job has a permission of its own", async () => {
  const body = { interval: october };
  simulator.organization.seed({ roles: [{ id: deployerRoleId, permissions: ["usage:client:view"] }] });
  await usage.postUsageClientClientIdAggregatesQueryJobs(deployerClientId, body);
  const lacking = { status: 403, code: "missing.permissions" };
  await expect(usage.postUsageAggregatesQueryJobs(body)).rejects.toMatchObject(lacking);
  simulator.organization.seed({ roles: [{ id: deployerRoleId, permissions: ["usage:organization:view"] }] });
  await usage.postUsageAggregatesQueryJobs(body);
  await expect(
    usage.postUsageClientClientIdAggregatesQueryJobs(deployerClientId, body),
  ).rejects.toMatchObject(lacking);
});
