// Usage of an OAuth client: /api/v2/oauth/clients/{id}/usage (docs/genesys-api.md 3.11): a query is started, then polled.
import { msPerSecond } from "../common/clock";
import { z } from "zod";

import { apiPath } from "./apiPath";
import type { GenesysClient } from "./client";
import { unexpectedAnswer } from "./errors";
import { idSchema } from "./wire";

/** What is asked for: ISO instants. */
export interface UsageInterval {
  readonly from: string;
  readonly to: string;
}

/** Requests of one day, or of a part of it: several rows may have one day. */
export interface UsageRow {
  /** As Genesys writes it: a day or an instant. */
  readonly date: string;
  readonly requests: number;
}

const queryPath = "/api/v2/oauth/clients/{id}/usage/query";
const resultsPath = `${queryPath}/results/{execution}`;

/** The first wait for a running query; it doubles up to the longest one. Milliseconds. */
const firstWaitMs = 1000;
const longestWaitMs = 8000;
/** How long a query may run altogether. Milliseconds. */
const patienceMs = 120_000;
/** Pages of one answer that are followed; a year of days is a few hundred rows. */
const maximumPages = 50;

const count = z.number().min(0).nullish().catch(undefined);

/** ApiUsageRow. `status429` is a part of `status400`. */
const rowSchema = z
  .looseObject({
    date: z.string(),
    requests: count,
    status200: count,
    status300: count,
    status400: count,
    status500: count,
  })
  .transform(({ date, requests, status200, status300, status400, status500 }): UsageRow => ({
    date,
    requests: requests ?? [status200, status300, status400, status500].reduce<number>(add, 0),
  }));

const resultSchema = z.looseObject({
  queryStatus: z.string().nullish(),
  results: z.array(rowSchema).nullish(),
  cursors: z.looseObject({ after: z.string().nullish() }).nullish(),
});
type UsageResult = z.infer<typeof resultSchema>;

export class Usage {
  constructor(private readonly client: GenesysClient) {}

  /** Starts a query by days and gives its execution id. It changes nothing, so it may be sent again. Needs oauth:client:view. */
  async start(clientId: string, { from, to }: UsageInterval): Promise<string> {
    const { executionId } = await this.client.request(
      {
        method: "POST",
        path: apiPath(queryPath, { id: clientId }),
        body: { interval: `${from}/${to}`, granularity: "Day" },
      },
      z.looseObject({ executionId: idSchema }),
    );
    return executionId;
  }

  /**
   * Waits for a query that was started, and gives all of its rows. Needs oauth:client:view.
   * @throws GenesysResponseError when the query failed or ran too long
   */
  async collect(clientId: string, executionId: string): Promise<readonly UsageRow[]> {
    const path = apiPath(resultsPath, { id: clientId, execution: executionId });
    const rows: UsageRow[] = [];
    let after: string | undefined;
    for (let page = 1; page <= maximumPages; page++) {
      const { results, cursors } = await finished(this.client, path, after);
      const next = cursors?.after ?? undefined;
      if (next !== undefined && next === after) {
        return rows; // the cursor was not understood: this is the same page once more
      }
      rows.push(...(results ?? []));
      if (next === undefined || next === "") {
        return rows;
      }
      after = next;
    }
    throw unexpectedAnswer(path, `more than ${maximumPages} pages of usage`);
  }
}

/** One page of the results, once the query has ended. */
async function finished(
  client: GenesysClient,
  path: string,
  after: string | undefined,
): Promise<UsageResult> {
  let waitedMs = 0;
  for (let waitMs = firstWaitMs; ; waitMs = Math.min(longestWaitMs, waitMs * 2)) {
    const result = await client.request(
      { method: "GET", path, ...(after === undefined ? {} : { query: { after } }) },
      resultSchema,
    );
    const status = result.queryStatus?.toUpperCase();
    if (status === "COMPLETE" || (status === undefined && result.results != null)) {
      return result;
    }
    if (status === "FAILED") {
      throw unexpectedAnswer(path, "the usage query failed");
    }
    if (waitedMs + waitMs > patienceMs) {
      throw unexpectedAnswer(path, `the usage query did not end within ${patienceMs / msPerSecond} s`);
    }
    await client.clock.sleep(waitMs);
    waitedMs += waitMs;
  }
}

function add(sum: number, more: number | null | undefined): number {
  return sum + (more ?? 0);
}
