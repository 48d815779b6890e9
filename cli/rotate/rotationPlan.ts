// What the next `pulumi up` will do with a credential's OAuth clients (pure).
import { defined } from "../../common/defined";
import { type SlotName } from "../../common/slot";
import { adoptionIn, clientNameIn, isSecretKept } from "../../declarations/adoption";
import { type ResolvedCredential } from "../../declarations/resolve";
import { type ClientTurn, type Slot, slotsOf } from "../../declarations/rotation/slots";
import { dueAt, earliestSafeRotationAt } from "../../declarations/rotation/schedule";

/** What becomes of one OAuth client. */
export interface ClientChange {
  readonly slot: SlotName;
  /** Its name in Genesys. */
  readonly name: string;
  readonly generation: number;
  /**
   * `created`: the secret then names it. `renewed`: the same client with a new secret, which then names it. `kept`: it stays as it is.
   * `deleted`: at the end of the update.
   */
  readonly action: "created" | "renewed" | "kept" | "deleted";
  readonly isCurrent: boolean;
}

/** A rotation of one credential. */
export interface RotationPlan {
  readonly credential: string;
  readonly secretName: string;
  readonly fromGeneration: number;
  readonly toGeneration: number;
  /** What the rotations of this credential do with the idle client; an emergency replaces both in either case. */
  readonly clientsMode: ClientTurn;
  /** The client that the secret names after the update first. */
  readonly clients: readonly ClientChange[];
  /** ISO instant at which the next rotation is due; absent without a schedule. */
  readonly nextDueAt?: string;
  /** ISO instant before which the next rotation would cut consumers off. */
  readonly nextSafeAt: string;
  /** `previous: revoked` ended the overlap of the generation before; it must not end the next one before it begins. */
  readonly reopensOverlap: boolean;
  /** Nothing was stored so far: the client of before was adopted with its secret kept. Absent where something is. */
  readonly storesFirstSecret?: true;
}

/** Generations that an emergency skips: both slots get another owner, so that no client of before survives. */
const emergencyStep = 2;

/** The plan of rotating a credential of `stack` at `rotatedAt` (ISO). */
export function planRotation(
  credential: ResolvedCredential,
  stack: string,
  rotatedAt: string,
  isEmergency: boolean,
): RotationPlan {
  const { rotation, key, revoked, secret, accessTokenValiditySeconds } = credential;
  const toGeneration = rotation.generation + (isEmergency ? emergencyStep : 1);
  const reopensOverlap = rotation.previous === "revoked" && rotation.overlap === "previous";
  const after = slotsOf({ ...rotation, generation: toGeneration, previous: "keep", revoked });
  const change = (slot: Slot, action: ClientChange["action"]): ClientChange => ({
    slot: slot.slot,
    name: clientNameIn(credential, stack, slot),
    generation: slot.generation,
    action,
    isCurrent: slot.isCurrent,
  });
  const isKeeping = rotation.clients === "keep" && !isEmergency;
  // A deactivated client is replaced: it would come back with the secret that was ended, until the new one is made.
  const isRenewed = (old: Slot): boolean => isKeeping && old.state === "active";
  const survives = (slot: Slot): boolean =>
    after.some((other) => isSame(other, slot) || (isRenewed(slot) && other.slot === slot.slot));
  const becomes = (slot: Slot): ClientChange["action"] => {
    if (credential.slots.some((old) => isSame(old, slot))) {
      return "kept";
    }
    return credential.slots.some((old) => old.slot === slot.slot && isRenewed(old)) ? "renewed" : "created";
  };
  const schedule = { ...rotation, rotatedAt };
  return {
    credential: key,
    secretName: secret.name,
    fromGeneration: rotation.generation,
    toGeneration,
    clientsMode: rotation.clients,
    clients: [
      ...after.map((slot) => change(slot, becomes(slot))),
      ...credential.slots
        .filter((slot) => !survives(slot))
        .map((slot) => change({ ...slot, isCurrent: false }, "deleted")),
    ],
    ...defined({ nextDueAt: dueAt(schedule) }),
    nextSafeAt: earliestSafeRotationAt(schedule, accessTokenValiditySeconds) ?? rotatedAt,
    reopensOverlap,
    ...(isSecretKept(credential) ? { storesFirstSecret: true as const } : {}),
  };
}

/**
 * Whether a rotation to the generation ends the secret of an adopted client that was kept, with the client or without: consumers may still
 * hold the copies of it that people made by hand, since it was never stored.
 */
export function endsKeptClient(credential: ResolvedCredential, toGeneration: number): boolean {
  const after = slotsOf({
    ...credential.rotation,
    generation: toGeneration,
    previous: "keep",
    revoked: false,
  });
  return credential.slots.some(
    (slot) => adoptionIn(credential, slot)?.secret === "keep" && !after.some((other) => isSame(other, slot)),
  );
}

function isSame(left: Slot, right: Slot): boolean {
  return left.slot === right.slot && left.generation === right.generation;
}

/** The plan in lines for people. */
export function describeRotation(plan: RotationPlan, isEmergency: boolean): string {
  const lines = plan.clients.map((client) => `  ${describeClient(client, plan)}`);
  return [
    `${plan.credential}: generation ${plan.fromGeneration} -> ${plan.toGeneration}${isEmergency ? " (emergency: no former client survives)" : ""}`,
    ...lines,
    ...(plan.reopensOverlap
      ? ["  rotation.previous is set back to keep: it closed the overlap of the rotation before"]
      : []),
    `  next rotation: ${nextRotation(plan)}`,
  ].join("\n");
}

function describeClient(client: ClientChange, plan: RotationPlan): string {
  const what = `${client.name} (slot ${client.slot}, generation ${client.generation})`;
  switch (client.action) {
    case "created": {
      const former = plan.clients.find(({ slot, action }) => slot === client.slot && action === "deleted");
      const verb =
        former === undefined ? "created" : `replaces the client of generation ${former.generation}`;
      const naming =
        plan.storesFirstSecret === true ? "is stored for the first time and names it" : "then names it";
      return client.isCurrent
        ? `+ ${what} ${verb}; the secret ${plan.secretName} ${naming}`
        : `+ ${what} ${verb}; it is the spare of the next rotation`;
    }
    case "renewed":
      return `~ ${what} keeps its id and gets a new secret, and the secret ${plan.secretName} then names it; copies of its present secret stop working`;
    case "kept":
      return plan.storesFirstSecret === true
        ? `= ${what}, adopted with its secret kept, keeps working: its consumers move to the stored secret now`
        : plan.clientsMode === "keep"
          ? `= ${what} keeps its secret until the next rotation (${nextRotation(plan)})`
          : `= ${what} keeps working until the next rotation (${nextRotation(plan)})`;
    case "deleted":
      return `- ${what} is deleted at the end of the update: its copies stop working`;
  }
}

/** A schedule that is quicker than the overlap waits for the overlap. */
function nextRotation({ nextDueAt, nextSafeAt }: RotationPlan): string {
  return nextDueAt === undefined || Date.parse(nextDueAt) < Date.parse(nextSafeAt)
    ? `not before ${nextSafeAt}`
    : `due ${nextDueAt}`;
}
