// Usage jobs: what is sent, how rows are read, how long is waited, and that half an answer is none.
import type { z } from "zod";
import { originsOfRegion } from "../../../common/regions";
import { type ApiRequest, GenesysClient } from "../../../genesys/client";
import { GenesysApiError, GenesysResponseError } from "../../../genesys/errors";
import { readUsageEntity } from "../../../genesys/usageEntity";
import { intervalText, jobIntervals } from "../../../genesys/usageInterval";
import { isNotOpen, UsageJobs } from "../../../genesys/usageJobs";
import { FakeClock } from "../../fakeClock";

/** A client that gives these answers, one after the other, and the last one for ever. */
function clientOf(...answers: unknown[]) {
  const sent: ApiRequest[] = [];
  const told: string[] = [];
  const announce = (line: string): void => void told.push(line);
  const clock = new FakeClock();
  const request = <T extends z.ZodType>(one: ApiRequest, schema: T): Promise<z.infer<T>> => {
    sent.push(one);
    return Promise.resolve(schema.parse(answers.length > 1 ? answers.shift() : answers[0]));
  };
  const double = { request, clock, announce, longestWaitMs: 300_000 };
  return { double, client: double as unknown as GenesysClient, sent, told, clock };
}

const jobPath = "/api/v2/usage/aggregates/query/jobs/job-1";
const row = (requestCount: number, id = "c1"): unknown => ({
  date: "2026-10-30",
  requestCount,
  oauthClient: { id },
});
const page = (entities: unknown, after?: string): unknown => ({
  queryStatus: "Succeeded",
  entities,
  ...(after === undefined ? {} : { nextUri: `${jobPath}?pageSize=1000&after=${after}` }),
});
const collect = (...answers: unknown[]) =>
  new UsageJobs(clientOf(...answers).client).collectOfOrganization("job-1");
const october = { from: "2026-10-01T00:00:00.000Z", to: "2026-10-31T23:59:59.000Z" };

it("asks for all clients by client and day, for one client by day", async () => {
  const { client, sent } = clientOf({ id: "job-1", resultsUri: "/ignored" });
  const jobs = new UsageJobs(client);
  expect(await jobs.startOfOrganization(october)).toBe("job-1");
  expect(await jobs.startOfClient("client-1", october)).toBe("job-1");
  const interval = "2026-10-01T00:00:00Z/2026-10-31T23:59:59Z";
  expect(sent).toEqual([
    {
      method: "POST",
      path: "/api/v2/usage/aggregates/query/jobs",
      body: { interval, granularity: "Day", groupBy: ["OauthClientId"] },
    },
    {
      method: "POST",
      path: "/api/v2/usage/client/client-1/aggregates/query/jobs",
      body: { interval, granularity: "Day" },
    },
  ]);
});

it("refuses a job id that would be another path", async () => {
  const { client, sent } = clientOf({ id: "../../roles" });
  await expect(new UsageJobs(client).startOfOrganization(october)).rejects.toThrow();
  expect(() => new UsageJobs(client).collectOfOrganization("../roles")).toThrow(/not an id/);
  expect(sent).toHaveLength(1);
});

it("reads largest pages to the last one, and tells whoever watches", async () => {
  const { client, sent } = clientOf(page([row(1), row(2)], "next"), page([row(3)], "last"), page(null));
  const read: number[] = [];
  const rows = await new UsageJobs(client).collectOfOrganization("job-1", {
    read: (pages) => read.push(pages),
  });
  expect(rows.map(({ requests }) => requests)).toEqual([1, 2, 3]);
  expect(read).toEqual([1, 2, 3]);
  expect(sent).toEqual(
    [{ pageSize: 1000 }, { pageSize: 1000, after: "next" }, { pageSize: 1000, after: "last" }].map(
      (query) => ({
        method: "GET",
        path: jobPath,
        query,
      }),
    ),
  );
});

