// Requests a day as a small curve, with a text that says the same.
import { groupBy } from "../../../common/groupBy";
import { type ClientUsage } from "../auditReport";
import { counted, dateText, numberText, shortDateText } from "./dateText";
import { markup, type Html } from "./markup";

/** Height of the drawing, in units of its own: fine enough for a curve, and rarely more than a digit for each day. */
const height = 16;

/** The curve of one client, or the sum of several; where nobody asked or answered, that is said. */
export function sparkline(usage: ClientUsage | null): Html {
  if (usage === null) {
    return markup`<span class="quiet">not known</span>`;
  }
  const label = usageText(usage);
  if (usage.daily.length === 0) {
    return markup`<span class="quiet">${label}</span>`;
  }
  const width = Math.max(1, usage.daily.length - 1);
  return markup`<svg class="spark${usage.total === 0 ? " flat" : ""}" viewBox="0 0 ${width} ${height}" preserveAspectRatio="none" role="img" aria-label="${label}">
    <path d="${curve(usage)}"/>
  </svg>`;
}

/** Usage in words. */
function usageText({ daily, total, lastUsedOn }: ClientUsage): string {
  const window = daily.length === 0 ? "the window" : counted(daily.length, "day");
  return total === 0
    ? `No request in ${window}`
    : `${counted(total, "request")} in ${window}${lastUsedOn === null ? "" : `, last on ${dateText(lastUsedOn)}`}`;
}

/** The curve with the figures beside it: how many, and when last. */
export function usageCell(usage: ClientUsage | null): Html {
  return markup`<div class="usage">${sparkline(usage)}${usage === null ? null : usageFigures(usage)}</div>`;
}

function usageFigures(usage: ClientUsage): Html {
  return usage.total === 0
    ? markup`<span class="figure-note"><b>0</b> <span class="quiet">no request</span></span>`
    : markup`<span class="figure-note"><b>${numberText(usage.total)}</b>
        <span class="quiet">last ${usage.lastUsedOn === null ? "unknown" : shortDateText(usage.lastUsedOn)}</span></span>`;
}

/** Usage of all clients of a credential together; null where none is known. */
export function summedUsage(usages: readonly (ClientUsage | null)[]): ClientUsage | null {
  const known = usages.filter((usage) => usage !== null);
  if (known.length === 0) {
    return null;
  }
  const sum = (figures: readonly number[]): number => figures.reduce((total, figure) => total + figure, 0);
  const byDate = groupBy(
    known.flatMap(({ daily }) => daily),
    ({ date }) => date,
  );
  return {
    daily: [...byDate]
      .map(([date, own]) => ({ date, requests: sum(own.map(({ requests }) => requests)) }))
      .sort((a, b) => (a.date < b.date ? -1 : 1)),
    total: sum(known.map(({ total }) => total)),
    lastUsedOn:
      known
        .flatMap(({ lastUsedOn }) => lastUsedOn ?? [])
        .sort()
        .at(-1) ?? null,
  };
}

/** One step to the right for each day, in relative coordinates; days of the same height are one step. */
function curve({ daily }: ClientUsage): string {
  const peak = Math.max(1, ...daily.map(({ requests }) => requests));
  const heights = daily.map(({ requests }) => Math.round((requests / peak) * height));
  const first = heights[0] ?? 0;
  let path = `M0 ${height}${first === 0 ? "" : `v-${first}`}`;
  let previous = first;
  let level = 0;
  let isLine = false;
  for (const value of heights.length === 1 ? heights : heights.slice(1)) {
    const rise = previous - value;
    previous = value;
    if (rise === 0) {
      level += 1;
      continue;
    }
    if (level > 0) {
      path += `h${level}`;
      isLine = false;
      level = 0;
    }
    path += `${isLine ? " " : "l"}1${rise < 0 ? "" : " "}${rise}`;
    isLine = true;
  }
  return `${path}${level > 0 ? `h${level}` : ""}V${height}z`;
}
