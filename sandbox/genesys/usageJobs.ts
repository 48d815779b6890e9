// Usage jobs: a question about one client or all of them, which works for a while and then has pages of aggregated rows.
import { randomUUID } from "node:crypto";
import { msPerDay, msPerSecond } from "../../common/clock";
import { type Clients } from "./clients";
import { invalidParameter, positiveInteger, type Query, single } from "./queryParameters";
import { found, notFound } from "./simulatorError";
import { type UsageJob } from "./state";
import { type Store } from "./store";
import { aggregated, type AggregatedRow } from "./usageAggregation";
import { readUsageJobRequest } from "./usageJobRequest";

/** Rows on a page when the caller asks for no size, and the most that a page has. Source: API description. */
const usualPageSize = 100;
const largestPage = 1000;

/** The jobs of the organisation. */
export class UsageJobs {
  /** Rows of jobs that have succeeded: every page is of the same answer. */
  private readonly answers = new WeakMap<UsageJob, readonly AggregatedRow[]>();

  constructor(
    private readonly store: Store,
    private readonly clients: Clients,
  ) {}

  /** @param clientId of the one client that is asked about; undefined for all. @throws SimulatorError 400, 404 */
  start(clientId: string | undefined, body: unknown): UsageJob {
    this.requireEndpoint();
    if (clientId !== undefined) {
      this.clients.require(clientId);
    }
    const request = readUsageJobRequest(body, this.store.now());
    const job: UsageJob = {
      id: randomUUID(),
      ...(clientId === undefined ? {} : { clientId }),
      ...request,
      polls: 0,
    };
    this.store.state.usageJobs = [...(this.store.state.usageJobs ?? []), job];
    this.store.changed();
    return job;
  }

  /** How a job stands, and a page of its rows once it has succeeded. @throws SimulatorError 400, 404 */
  poll(clientId: string | undefined, jobId: string, path: string, query: Query): AggregatedRow {
    this.requireEndpoint();
    const job = found(
      this.store.state.usageJobs?.find((one) => one.id === jobId && one.clientId === clientId),
      `usage job ${jobId}`,
    );
    const pageSize = positiveInteger(query, "pageSize", usualPageSize);
    if (pageSize > largestPage) {
      throw invalidParameter("pageSize", String(pageSize));
    }
    const start = offsetOf(single(query, "after"));
    const selfUri = path;
    const { usageRunningPolls, usageJobEnd } = this.store.switches;
    if (job.polls < usageRunningPolls) {
      job.polls += 1;
      this.store.changed();
      return { queryStatus: job.polls === 1 ? "Queued" : "Running", entities: [], selfUri };
    }
    if (usageJobEnd !== "Succeeded") {
      const errorBody = { message: "The query could not be completed.", code: "internal.server.error" };
      return { queryStatus: usageJobEnd, ...(usageJobEnd === "Failed" ? { errorBody } : {}), selfUri };
    }
    const rows = this.answers.get(job) ?? this.rowsOf(job);
    this.answers.set(job, rows);
    const end = start + pageSize;
    const nextUri = `${path}?pageSize=${pageSize}&after=${cursorOf(end)}`;
    return {
      queryStatus: "Succeeded",
      entities: rows.slice(start, end),
      ...(end < rows.length ? { nextUri } : {}),
      selfUri,
    };
  }

  /** Without the present day, whose figures nobody has yet. */
  private rowsOf(job: UsageJob): readonly AggregatedRow[] {
    const { state } = this.store;
    const todayMs = Math.floor(this.store.now() / msPerDay) * msPerDay;
    // Both ends belong to the interval, and figures are those of days.
    const firstMs = Math.floor(job.from / msPerDay) * msPerDay;
    const rows = state.usageRows.filter((row) => {
      const time = Date.parse(row.date);
      return (
        (job.clientId === undefined || row.clientId === job.clientId) &&
        time >= firstMs &&
        time < todayMs &&
        time < job.to + msPerSecond
      );
    });
    const names = new Map(state.clients.map(({ id, version }) => [id, version.name]));
    return aggregated(job, rows, (clientId) =>
      job.clientId === undefined
        ? {
            oauthClient: { id: clientId, name: names.get(clientId) },
          }
        : { organizationId: state.id },
    );
  }

  private requireEndpoint(): void {
    if (this.store.switches.usageEndpoints === "queries") {
      throw notFound("no such endpoint");
    }
  }
}

/** Opaque to callers. */
function cursorOf(offset: number): string {
  return Buffer.from(`row:${offset}`).toString("base64url");
}

function offsetOf(cursor: string | undefined): number {
  if (cursor === undefined) {
    return 0;
  }
  const [, digits] = /^row:(\d+)$/.exec(Buffer.from(cursor, "base64url").toString("utf8")) ?? [];
  if (digits === undefined) {
    throw invalidParameter("after", cursor);
  }
  return Number(digits);
}
