// Usage of clients in sample reports, and the time at which all of them were made.
import { type ClientUsage } from "../../cli/audit/auditReport";
/** When the sample audits ran. */
export const sampleNow = "2026-11-24T09:00:00.000Z";

const nowMs = Date.parse(sampleNow);
const msPerDay = 86_400_000;
/** Days of usage in the sample reports. */
export const windowDays = 90;

/** The instant that many days from the audit: negative ones are past. */
export const inDays = (days: number): string => new Date(nowMs + days * msPerDay).toISOString();

/** The date of that day, `YYYY-MM-DD`. */
export const dateOf = (days: number): string => inDays(days).slice(0, "YYYY-MM-DD".length);

/** Numbers that look accidental and are always the same. */
export function accidental(seed: number): () => number {
  let state = seed * 2_654_435_761 + 1;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 2_246_822_507) + 0x9e37_79b9) >>> 0;
    return ((state ^ (state >>> 13)) >>> 0) / 2 ** 32;
  };
}

/** Usage over the window: `weekdays` rests at weekends, `fading` stopped, `fresh` began lately. */
export type UsagePattern = "steady" | "weekdays" | "nightly" | "fading" | "fresh" | "none";

/** The usage of a client. */
export function usageOf(pattern: UsagePattern, level: number, seed: number): ClientUsage {
  const random = accidental(seed);
  const daily = Array.from({ length: windowDays }, (_, index) => {
    const daysAgo = windowDays - 1 - index;
    const weekday = new Date(nowMs - daysAgo * msPerDay).getUTCDay();
    const swing = 0.6 + 0.8 * random();
    const factor = {
      steady: swing,
      weekdays: weekday === 0 || weekday === 6 ? 0.05 * swing : swing,
      nightly: 1,
      fading: daysAgo > 37 ? (swing * (daysAgo - 37)) / windowDays : 0,
      fresh: daysAgo < 20 ? swing * (1 - daysAgo / 20) : 0,
      none: 0,
    }[pattern];
    return { date: dateOf(-daysAgo), requests: Math.round(level * factor) };
  });
  return {
    daily,
    total: daily.reduce((sum, { requests }) => sum + requests, 0),
    lastUsedOn: daily.filter(({ requests }) => requests > 0).at(-1)?.date ?? null,
  };
}
