// Where a credential stands in its schedule (pure).
import { addDuration, parseDuration } from "../../declarations/instants";
import { type ResolvedCredential } from "../../declarations/resolve";
import { dueAt, isDue } from "../../declarations/rotation";
import { type RotationStatus } from "./auditReport";

/** @param dueSoon ISO 8601 duration, checked. */
export function rotationStatus(
  { rotation, revoked }: ResolvedCredential,
  nowMs: number,
  dueSoon: string,
): RotationStatus {
  if (revoked) {
    return "revoked";
  }
  if (rotation.every === undefined) {
    return "unscheduled";
  }
  if (isDue(rotation, nowMs)) {
    return "overdue";
  }
  const due = dueAt(rotation);
  const notice = parseDuration(dueSoon);
  const isSoon =
    due !== undefined &&
    notice !== undefined &&
    Date.parse(due) <= Date.parse(addDuration(new Date(nowMs).toISOString(), notice));
  return isSoon ? "due-soon" : "on-time";
}
