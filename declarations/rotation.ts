// The rules of rotation: which slots a generation has, what replaces them, and when the next one is due and safe.
import { Duration } from "luxon";
import { type SlotName, slotOwning } from "../common/slot";
import { addDuration, parseDuration } from "./instants";

/** One slot as it should be at a generation. */
export interface Slot {
  readonly slot: SlotName;
  /** The last generation that this slot owned; a change of it replaces the slot's client, unless rotations keep it. */
  readonly generation: number;
  /** Whether the stored secret names this slot's client. */
  readonly isCurrent: boolean;
  readonly state: "active" | "inactive";
}

/** What a rotation does with the idle client: a new one in its place, or the same one with a new secret. */
export const clientTurns = ["replace", "keep"] as const;

/** One of {@link clientTurns}. */
export type ClientTurn = (typeof clientTurns)[number];

/** What decides the slots. */
export interface RotationInput {
  /** Whole number, 0 or more. */
  readonly generation: number;
  readonly overlap: "previous" | "none";
  readonly previous: "keep" | "revoked";
  readonly revoked: boolean;
}

/** The longest time for which common secret caches keep a value: 1 h, the default of AWS's caching libraries. Hours. */
const secretCacheHours = 1;

/** The overlap that consumers get at least, unless `minimumOverlap` says otherwise: cache and default token life, and a margin. Hours. */
const defaultMinimumOverlapHours = 48;

/**
 * The slots of a credential, current first. Generations take turns in them, so that going from one generation to the next changes only
 * the slot that is not current.
 * @throws RangeError when the generation is not a whole number of 0 or more.
 */
export function slotsOf(rotation: RotationInput): readonly Slot[] {
  const { generation, overlap, previous, revoked } = rotation;
  if (!Number.isSafeInteger(generation) || generation < 0) {
    throw new RangeError(
      `Choosing the slots of generation ${generation}: it is not a whole number of 0 or more.`,
    );
  }
  const current: Slot = {
    slot: slotOwning(generation),
    generation,
    isCurrent: true,
    state: revoked ? "inactive" : "active",
  };
  if (generation === 0 || overlap === "none") {
    return [current];
  }
  const former: Slot = {
    slot: slotOwning(generation - 1),
    generation: generation - 1,
    isCurrent: false,
    state: revoked || previous === "revoked" ? "inactive" : "active",
  };
  return [current, former];
}

/** What decides when a credential is rotated next. */
export interface RotationSchedule {
  /** When the current generation was declared, ISO instant; absent when never recorded. */
  readonly rotatedAt?: string;
  /** ISO 8601 duration; absent when there is no schedule. */
  readonly every?: string;
  /** ISO 8601 duration in place of the default overlap. */
  readonly minimumOverlap?: string;
}

/** When the next rotation is due, ISO instant; undefined without a schedule, or without the instant it counts from. */
export function dueAt(schedule: RotationSchedule): string | undefined {
  if (schedule.every === undefined || schedule.rotatedAt === undefined) {
    return undefined;
  }
  return addDuration(schedule.rotatedAt, durationOf(schedule.every));
}

/**
 * Whether a rotation is due at `nowMs` (milliseconds since the epoch). However many periods have passed, that is one rotation:
 * the next one counts from the instant at which it is made. A schedule with no recorded rotation is due at once: the age of
 * the client is unknown.
 */
export function isDue(schedule: RotationSchedule, nowMs: number): boolean {
  if (schedule.every === undefined) {
    return false;
  }
  const due = dueAt(schedule);
  return due === undefined || Date.parse(due) <= nowMs;
}

/**
 * The first instant (ISO) at which another rotation cuts off no consumer that follows the advice in docs/rotation.md;
 * undefined when no rotation is recorded, so that none can be too young. The client of the generation before is deleted by the next
 * rotation, so the overlap must cover the longest secret cache and the life of a token; `minimumOverlap` replaces that sum.
 */
export function earliestSafeRotationAt(
  schedule: RotationSchedule,
  accessTokenValiditySeconds: number,
): string | undefined {
  if (schedule.rotatedAt === undefined) {
    return undefined;
  }
  const overlap =
    schedule.minimumOverlap === undefined
      ? defaultOverlap(accessTokenValiditySeconds)
      : durationOf(schedule.minimumOverlap);
  return addDuration(schedule.rotatedAt, overlap);
}

function defaultOverlap(accessTokenValiditySeconds: number): Duration {
  const least = Duration.fromObject({ hours: defaultMinimumOverlapHours });
  const needed = Duration.fromObject({ hours: secretCacheHours, seconds: accessTokenValiditySeconds });
  return needed.toMillis() > least.toMillis() ? needed : least;
}

function durationOf(text: string): Duration {
  const duration = parseDuration(text);
  if (duration === undefined) {
    throw new RangeError(`Reading the duration ${text}: it is not an ISO 8601 duration such as P90D.`);
  }
  return duration;
}
