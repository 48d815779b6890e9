// Where a credential stands in its schedule (pure).
import { defined } from "../../../common/defined";
import { addDuration, parseDuration } from "../../../declarations/instants";
import { type ResolvedCredential } from "../../../declarations/resolve";
import {
  dueAt,
  isAgeUnknown,
  isDue,
  isToCome,
  type RotationSchedule,
} from "../../../declarations/rotation/schedule";
import { rotationSince } from "../../world/rotationSince";
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
  const client = clients.find(({ isCurrent }) => isCurrent);
  const current = client && {
    slot: client.slot,
    generation: client.generation,
    recordedAt: client.recorded?.recordedAt,
    dateCreated: [client.live?.dateCreated, client.recorded?.dateCreated],
  };
  return defined({ rotatedAt: rotationSince(credential, { current }), every: credential.rotation.every });
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
  if (isAgeUnknown(rotation)) {
    return isToBeMade ? "on-time" : "unknown";
  }
  if (rotation.rotatedAt !== undefined && isToCome(rotation.rotatedAt, nowMs)) {
    return "unknown";
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
