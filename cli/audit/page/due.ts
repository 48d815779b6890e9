// How far a credential is in its rotation interval.
import { msPerDay } from "../../../common/clock";
import { type AuditedCredential } from "../auditReport";
import { counted, msOf } from "./dateText";

/** `in 12 days`, `9 days late`, or why there is no such number. */
export function dueText({ rotation }: AuditedCredential, nowMs: number): string {
  const dueMs = msOf(rotation.dueAt);
  if (rotation.status === "revoked") {
    return "";
  }
  if (dueMs === null) {
    return rotation.every === null ? "" : "last rotation unknown";
  }
  const spanDays = Math.floor(Math.abs(dueMs - nowMs) / msPerDay);
  if (spanDays === 0) {
    return dueMs < nowMs ? "since today" : "within a day";
  }
  const span = counted(spanDays, "day");
  return dueMs < nowMs ? `${span} late` : `in ${span}`;
}

/** The part of the interval that is over: 0 just rotated, 1 due, more when overdue; null where there is no interval, or no longer one. */
export function elapsedShare({ rotation }: AuditedCredential, nowMs: number): number | null {
  const [sinceMs, dueMs] = [msOf(rotation.since), msOf(rotation.dueAt)];
  return rotation.status === "revoked" || sinceMs === null || dueMs === null || dueMs <= sinceMs
    ? null
    : Math.max(0, (nowMs - sinceMs) / (dueMs - sinceMs));
}
