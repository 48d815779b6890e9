// The time line of one credential: the lives of its clients, past and to come, the last rotation and the next.
import { type AuditedClient, type AuditedCredential } from "../auditReport";
import { dateText, msOf } from "./dateText";
import { dueText } from "./due";
import { markup, type Html } from "./markup";
import { type TimeAxis } from "./timeAxis";
import { statusText } from "./words";

/** Places from top to bottom. Pixels; the style sheet gives the drawing the same height. */
const laneOf = { a: 6, b: 19 } as const;
const barHeight = 9;
const lineHeight = 34;

/** Narrower bars are not seen. Percent of the axis. */
const narrowest = 0.4;

/** The drawing; `label` is what it says to those who do not see it. */
export function rotationLine(audited: AuditedCredential, axis: TimeAxis, label: string): Html {
  const { rotation, clients } = audited;
  const dueMs = rotation.status === "revoked" ? null : msOf(rotation.dueAt);
  const sinceMs = msOf(rotation.since);
  return markup`
    <svg class="line" role="img" aria-label="${label}">
      ${overlapBand(audited, axis)} ${clients.map((client) => life(client, axis, sinceMs, dueMs))}
      ${sinceMs === null || sinceMs < axis.startMs ? null : markup`<line class="rotated" x1="${axis.percent(sinceMs)}%" x2="${axis.percent(sinceMs)}%" y1="2" y2="${lineHeight - 2}"/>`}
      ${dueMs === null || dueMs > axis.endMs || dueMs < axis.startMs ? null : markup`<svg x="${axis.percent(dueMs)}%" class="due ${rotation.status}"><path d="M0 5l6 6-6 6-6-6z" transform="translate(0 6)"/></svg>`}
    </svg>
  `;
}

/** What the drawing shows, in words. */
export function rotationText(audited: AuditedCredential, nowMs: number): string {
  const { rotation, clients } = audited;
  const due = dueText(audited, nowMs);
  return [
    `${statusText(rotation.status)}${due === "" ? "" : ` (${due})`}`,
    ...(rotation.dueAt === null || rotation.status === "revoked"
      ? []
      : [`due on ${dateText(rotation.dueAt)}`]),
    ...(rotation.earliestSafeAt === null ? [] : [`safe to rotate from ${dateText(rotation.earliestSafeAt)}`]),
    ...clients.map(
      ({ slot, generation, isCurrent, state, createdAt }) =>
        `slot ${slot.toUpperCase()}: generation ${generation}, ${isCurrent ? "current" : "former"}${state === null ? "" : `, ${state}`}${createdAt === null ? "" : `, from ${dateText(createdAt)}`}`,
    ),
  ].join("; ");
}

/** From the rotation on, both secrets are in use, until every cached copy of the old one is gone. */
function overlapBand({ rotation, clients }: AuditedCredential, axis: TimeAxis): Html | null {
  const [sinceMs, safeMs] = [msOf(rotation.since), msOf(rotation.earliestSafeAt)];
  if (sinceMs === null || safeMs === null || clients.length <= 1 || safeMs <= axis.startMs) {
    return null;
  }
  return bar("overlap", axis.percent(sinceMs), axis.percent(safeMs), 1, lineHeight - 2);
}

/** The life of a client until today, and, lighter, how long it is going to live: until the rotation that replaces it. */
function life(
  client: AuditedClient,
  axis: TimeAxis,
  sinceMs: number | null,
  dueMs: number | null,
): Html | null {
  if (client.clientId === null) {
    return null;
  }
  const isLiving = client.state === "active" || client.state === null;
  const style = `${client.isCurrent ? "current" : "former"}${isLiving ? "" : " dead"}`;
  const start = msOf(client.createdAt) ?? (client.isCurrent ? sinceMs : null) ?? axis.startMs;
  const now = axis.percent(axis.nowMs);
  const y = laneOf[client.slot];
  const endMs = dueMs ?? axis.endMs;
  return markup`
    ${bar(style, axis.percent(start), now, y, barHeight)}
    ${isLiving && endMs > axis.nowMs ? bar(`${style} ahead`, now, axis.percent(client.isCurrent ? axis.endMs : endMs), y, barHeight) : null}
  `;
}

function bar(style: string, from: number, to: number, y: number, height: number): Html {
  const digits = 2;
  const width = Number(Math.max(narrowest, to - from).toFixed(digits));
  return markup`<rect class="${style}" x="${from}%" width="${width}%" y="${y}" height="${height}" rx="2"/>`;
}
