// Usage queries: what is sent, how answers are read, how long is waited.
import { GenesysResponseError } from "../../../genesys/errors";
import type { ApiRequest, GenesysClient } from "../../../genesys/client";
import { Roles } from "../../../genesys/roles";
import { Usage } from "../../../genesys/usage";
import type { z } from "zod";
import { FakeClock } from "../../fakeClock";

/** A client that gives these answers, one after the other, and the last one for ever. */
function clientOf(...answers: unknown[]): { client: GenesysClient; sent: ApiRequest[]; clock: FakeClock } {
  const sent: ApiRequest[] = [];
  const clock = new FakeClock();
  const request = <T extends z.ZodType>(one: ApiRequest, schema: T): Promise<z.infer<T>> => {
    sent.push(one);
    return Promise.resolve(schema.parse(answers.length > 1 ? answers.shift() : answers[0]));
  };
  const double = { request, clock, longestWaitMs: Infinity, announce: () => undefined };
  return { client: double as unknown as GenesysClient, sent, clock };
}
const complete = (rows: unknown[], after?: string): unknown => ({
  queryStatus: "Complete",
  results: rows,
  ...(after === undefined ? {} : { cursors: { after } }),
});
const row = (requests: number): unknown => ({ date: "2026-11-01", requests });

const interval = { from: "2026-10-01T00:00:00.000Z", to: "2026-10-31T23:59:59.000Z" };

it("starts a query by days; sent again, it changes nothing", async () => {
  const { client, sent } = clientOf({ executionId: "execution-1", resultsUri: "/ignored" });
  expect(await new Usage(client).start("client-1", interval)).toBe("execution-1");
  expect(sent).toEqual([
    {
      method: "POST",
      path: "/api/v2/oauth/clients/client-1/usage/query",
      body: { interval: "2026-10-01T00:00:00Z/2026-10-31T23:59:59Z", granularity: "Day" },
    },
  ]);
});

it("refuses an execution id that would be another path", async () => {
  const { client } = clientOf({ executionId: "../../roles" });
  await expect(new Usage(client).start("client-1", interval)).rejects.toThrow();
});

it.each([
  ["the count", { requests: 7, status200: 1 }, 7],
  [
    "the statuses where there is no count; 429 is a part of 400",
    { status200: 4, status400: 3, status429: 2 },
    7,
  ],
  ["the statuses where the count is no number", { requests: "many", status300: 2, status500: 1 }, 3],
  ["no figure as not known", {}, NaN],
])("reads %s", async (_what, figures, requests) => {
  const { client } = clientOf(complete([{ date: "2026-11-01", clientId: "client-1", ...figures }]));
  expect(await new Usage(client).collect("client-1", "e1")).toEqual([{ date: "2026-11-01", requests }]);
});

it("waits longer and longer while the query runs, and follows pages", async () => {
  const running = { queryStatus: "Running" };
  const { client, sent, clock } = clientOf(
    running,
    running,
    complete([row(1)], "next"),
    running,
    complete([row(2)]),
  );
  const rows = await new Usage(client).collect("client-1", "e1");
  expect(rows.map(({ requests }) => requests)).toEqual([1, 2]);
  expect(clock.sleptMs).toEqual([1000, 2000, 1000]);
  expect(sent.map(({ query }) => query)).toEqual([
    undefined,
    undefined,
    undefined,
    { after: "next" },
    { after: "next" },
  ]);
});

it("counts no page twice where the cursor is not understood", async () => {
  const { client, sent } = clientOf(complete([row(1)], "same"));
  expect(await new Usage(client).collect("client-1", "e1")).toHaveLength(1);
  expect(sent).toHaveLength(2);
});

it("does not follow pages for ever", async () => {
  let page = 0;
  const endless = {
    request: () => Promise.resolve(complete([row(1)], `page-${(page += 1)}`)),
  } as unknown as GenesysClient;
  await expect(new Usage(endless).collect("client-1", "e1")).rejects.toThrow(/more than 50 pages/);
  expect(page).toBe(50);
});

it("gives up on a query that fails, or never ends", async () => {
  const failed = new Usage(clientOf({ queryStatus: "Failed" }).client);
  await expect(failed.collect("client-1", "e1")).rejects.toThrow(GenesysResponseError);
  const { client, clock } = clientOf({ queryStatus: "Running" });
  await expect(new Usage(client).collect("client-1", "e1")).rejects.toThrow(/did not end within 120 s/);
  const waited = clock.sleptMs.reduce((sum, ms) => sum + ms, 0);
  expect(waited).toBeGreaterThan(100_000);
  expect(waited).toBeLessThanOrEqual(120_000);
});

it.each<[string, unknown, string[] | undefined]>([
  ["texts", ["a:b:c", "group_creation"], ["a:b:c", "group_creation"]],
  ["policies", [{ domain: "a", entityName: "b", actionSet: ["c", "d"] }], ["a:b:c", "a:b:d"]],
  ["what is neither", [7, null, "a:b:c"], ["a:b:c"]],
  ["none", [], []],
  ["no answer", undefined, undefined],
])("unused permissions as %s", async (_form, unusedPermissions, expected) => {
  const { client, sent } = clientOf({ id: "r", unusedPermissions });
  expect(await new Roles(client).unusedPermissions("role-1")).toEqual(expected);
  expect(sent[0]).toMatchObject({
    path: "/api/v2/authorization/roles/role-1",
    query: { expand: "unusedPermissions", userCount: false },
  });
});
