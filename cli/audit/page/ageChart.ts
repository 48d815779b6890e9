// Ages against schedules: one dot for each credential, from "just rotated" on the left to "long overdue" on the right.
import { groupBy } from "../../../common/groupBy";
import { rotationStatuses } from "../auditReport";
import { counted } from "./dateText";
import { dueText, elapsedShare } from "./due";
import { markup, type Html } from "./markup";
import { type PageCredential, type PageModel } from "./pageModel";
import { statusText } from "./words";

/** The right end of the picture: one interval and a half. Later ones stand at the edge. */
const longestShare = 1.5;

/** Dots that are closer than this stand above each other. Share of an interval. */
const binShare = 0.03;

/** Pixels. */
const laneHeight = 56;
const largestRadius = 5.5;
const smallestRadius = 1.5;
const gap = 1;
const floor = 6;

/** Free space at both ends, so that no dot is cut. Percent. */
const inset = 1.5;

const fullPercent = 100;

/** Places of the labels below: shares of the interval. */
const ticks = [0, 0.25, 0.5, 0.75, 1, 1.25, 1.5] as const;

/** The picture: a lane for each stack. */
export function ageChart(model: PageModel): Html {
  const byStack = groupBy(model.credentials, ({ audited }) => audited.stack);
  return markup`
    <div class="ages">
      ${model.stacks.map((stack) => lane(model, stack, byStack.get(stack)))}
      <div class="age-axis" aria-hidden="true">
        <span></span>
        <svg>
          ${ticks.map((tick) => markup`<text x="${percent(tick)}%" y="14" class="${tickStyle(tick)}">${tick === 1 ? "due" : `${Math.round(tick * fullPercent)} %${tick === longestShare ? "+" : ""}`}</text>`)}
        </svg>
      </div>
    </div>
  `;
}

/** Where there is little room, only every second label is shown. */
function tickStyle(tick: number): string {
  if (tick === 0) {
    return "first";
  }
  if (tick === longestShare) {
    return "last";
  }
  return Number.isInteger(tick * 2) ? "" : "minor";
}

function percent(share: number): number {
  const digits = 2;
  const place = Math.min(1, share / longestShare);
  return Number((inset + place * (fullPercent - inset - inset)).toFixed(digits));
}

function lane(model: PageModel, stack: string, credentials: readonly PageCredential[] = []): Html | null {
  if (credentials.length === 0) {
    return null;
  }
  const placed = credentials.flatMap((credential) => {
    const share = elapsedShare(credential.audited, model.nowMs);
    return share === null ? [] : [{ credential, share: Math.min(share, longestShare) }];
  });
  placed.sort((a, b) => a.share - b.share);
  const heights = new Map<number, number>();
  const dots = placed.map(({ credential, share }) => {
    const bin = Math.round(share / binShare);
    const level = heights.get(bin) ?? 0;
    heights.set(bin, level + 1);
    return { credential, x: percent(Math.min(longestShare, bin * binShare)), level };
  });
  const highest = Math.max(1, ...heights.values());
  const step = Math.min(largestRadius * 2 + gap, (laneHeight - floor) / highest);
  const radius = Math.max(smallestRadius, (step - gap) / 2);
  const unplaced = credentials.length - placed.length;
  const dueX = percent(1);
  return markup`
    <div class="age-lane">
      <div class="lane-name">
        <bdi>${stack}</bdi><span class="quiet">${unplaced === 0 ? counted(credentials.length, "credential") : `${counted(credentials.length, "credential")}, ${unplaced} undated`}</span>
      </div>
      <svg role="img" aria-label="${laneText(stack, credentials)}">
        <rect class="late" x="${dueX}%" width="${fullPercent - dueX}%" height="100%"/>
        <line class="floor" x2="100%" y1="100%" y2="100%"/>
        <line class="due-line" x1="${dueX}%" x2="${dueX}%" y2="100%"/>
        ${dots.map(
          ({ credential, x, level }) =>
            markup`<circle
              data-of="${credential.id}"
              class="${credential.audited.rotation.status}"
              cx="${x}%"
              cy="${round(laneHeight - floor / 2 - radius - level * step)}"
              r="${round(radius)}"><title>
                ${credential.audited.credential}: ${statusText(credential.audited.rotation.status)},
                ${dueText(credential.audited, model.nowMs)}
              </title></circle>`,
        )}
      </svg>
    </div>
  `;
}

function round(pixels: number): number {
  return Number(pixels.toFixed(1));
}

function laneText(stack: string, credentials: readonly PageCredential[]): string {
  const parts = rotationStatuses.flatMap((status) => {
    const count = credentials.filter(({ audited }) => audited.rotation.status === status).length;
    return count === 0 ? [] : [`${count} ${statusText(status).toLowerCase()}`];
  });
  return `${stack}: ${parts.join(", ")}`;
}
