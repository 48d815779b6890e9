// When the next rotation is due, and when it is safe.
import { Duration } from "luxon";
import { type z } from "zod";
import { addDuration, parseDuration } from "../instants";
import { type rotationSchema } from "./settings";

/** The longest time for which common secret caches keep a value: 1 h, the default of AWS's caching libraries. Hours. */
const secretCacheHours = 1;

/** The overlap that consumers get at least, unless `minimumOverlap` says otherwise: cache and default token life, and a margin. Hours. */
const defaultMinimumOverlapHours = 48;

/** No clock of a deployment runs ahead by more: what is further in the future is a mistake, and no date to count from. Hours. */
const mostAheadHours = 24;

/** What decides when a credential is rotated next; `rotatedAt` is what the schedule counts from, a making included. */
export type RotationSchedule = Readonly<
  Pick<z.output<typeof rotationSchema>, "rotatedAt" | "every" | "minimumOverlap">
>;

/** When the next rotation is due, ISO instant; undefined without a schedule, or without the instant it counts from. */
export function dueAt(schedule: RotationSchedule): string | undefined {
  if (schedule.every === undefined || schedule.rotatedAt === undefined) {
    return undefined;
  }
  return addDuration(schedule.rotatedAt, durationOf(schedule.every));
}

/**
 * Whether a rotation is known to be due at `nowMs` (milliseconds since the epoch). However many periods have passed, that is one rotation:
 * the next one counts from the instant at which it is made. Where {@link isAgeUnknown}, nobody knows.
 */
export function isDue(schedule: RotationSchedule, nowMs: number): boolean {
  const due = dueAt(schedule);
  return due !== undefined && Date.parse(due) <= nowMs;
}

/** Whether there is a schedule, and nothing to count from. */
export function isAgeUnknown(schedule: RotationSchedule): boolean {
  return schedule.every !== undefined && schedule.rotatedAt === undefined;
}

/** Whether the instant (ISO) is still to come at `nowMs`, so that nothing can have happened then. */
export function isToCome(instant: string, nowMs: number): boolean {
  return Date.parse(instant) > nowMs + Duration.fromObject({ hours: mostAheadHours }).toMillis();
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
