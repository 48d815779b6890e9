// Usage by days: the window that is asked for, and the rows of Genesys as one number a day (pure).
import { msPerDay } from "../../../common/clock";
import { type UsageRow } from "../../../genesys/usage";
import { type AuditReport, type ClientUsage } from "../auditReport";

/** Whole days in UTC, the last one up to now. */
export type UsageWindow = NonNullable<AuditReport["usageWindow"]>;

/** `YYYY-MM-DD`. */
const dateLength = 10;

/** The last `days` days, today included. */
export function usageWindow(nowMs: number, days: number): UsageWindow {
  const todayMs = Math.floor(nowMs / msPerDay) * msPerDay;
  return {
    days,
    from: new Date(todayMs - (days - 1) * msPerDay).toISOString(),
    to: new Date(nowMs).toISOString(),
  };
}

/**
 * One number for each day of the window. What Genesys files under a day at the window's edges, by another clock or time zone, counts for
 * the edge.
 * @throws Error when a row's date cannot be read: the client might pass for unused.
 */
export function clientUsage(rows: readonly UsageRow[], { days, from }: UsageWindow): ClientUsage {
  const firstMs = Date.parse(from);
  const requests = new Map<number, number>();
  for (const row of rows) {
    const atMs = Date.parse(row.date);
    if (Number.isNaN(atMs)) {
      throw new Error("a row of the usage figures has no date that can be read");
    }
    const day = Math.min(days - 1, Math.max(0, Math.floor((atMs - firstMs) / msPerDay)));
    requests.set(day, (requests.get(day) ?? 0) + row.requests);
  }
  const daily = Array.from({ length: days }, (_nothing, day) => ({
    date: new Date(firstMs + day * msPerDay).toISOString().slice(0, dateLength),
    requests: requests.get(day) ?? 0,
  }));
  return {
    daily,
    total: daily.reduce((sum, day) => sum + day.requests, 0),
    lastUsedOn: daily.findLast((day) => day.requests > 0)?.date ?? null,
  };
}
