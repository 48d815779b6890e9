// Usage by jobs: /api/v2/usage/aggregates/query/jobs for a whole organisation, /api/v2/usage/client/{id}/… for a single client (docs/genesys-api.md 3.11).
import { z } from "zod";

import { oneLine } from "../common/oneLine";
import { apiPath } from "./apiPath";
import type { GenesysClient } from "./client";
import { GenesysApiError, unexpectedAnswer } from "./errors";
import { httpStatus } from "./httpStatus";
import { cursorOf } from "./listing";
import { poll } from "./polling";
import { intervalText, type UsageInterval } from "./usageInterval";
import { readUsageEntity, type UsageEntity } from "./usageEntity";
import { errorBodySchema, idSchema } from "./wire";

const organizationJobsPath = "/api/v2/usage/aggregates/query/jobs";
const clientJobsPath = "/api/v2/usage/client/{id}/aggregates/query/jobs";

/** Rows on a page: the largest allowed (docs/genesys-api.md 3.11). */
export const usagePageSize = 1000;
/** Pages of one job that are followed: 90 days of 5,000 clients. */
const maximumPages = 500;
/** How long a job may work altogether. Milliseconds. */
const patienceMs = 300_000;

/** Ends of a job, the former requests' word for success among them; in every other state it is still at work. */
export const doneStates: ReadonlySet<string> = new Set(["SUCCEEDED", "COMPLETE"]);
export const lostStates: ReadonlySet<string> = new Set(["FAILED", "CANCELLED"]);

/** Answers to the start of a job that say: this way is not open, ask another one. A refused interval is among them. */
const notOpenStatuses: ReadonlySet<number> = new Set([
  httpStatus.badRequest,
  httpStatus.forbidden,
  httpStatus.notFound,
  httpStatus.methodNotAllowed,
  httpStatus.gone,
  httpStatus.notImplemented,
]);

/** OrganizationPublicApiUsageResultsResponse and ClientPublicApiUsageResultsResponse. */
export const pageSchema = z.looseObject({
  queryStatus: z.string().nullish().catch(undefined),
  errorBody: errorBodySchema.nullish().catch(undefined),
  entities: z.array(z.unknown()).nullish(),
  nextUri: z.string().nullish(),
});
type UsagePage = z.infer<typeof pageSchema>;

/** What whoever waits is told: how long the job has worked, or how many pages have been read. */
export interface JobWatcher {
  readonly working?: (waitedMs: number) => void;
  readonly read?: (pages: number) => void;
}

/** Whether a job could not be started because there are no such jobs for this caller. */
export function isNotOpen(error: unknown): boolean {
  return error instanceof GenesysApiError && notOpenStatuses.has(error.details.status);
}

export class UsageJobs {
  constructor(private readonly client: GenesysClient) {}

  /** Starts a job over all clients, by client and day. It changes nothing, so it may be sent again. Needs usage:organization:view. */
  startOfOrganization(interval: UsageInterval): Promise<string> {
    return start(this.client, organizationJobsPath, interval, { groupBy: ["OauthClientId"] });
  }

  /** The same over one client, by day. Needs usage:client:view. */
  startOfClient(clientId: string, interval: UsageInterval): Promise<string> {
    return start(this.client, apiPath(clientJobsPath, { id: clientId }), interval, {});
  }

  /** Waits for a job of the organisation, and gives all of its rows. @throws GenesysResponseError when it did not end well, or not whole */
  collectOfOrganization(jobId: string, watcher?: JobWatcher): Promise<readonly UsageEntity[]> {
    return collect(this.client, apiPath(`${organizationJobsPath}/{job}`, { job: jobId }), watcher);
  }

  /** The same of a job of one client. */
  collectOfClient(clientId: string, jobId: string): Promise<readonly UsageEntity[]> {
    return collect(this.client, apiPath(`${clientJobsPath}/{job}`, { id: clientId, job: jobId }));
  }
}

async function start(
  client: GenesysClient,
  path: string,
  interval: UsageInterval,
  more: object,
): Promise<string> {
  const body = { interval: intervalText(interval), granularity: "Day", ...more };
  const { id } = await client.request({ method: "POST", path, body }, z.looseObject({ id: idSchema }));
  return id;
}

async function collect(
  client: GenesysClient,
  path: string,
  watcher: JobWatcher = {},
): Promise<readonly UsageEntity[]> {
  const rows: UsageEntity[] = [];
  const cursors = new Set<string>();
  let paging: { readonly after?: string } = {};
  for (let pages = 1; pages <= maximumPages; pages++) {
    const { entities, nextUri } = await page(client, path, paging, watcher);
    if (entities == null && pages === 1) {
      throw unexpectedAnswer(path, "the usage job ended without results");
    }
    for (const entity of entities ?? []) {
      rows.push(readUsageEntity(entity));
    }
    watcher.read?.(pages);
    if (nextUri == null || nextUri === "") {
      return rows;
    }
    const after = cursorOf(nextUri);
    if (after === undefined || cursors.has(after)) {
      throw unexpectedAnswer(path, "the next page of usage has no cursor of its own");
    }
    cursors.add(after);
    paging = { after };
  }
  throw unexpectedAnswer(path, `more than ${maximumPages} pages of usage`);
}

/** One page, once the job has ended. */
function page(
  client: GenesysClient,
  path: string,
  paging: { readonly after?: string },
  watcher: JobWatcher,
): Promise<UsagePage> {
  return poll(client, {
    what: "the usage job",
    path,
    patienceMs,
    tellWait: watcher.working,
    ask: () =>
      client.request({ method: "GET", path, query: { pageSize: usagePageSize, ...paging } }, pageSchema),
    hasEnded: ({ queryStatus, errorBody }) => {
      const state = queryStatus?.toUpperCase() ?? "";
      if (lostStates.has(state)) {
        const said = [errorBody?.code, errorBody?.message].filter(
          (part) => part !== undefined && part !== "",
        );
        const reason = said.length === 0 ? "" : `: ${oneLine(said.join(": "))}`;
        throw unexpectedAnswer(path, `the usage job ended as ${state.toLowerCase()}${reason}`);
      }
      return doneStates.has(state);
    },
  });
}
