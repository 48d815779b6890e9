// The axis that all time lines share: from the oldest life to the last due date, within reason.
import { msPerDay } from "../../../common/clock";
import { type AuditedCredential } from "../auditReport";
import { monthName, msOf } from "./dateText";
import { markup, type Html } from "./markup";

/** Days before and after today that are shown at most: further off, a life is cut at the edge. */
const longestPastDays = 400;
const longestFutureDays = 200;

/** Days before and after today that are shown at least. */
const shortestDays = 45;

/** Free space at both ends, as a share of the span. */
const margin = 0.02;

/** Labels that fit beside each other. */
const mostLabels = 12;

/** Room that a label needs to the right, in percent of the axis: on a wide page, and on a phone. */
const labelRoom = 6;
const phoneLabelRoom = 18;

const fullPercent = 100;
const percentDigits = 2;

/** Instants as places from left to right. */
export interface TimeAxis {
  readonly startMs: number;
  readonly endMs: number;
  readonly nowMs: number;
  /** Place in percent, 0 to 100, cut at the edges. */
  percent(instantMs: number): number;
}

/** The axis for these credentials. */
export function timeAxisOf(credentials: readonly AuditedCredential[], nowMs: number): TimeAxis {
  const instants = credentials
    .flatMap(({ clients, rotation }) => [
      rotation.since,
      rotation.dueAt,
      ...clients.map(({ createdAt }) => createdAt),
    ])
    .flatMap((instant) => msOf(instant) ?? []);
  const limit = (instant: number): number =>
    Math.min(Math.max(instant, nowMs - longestPastDays * msPerDay), nowMs + longestFutureDays * msPerDay);
  let first = nowMs - shortestDays * msPerDay;
  let last = nowMs + shortestDays * msPerDay;
  for (const instant of instants) {
    first = Math.min(first, limit(instant));
    last = Math.max(last, limit(instant));
  }
  const free = (last - first) * margin;
  const [startMs, endMs] = [first - free, last + free];
  return {
    startMs,
    endMs,
    nowMs,
    percent: (instantMs) => {
      const share = (instantMs - startMs) / (endMs - startMs);
      return Number((Math.min(1, Math.max(0, share)) * fullPercent).toFixed(percentDigits));
    },
  };
}

/** First instants of the months on the axis, thinned out so that their names fit. */
export function monthStarts({ startMs, endMs }: TimeAxis): number[] {
  const start = new Date(startMs);
  const starts: number[] = [];
  for (let month = start.getUTCMonth() + 1; ; month++) {
    const instant = Date.UTC(start.getUTCFullYear(), month, 1);
    if (instant >= endMs) {
      break;
    }
    starts.push(instant);
  }
  const step = Math.ceil(starts.length / mostLabels);
  return starts.filter((instant) => new Date(instant).getUTCMonth() % step === 0);
}

/** Lines of the months and of today, to lie behind all rows. */
export function axisGrid(axis: TimeAxis): Html {
  const lines = monthStarts(axis).map((instant) => {
    const x = axis.percent(instant);
    return markup`<line x1="${x}%" x2="${x}%" y2="100%"/>`;
  });
  const today = axis.percent(axis.nowMs);
  return markup`<svg class="axis-grid" aria-hidden="true">
    ${lines}
    <line class="today" x1="${today}%" x2="${today}%" y2="100%"/>
  </svg>`;
}

/** Names of the months, and `today`. */
export function axisLabels(axis: TimeAxis): Html {
  const baseline = 14;
  const today = axis.percent(axis.nowMs);
  const labels = monthStarts(axis)
    .map((instant) => ({ instant, x: axis.percent(instant) }))
    .filter(({ x }) => x < fullPercent - labelRoom && Math.abs(x - today) > labelRoom)
    .map(({ instant, x }, index) => {
      const isMinor = index % 2 === 1 || Math.abs(x - today) < phoneLabelRoom;
      return markup`<text class="${isMinor ? "minor" : ""}" x="${x}%" y="${baseline}">${labelText(instant)}</text>`;
    });
  return markup`<svg class="axis-labels" aria-hidden="true">
    ${labels}
    <text class="today" x="${today}%" y="${baseline}">Today</text>
  </svg>`;
}

function labelText(instant: number): string {
  const date = new Date(instant);
  return `${monthName(instant)}${date.getUTCMonth() === 0 ? ` ${date.getUTCFullYear()}` : ""}`;
}