it("waits longer and longer while the job works, in whatever words it says so", async () => {
  const { client, clock } = clientOf(
    { queryStatus: "Queued" },
    { queryStatus: "RUNNING" },
    { queryStatus: "Paused" },
    {},
    { queryStatus: 7 },
    page([row(1)]),
  );
  expect(await new UsageJobs(client).collectOfOrganization("job-1")).toHaveLength(1);
  expect(clock.sleptMs).toEqual([1000, 2000, 4000, 8000, 8000]);
});

it("says after a few seconds what is waited for, and for how long at most", async () => {
  const { client, told } = clientOf({ queryStatus: "Queued" }, { queryStatus: "Dreaming" }, page([row(1)]));
  await new UsageJobs(client).collectOfOrganization("job-1");
  expect(told).toEqual([]);
  const long = clientOf({ queryStatus: "Dreaming" });
  await expect(new UsageJobs(long.client).collectOfOrganization("job-1")).rejects.toThrow();
  expect(new Set(long.told)).toEqual(new Set(["Waiting up to 300 s for the usage job to end."]));
});

it("says the same of a thousand waits once", () => {
  const told: string[] = [];
  const client = new GenesysClient({
    origins: originsOfRegion("eu-west-1"),
    credentials: { clientId: "c1", clientSecret: "canary-secret" },
    notify: (line) => told.push(line),
  });
  client.announce("Waiting.");
  client.announce("Waiting.");
  expect(told).toEqual(["Waiting."]);
});

it.each([
  [20, 20],
  [600, 300],
])("the deployer's %d s of patience bound the wait for a job: %d s", async (seconds, within) => {
  const { double, clock } = clientOf({ queryStatus: "Dreaming" });
  const client = { ...double, longestWaitMs: seconds * 1000 } as unknown as GenesysClient;
  await expect(new UsageJobs(client).collectOfOrganization("job-1")).rejects.toThrow(
    `the usage job did not end within ${within} s`,
  );
  expect(clock.sleptMs.reduce((sum, ms) => sum + ms, 0)).toBeLessThanOrEqual(within * 1000);
});

it("gives up on a job that never ends", async () => {
  const { client, clock } = clientOf({ queryStatus: "Running", entities: [row(1)] });
  await expect(new UsageJobs(client).collectOfOrganization("job-1")).rejects.toThrow(
    /the usage job did not end within 300 s/,
  );
  expect(clock.sleptMs.reduce((sum, ms) => sum + ms, 0)).toBeLessThanOrEqual(300_000);
});

it.each<[string, unknown[], RegExp]>([
  ["a job that failed", [{ queryStatus: "Failed", entities: [row(1)] }], /ended as failed$/],
  [
    "a job that failed, and says why",
    [{ queryStatus: "FAILED", errorBody: { code: "too.large", message: "Too\nmuch" } }],
    /ended as failed: too\.large: Too much/,
  ],
  ["a job that somebody cancelled", [{ queryStatus: "Cancelled" }], /ended as cancelled/],
  ["no results", [page(null)], /without results/],
  ["a failure after the first page", [page([row(1)], "next"), { queryStatus: "Failed" }], /ended as failed/],
  [
    "a next page without a cursor",
    [{ ...(page([]) as object), nextUri: "/x?page=2" }],
    /no cursor of its own/,
  ],
  ["the same page for ever", [page([row(1)], "same")], /no cursor of its own/],
])("%s is no answer", async (_what, answers, words) => {
  await expect(collect(...answers)).rejects.toThrow(GenesysResponseError);
  await expect(collect(...answers)).rejects.toThrow(words);
});

it("does not follow pages for ever", async () => {
  let number = 0;
  const request = (_one: ApiRequest, schema: z.ZodType): Promise<unknown> =>
    Promise.resolve(schema.parse(page([], `after-${(number += 1)}`)));
  const endless = { request, clock: new FakeClock() } as unknown as GenesysClient;
  await expect(new UsageJobs(endless).collectOfOrganization("job-1")).rejects.toThrow(/more than 500 pages/);
  expect(number).toBe(500);
});

