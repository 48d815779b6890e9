// Spans of time in words for tables.
import { msPerDay } from "../../common/clock";

const msPerMinute = 60_000;
const msPerHour = 3_600_000;

/** The span in its largest unit, rounded down: `12 d`, `5 h`, `3 min`. */
export function ageText(spanMs: number): string {
  const span = Math.max(0, spanMs);
  if (span >= msPerDay) {
    return `${Math.floor(span / msPerDay)} d`;
  }
  return span >= msPerHour ? `${Math.floor(span / msPerHour)} h` : `${Math.floor(span / msPerMinute)} min`;
}
