// Usage by days: the window that is asked for, and the rows of Genesys as one number a day (pure).
import { msPerDay, msPerSecond } from "../../../common/clock";
import { dayOf } from "../../../common/dayOf";
import { type UsageRow } from "../../../genesys/usageRows";
import { type OAuthClientEntity } from "../../../genesys/wire";
import { type AuditReport, type ClientUsage } from "../auditReport";

/** Whole days in UTC, without the present one, of which Genesys has no figures yet (docs/genesys-api.md 3.11). */
export type UsageWindow = Pick<NonNullable<AuditReport["usageWindow"]>, "days" | "from" | "to">;

/** The last `days` days that are over: up to the last second of yesterday. */
export function usageWindow(nowMs: number, days: number): UsageWindow {
  const todayMs = Math.floor(nowMs / msPerDay) * msPerDay;
  return {
    days,
    from: new Date(todayMs - days * msPerDay).toISOString(),
    to: new Date(todayMs - msPerSecond).toISOString(),
  };
}

/** Whether a client can have figures: of one that was made after the window nothing can be said yet. */
export function canHaveFigures({ dateCreated }: OAuthClientEntity, { to }: UsageWindow): boolean {
  return !(Date.parse(dateCreated ?? "") > Date.parse(to));
}

/**
 * One number for each day of the window. What Genesys files under a day at the window's edges, by another clock or time zone, counts for
 * the edge.
 * @throws Error when a row's date or its number cannot be read: the client might pass for unused.
 */
export function clientUsage(rows: readonly UsageRow[], { days, from }: UsageWindow): ClientUsage {
  const firstMs = Date.parse(from);
  const requests = new Map<number, number>();
  for (const row of rows) {
    const atMs = Date.parse(row.date);
    if (Number.isNaN(atMs)) {
      throw new Error("a row of the usage figures has no date that can be read");
    }
    if (Number.isNaN(row.requests)) {
      throw new Error("a row of the usage figures has no number of requests that can be read");
    }
    const day = Math.min(days - 1, Math.max(0, Math.floor((atMs - firstMs) / msPerDay)));
    requests.set(day, (requests.get(day) ?? 0) + row.requests);
  }
  const daily = Array.from({ length: days }, (_nothing, day) => ({
    date: dayOf(new Date(firstMs + day * msPerDay).toISOString()),
    requests: requests.get(day) ?? 0,
  }));
  return {
    daily,
    total: daily.reduce((sum, day) => sum + day.requests, 0),
    lastUsedOn: daily.findLast((day) => day.requests > 0)?.date ?? null,
  };
}
