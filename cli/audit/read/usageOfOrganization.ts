// Asks for the usage of all OAuth clients by one job, and says of each client what the answer allows to be said.
import { messageOf } from "../../../common/known";
import { type GenesysClient } from "../../../genesys/client";
import { type UsageEntity } from "../../../genesys/usageEntity";
import { jobIntervals, longestJobDays } from "../../../genesys/usageInterval";
import { isNotOpen, usagePageSize, UsageJobs } from "../../../genesys/usageJobs";
import { type UsageRow } from "../../../genesys/usageRows";
import { type OAuthClientEntity } from "../../../genesys/wire";
import { counted } from "../../terminal/counted";
import { type ClientUsage } from "../auditReport";
import { type NotChecked } from "../notChecked";
import { canHaveFigures, clientUsage, type UsageWindow } from "./clientUsage";
import { tellUsageFailures, type UsageFailure } from "./usageFailures";
import { type UsageProgress } from "./usageProgress";

/** Usage by client id, and the rows that belong to no client of the organisation's list: they are left out of every figure. */
export interface UsageFigures {
  readonly byClient: ReadonlyMap<string, ClientUsage>;
  readonly otherRows: number;
}

/** Why there is no such job for this caller. */
export interface NotOpen {
  readonly error: unknown;
}

const nothingKnown: UsageFigures = { byClient: new Map(), otherRows: 0 };

/** Pages of an answer in which every client has requests on every day. */
export function expectedPages(clients: number, { days }: UsageWindow): number {
  return Math.max(1, Math.ceil((clients * days) / usagePageSize));
}

/** The requests that the job costs, but for polls of one that works for long. */
export function expectedRequests(clients: number, window: UsageWindow): number {
  return Math.ceil(window.days / longestJobDays) + expectedPages(clients, window);
}

/** What is not in the answer is in `notChecked`. Never rejects. */
export async function readUsageOfOrganization(
  genesys: GenesysClient,
  clients: readonly OAuthClientEntity[],
  window: UsageWindow,
  progress: UsageProgress,
  notChecked: NotChecked,
): Promise<UsageFigures | NotOpen> {
  try {
    const rows = await allRows(genesys, clients.length, window, progress);
    return "error" in rows ? rows : figuresOf(rows.entities, clients, window, notChecked);
  } catch (error) {
    notChecked.add(null, `usage of ${clients.length} OAuth clients`, messageOf(error), ["unused"]);
    return nothingKnown;
  }
}

/** Every interval to its end: half an answer would make clients of the other half unused. */
async function allRows(
  genesys: GenesysClient,
  clients: number,
  window: UsageWindow,
  progress: UsageProgress,
): Promise<{ readonly entities: readonly UsageEntity[] } | NotOpen> {
  const jobs = new UsageJobs(genesys);
  const expected = expectedPages(clients, window);
  let entities: readonly UsageEntity[] = [];
  let pagesBefore = 0;
  for (const interval of jobIntervals(window)) {
    let jobId: string;
    try {
      jobId = await jobs.startOfOrganization(interval);
    } catch (error) {
      if (isNotOpen(error)) {
        return { error };
      }
      throw error;
    }
    let pagesOfJob = 0;
    const rows = await jobs.collectOfOrganization(jobId, {
      working: (waitedMs) => {
        progress.working(waitedMs);
      },
      read: (pages) => {
        pagesOfJob = pages;
        progress.read("page", pagesBefore + pages, expected, true);
      },
    });
    pagesBefore += pagesOfJob;
    entities = entities.concat(rows);
  }
  return { entities };
}

/**
 * A client without a row had no requests, since all rows are here. Where a row can be of anybody, of nobody it can be said that there were none.
 * @throws Error where the rows are of clients, and none says of which
 */
function figuresOf(
  entities: readonly UsageEntity[],
  clients: readonly OAuthClientEntity[],
  window: UsageWindow,
  notChecked: NotChecked,
): UsageFigures {
  const listed = new Set(clients.map(({ id }) => keyOf(id)));
  const rowsOf = new Map<string, UsageEntity[]>();
  let otherRows = 0;
  let ofAnybody = 0;
  for (const entity of entities) {
    const { owner } = entity;
    if (owner === "unreadable") {
      ofAnybody += 1;
    } else if (owner === "no client") {
      otherRows += 1;
    } else {
      const key = keyOf(owner.clientId);
      otherRows += listed.has(key) ? 0 : 1;
      addTo(rowsOf, key, entity);
    }
  }
  if (entities.length > 0 && rowsOf.size === 0) {
    throw new Error("the usage job was answered with rows that name no OAuth client");
  }
  const byClient = new Map<string, ClientUsage>();
  const failures: UsageFailure[] = [];
  let doubtful = 0;
  for (const client of clients) {
    const own = rowsOf.get(keyOf(client.id));
    if (own === undefined && !canHaveFigures(client, window)) {
      continue;
    }
    try {
      const usage = clientUsage((own ?? []).map(readRow), window);
      if (usage.total === 0 && ofAnybody > 0) {
        doubtful += 1;
      } else {
        byClient.set(client.id, usage);
      }
    } catch (error) {
      failures.push({ client, error });
    }
  }
  if (doubtful > 0) {
    const reason = `${counted(ofAnybody, "row")} of the usage figures may be of any client: they do not say whose they are`;
    notChecked.add(null, `usage of ${counted(doubtful, "OAuth client")} without requests`, reason, [
      "unused",
    ]);
  }
  const total = clients.length;
  tellUsageFailures(failures, { total, asked: total, known: byClient.size }, notChecked);
  return { byClient, otherRows };
}

function readRow({ date = "", requests = NaN }: UsageEntity): UsageRow {
  return { date, requests };
}

/** Ids are the same in whatever case. */
function keyOf(id: string): string {
  return id.toLowerCase();
}

function addTo(rowsOf: Map<string, UsageEntity[]>, key: string, entity: UsageEntity): void {
  const rows = rowsOf.get(key) ?? [];
  rows.push(entity);
  rowsOf.set(key, rows);
}
