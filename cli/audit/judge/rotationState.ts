// Where a credential stands in its schedule (pure).
import { defined } from "../../../common/defined";
import { adoptionIn } from "../../../declarations/adoption";
import { addDuration, normalizeInstant, parseDuration } from "../../../declarations/instants";
import { type ResolvedCredential } from "../../../declarations/resolve";
import { dueAt, isDue, type RotationSchedule } from "../../../declarations/rotation/schedule";
import { type AuditFacts, type CredentialFacts } from "../read/auditFacts";
import { type RotationStatus } from "../auditReport";

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
  const hasNewSecret = current !== undefined && adoptionIn(credential, current)?.secret === "regenerate";
  // An adoption that made a new secret is as good as a rotation. A date that cannot be read says no more than one that is missing.
  const adoptedAt = hasNewSecret ? current.recorded?.recordedAt : undefined;
  const since = [rotation.rotatedAt, adoptedAt, current?.live?.dateCreated, current?.recorded?.dateCreated]
    .map((instant) => normalizeInstant(instant ?? ""))
    .find((instant) => instant !== undefined);
  return defined({ rotatedAt: since, every: rotation.every });
}

/** Whether the next update makes the first client of a credential: what does not exist has no age. */
export function isYetToBeMade(
  { clients, stack, isLive }: Pick<CredentialFacts, "clients" | "stack" | "isLive">,
  { organization }: Pick<AuditFacts, "organization">,
): boolean {
  const isAsked = isLive && organization.clients !== undefined;
  return ("value" in stack.recorded || isAsked) && clients.every(({ clientId }) => clientId === null);
}

/** @param dueSoon ISO 8601 duration, checked. @param isToBeMade As {@link isYetToBeMade}. */
export function rotationStatus(
  { revoked }: Pick<ResolvedCredential, "revoked">,
  rotation: RotationSchedule,
  nowMs: number,
  dueSoon: string,
  isToBeMade = false,
): RotationStatus {
  if (revoked) {
    return "revoked";
  }
  if (rotation.every === undefined) {
    return "unscheduled";
  }
  if (isToBeMade && rotation.rotatedAt === undefined) {
    return "on-time";
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
