// Instants and spans in words, in UTC and counted from the moment of the audit.
import { Duration } from "luxon";
import { markup, type Html } from "./markup";

/** Name of the month of an instant, in short: `Nov`. */
export function monthName(instantMs: number): string {
  const [, , month = ""] = new Date(instantMs).toUTCString().split(" "); // `Tue, 24 Nov 2026 09:00:00 GMT` everywhere
  return month;
}

/** Milliseconds since the epoch; null where there is no instant, or none that can be read. */
export function msOf(instant: string | null): number | null {
  const ms = instant === null ? Number.NaN : Date.parse(instant);
  return Number.isNaN(ms) ? null : ms;
}

/** The day of an ISO instant or date as `24 Nov 2026`; the text itself where it cannot be read. */
export function dateText(instant: string): string {
  const ms = msOf(instant);
  return ms === null ? instant : `${shortDateText(instant)} ${new Date(ms).getUTCFullYear()}`;
}

/** The day without its year: `24 Nov`. */
export function shortDateText(instant: string): string {
  const ms = msOf(instant);
  return ms === null ? instant : `${new Date(ms).getUTCDate()} ${monthName(ms)}`;
}

/** The minute of an ISO instant as `24 Nov 2026, 09:00 UTC`. */
export function minuteText(instant: string): string {
  const ms = msOf(instant);
  const [start, end] = [11, 16]; // Where `HH:MM` stands in an ISO instant.
  return ms === null ? instant : `${dateText(instant)}, ${new Date(ms).toISOString().slice(start, end)} UTC`;
}

/** The day; `unknown` where there is none. */
export function day(instant: string | null): Html {
  return instant === null ? markup`<span class="quiet">unknown</span>` : markup`${dateText(instant)}`;
}

/** An ISO 8601 duration as `90 days`; the text itself where it cannot be read. */
export function durationText(duration: string): string {
  const parsed = Duration.fromISO(duration, { locale: "en-GB" });
  return parsed.isValid ? parsed.toHuman() : duration;
}

/** A whole number with separators: `12,345`. */
export function numberText(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** `1 credential`, `12 credentials`. */
export function counted(count: number, noun: string): string {
  return `${numberText(count)} ${noun}${count === 1 ? "" : "s"}`;
}
