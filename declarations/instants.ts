// Instants and durations as people write them in YAML, checked and brought into one spelling.
import { DateTime, Duration } from "luxon";

/** ISO 8601 with an offset, as `2026-11-01T09:00:00Z` or `2026-11-01 09:00:00.5+01:00`. */
const isoInstantPattern =
  /^(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)([Zz]|[+-]\d{2}:?\d{2})$/;

/**
 * What an unquoted YAML timestamp has become when Pulumi hands it over: Go's own spelling, `2026-11-01 09:00:00 +0000 UTC`,
 * `2026-11-01 09:00:00.5 +0100 +0100` (measured with the CLI 3.259.0, which also rewrites the file that way).
 */
const goInstantPattern =
  /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?) ([+-]\d{4}) (?:[A-Z]{1,5}|[+-]\d{4})$/;

/** Whole numbers, each unit at most once, largest unit first; a fraction of a second is the only fraction. */
const durationPattern =
  /^P(?=\d|T\d)(?:\d{1,6}Y)?(?:\d{1,6}M)?(?:\d{1,6}W)?(?:\d{1,6}D)?(?:T(?=\d)(?:\d{1,6}H)?(?:\d{1,7}M)?(?:\d{1,9}(?:\.\d{1,3})?S)?)?$/;

/** No schedule of credentials is longer; keeps every sum within the range of dates. Years. */
const longestDurationYears = 100;

/** The instant in one spelling, UTC, as `2026-11-01T09:00:00Z`; undefined when the text is not an instant with an offset. */
export function normalizeInstant(text: string): string | undefined {
  const match = isoInstantPattern.exec(text) ?? goInstantPattern.exec(text);
  if (match === null) {
    return undefined;
  }
  const [, date = "", time = "", offset = ""] = match;
  const instant = DateTime.fromISO(`${date}T${time}${offset.toUpperCase()}`, { zone: "utc" });
  return instant.toISO({ suppressMilliseconds: true }) ?? undefined;
}

/** The duration of an ISO 8601 text such as `P90D`, `P3M` or `PT36H`, zero included; undefined when it is not one. */
export function parseDuration(text: string): Duration | undefined {
  const duration = durationPattern.test(text) ? Duration.fromISO(text) : undefined;
  return duration !== undefined && duration.as("years") <= longestDurationYears ? duration : undefined;
}

/** The instant `duration` after `instant` on the calendar of UTC: a month after 31 January is the last day of February. */
export function addDuration(instant: string, duration: Duration): string {
  const sum = DateTime.fromISO(instant, { zone: "utc" }).plus(duration).toISO({ suppressMilliseconds: true });
  if (sum === null) {
    throw new RangeError(`Adding a duration to ${instant}: the result is not a date.`);
  }
  return sum;
}
