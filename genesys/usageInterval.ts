// The interval of a usage question: whole days in UTC, as Genesys writes it, cut where it is longer than one question may be (pure).
import { msPerDay, msPerSecond } from "../common/clock";

/** ISO instants: the beginning of the first day and the last second of the last one, since both ends belong to it. */
export interface UsageInterval {
  readonly from: string;
  readonly to: string;
}

/** Days that one job may be asked for (docs/genesys-api.md 3.11). */
export const longestJobDays = 90;

/** As in the API description: `YYYY-MM-DDThh:mm:ss/YYYY-MM-DDThh:mm:ss`, which is to say UTC. */
export function intervalText({ from, to }: UsageInterval): string {
  return `${from}/${to}`.replace(/\.\d{3}(?=Z)/g, "");
}

/** The same days in intervals that a job takes, oldest first. */
export function jobIntervals({ from, to }: UsageInterval): readonly UsageInterval[] {
  const [firstMs, lastMs] = [Date.parse(from), Date.parse(to)];
  const lengthMs = longestJobDays * msPerDay;
  const count = Math.max(1, Math.ceil((lastMs - firstMs) / lengthMs));
  return Array.from({ length: count }, (_nothing, index) => {
    const startMs = firstMs + index * lengthMs;
    return {
      from: new Date(startMs).toISOString(),
      to: new Date(Math.min(lastMs, startMs + lengthMs - msPerSecond)).toISOString(),
    };
  });
}
