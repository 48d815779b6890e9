// Usage of an OAuth client by the former way: /api/v2/oauth/clients/{id}/usage (docs/genesys-api.md 3.11), a query that is started, then polled.
import { z } from "zod";

import { apiPath } from "./apiPath";
import type { GenesysClient } from "./client";
import { unexpectedAnswer } from "./errors";
import { poll } from "./polling";
import { intervalText, type UsageInterval } from "./usageInterval";
import { requestCount, requestsOf, statusFields, type UsageRow } from "./usageRows";
import { idSchema } from "./wire";

const queryPath = "/api/v2/oauth/clients/{id}/usage/query";
const resultsPath = `${queryPath}/results/{execution}`;

/** How long a query may run altogether. Milliseconds. */
const patienceMs = 120_000;
/** Pages of one answer that are followed; a year of days is a few hundred rows. */
const maximumPages = 50;

/** ApiUsageRow. */
const rowSchema = z
  .looseObject({ date: z.string(), requests: requestCount, ...statusFields })
  .transform(({ date, requests, ...statuses }): UsageRow => ({
    date,
    requests: requestsOf(requests, statuses) ?? NaN,
  }));

/** ApiUsageQueryResult. */
export const resultSchema = z.looseObject({
  queryStatus: z.string().nullish(),
  results: z.array(rowSchema).nullish(),
  cursors: z.looseObject({ after: z.string().nullish() }).nullish(),
});
type UsageResult = z.infer<typeof resultSchema>;

export class Usage {
  constructor(private readonly client: GenesysClient) {}

  /** Starts a query by days and gives its execution id. It changes nothing, so it may be sent again. Needs oauth:client:view. */
  async start(clientId: string, interval: UsageInterval): Promise<string> {
    const { executionId } = await this.client.request(
      {
        method: "POST",
        path: apiPath(queryPath, { id: clientId }),
        body: { interval: intervalText(interval), granularity: "Day" },
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
function finished(client: GenesysClient, path: string, after: string | undefined): Promise<UsageResult> {
  return poll(client, {
    what: "the usage query",
    path,
    patienceMs,
    ask: () =>
      client.request(
        { method: "GET", path, ...(after === undefined ? {} : { query: { after } }) },
        resultSchema,
      ),
    hasEnded: ({ queryStatus, results }) => {
      const status = queryStatus?.toUpperCase();
      if (status === "FAILED") {
        throw unexpectedAnswer(path, "the usage query failed");
      }
      return status === "COMPLETE" || (status === undefined && results != null);
    },
  });
}