describe("a row", () => {
  const owner = { clientId: "c1" };
  it.each<[string, unknown, object]>([
    ["a count", row(7), { owner, date: "2026-10-30", requests: 7 }],
    [
      "statuses where there is no count; 429 is a part of 400",
      { date: "2026-10-30", status200: 4, status400: 3, status429: 2, oauthClient: { id: "c1" } },
      { owner, date: "2026-10-30", requests: 7 },
    ],
    ["a client by its id alone", { date: "2026-10-30", requestCount: 1, oauthClient: "c1" }, { owner }],
    ["no figure at all", { date: "2026-10-30", oauthClient: { id: "c1" } }, { owner, requests: undefined }],
    ["a count that is none", { ...(row(1) as object), requestCount: "many" }, { owner, requests: undefined }],
    ["a count below nothing", row(-1), { owner, requests: undefined }],
    ["no date", { requestCount: 1, oauthClient: { id: "c1" } }, { owner, date: undefined }],
    ["a date that is none", { ...(row(1) as object), date: "yesterday" }, { owner, date: undefined }],
    ["requests of no client", { date: "2026-10-30", requestCount: 1 }, { owner: "no client", requests: 1 }],
    ["a client that is null", { ...(row(1) as object), oauthClient: null }, { owner: "no client" }],
    [
      "a client without an id",
      { ...(row(1) as object), oauthClient: { name: "x" } },
      { owner: "unreadable" },
    ],
    ["a client of another form", { ...(row(1) as object), oauthClient: 7 }, { owner: "unreadable" }],
    ["nothing", null, { owner: "unreadable" }],
    ["a text", "row", { owner: "unreadable" }],
  ])("of %s", (_what, raw, expected) => {
    expect(readUsageEntity(raw)).toMatchObject(expected);
  });
});

describe("intervals", () => {
  const interval = (from: string, to: string) => ({
    from: `${from}T00:00:00.000Z`,
    to: `${to}T23:59:59.000Z`,
  });

  it("are whole days in UTC, both ends among them", () => {
    expect(intervalText(october)).toBe("2026-10-01T00:00:00Z/2026-10-31T23:59:59Z");
  });

  it.each([
    ["a day", interval("2026-10-31", "2026-10-31"), [["2026-10-31", "2026-10-31"]]],
    ["90 days", interval("2026-08-03", "2026-10-31"), [["2026-08-03", "2026-10-31"]]],
    [
      "91 days",
      interval("2026-08-02", "2026-10-31"),
      [
        ["2026-08-02", "2026-10-30"],
        ["2026-10-31", "2026-10-31"],
      ],
    ],
    [
      "a year",
      interval("2025-11-01", "2026-10-31"),
      [
        ["2025-11-01", "2026-01-29"],
        ["2026-01-30", "2026-04-29"],
        ["2026-04-30", "2026-07-28"],
        ["2026-07-29", "2026-10-26"],
        ["2026-10-27", "2026-10-31"],
      ],
    ],
  ])("of %s", (_what, asked, expected) => {
    expect(jobIntervals(asked)).toEqual(expected.map(([from = "", to = ""]) => interval(from, to)));
  });
});

it.each([
  [400, true],
  [403, true],
  [404, true],
  [405, true],
  [410, true],
  [501, true],
  [401, false],
  [429, false],
  [500, false],
])("a start that is answered %i means that another way is asked: %p", (status, expected) => {
  const details = { method: "POST", path: "/", status, apiCode: "", apiMessage: "" };
  const error = new GenesysApiError({ ...details, correlationId: undefined, retryAfterSeconds: undefined });
  expect(isNotOpen(error)).toBe(expected);
  expect(isNotOpen(new Error("no"))).toBe(false);
});
