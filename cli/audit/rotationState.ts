// Where a credential stands in its schedule (pure).
import { addDuration, parseDuration } from "../../declarations/instants";
import { type ResolvedCredential } from "../../declarations/resolve";
import { dueAt, isDue, type RotationSchedule } from "../../declarations/rotation";
import { type CredentialFacts } from "./auditFacts";
import { type RotationStatus } from "./auditReport";

/**
 * The schedule of a credential. Where no rotation is recorded it counts from the making of its current client, which the organisation
 * or the state tells; without either, nobody knows how old the secret is.
 */
export function knownSchedule({
  credential,
  clients,
}: Pick<CredentialFacts, "credential" | "clients">): RotationSchedule {
  const { rotation } = credential;
  const current = clients.find(({ isCurrent }) => isCurrent);
  const since = rotation.rotatedAt ?? current?.live?.dateCreated ?? current?.recorded?.dateCreated;
  return {
    ...(since === undefined ? {} : { rotatedAt: since }),
    ...(rotation.every === undefined ? {} : { every: rotation.every }),
  };
}

/** @param dueSoon ISO 8601 duration, checked. */
export function rotationStatus(
  { revoked }: Pick<ResolvedCredential, "revoked">,
  rotation: RotationSchedule,
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
