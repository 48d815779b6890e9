// Rows of usage as a job answers them: filtered, put together by day, week or month and by what is grouped, and in its own names.
import { groupBy } from "../../common/groupBy";
import { msPerDay } from "../../common/clock";
import { type UsageJob, type UsageRow } from "./state";

const dateLength = 10;
const daysOfWeek = 7;
/** 1 January 1970 was a Thursday; weeks begin on Monday. */
const daysSinceMonday = 3;

/** A JSON object. */
export type AggregatedRow = Readonly<Record<string, unknown>>;

/** Each request has one of these; `status429` is a part of `status400`. */
const statuses = ["status200", "status300", "status400", "status500"] as const;

/** @param ownerOf What a row says of whose requests it tells. */
export function aggregated(
  { granularity, groupBy: groups, oauthClientIds, templateUris, httpMethods }: UsageJob,
  rows: readonly UsageRow[],
  ownerOf: (clientId: string) => AggregatedRow,
): readonly AggregatedRow[] {
  const passes = (filter: readonly string[], value: unknown): boolean =>
    filter.length === 0 || filter.includes(String(value));
  const asked = rows.filter(
    (row) =>
      passes(oauthClientIds, row.clientId) &&
      passes(templateUris, row["templateUri"]) &&
      passes(httpMethods, row["httpMethod"]),
  );
  const shows = (grouping: string): boolean => groups.length === 0 || groups.includes(grouping);
  const headOf = (row: UsageRow): AggregatedRow => ({
    date: beginningOf(Date.parse(row.date), granularity),
    ...(shows("HttpMethod") ? { httpMethod: row["httpMethod"] } : {}),
    ...(shows("TemplateUri") ? { templateUri: row["templateUri"] } : {}),
    ...(shows("OauthClientId") || groups.includes("OauthClientName") ? ownerOf(row.clientId) : {}),
  });
  // Without groups nothing is put together.
  const parts =
    groups.length === 0
      ? asked.map((row) => [row])
      : [...groupBy(asked, (row) => JSON.stringify(headOf(row))).values()];
  return parts.flatMap((same) => {
    const [first] = same;
    return first === undefined ? [] : [{ ...headOf(first), ...summed(same) }];
  });
}

function summed(rows: readonly UsageRow[]): AggregatedRow {
  const sumOf = (figureOf: (row: UsageRow) => number): number =>
    rows.reduce((sum, row) => sum + figureOf(row), 0);
  const figures: readonly (readonly [string, number])[] = [
    ["requestCount", sumOf(requestsOf)],
    ...[...statuses, "status429"].map((name) => [name, sumOf((row) => figure(row, name))] as const),
  ];
  return Object.fromEntries<number>(figures);
}

/** As seeded, else what its statuses add up to. */
function requestsOf(row: UsageRow): number {
  return typeof row["requests"] === "number"
    ? row["requests"]
    : statuses.reduce((sum, name) => sum + figure(row, name), 0);
}

function figure(row: UsageRow, name: string): number {
  const value = row[name];
  return typeof value === "number" ? value : 0;
}

/** `yyyy-MM-dd` of the day, of the week's Monday, or of the month's first day. */
function beginningOf(timeMs: number, granularity: UsageJob["granularity"]): string {
  const day = new Date(timeMs).toISOString().slice(0, dateLength);
  if (granularity === "Month") {
    return day.replace(/\d\d$/, "01");
  }
  const days = Math.floor(timeMs / msPerDay);
  const monday = days - ((days + daysSinceMonday) % daysOfWeek);
  return granularity === "Day" ? day : new Date(monday * msPerDay).toISOString().slice(0, dateLength);
}
