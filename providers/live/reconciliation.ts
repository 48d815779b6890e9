// Exactly one object for each creation: a POST whose outcome is unknown is never sent again before the organisation was asked.
import { mayHaveTakenEffect } from "../../genesys/errors";
import type { Clock } from "../../common/clock";

/** One creation, whatever is created. The marker is in the object's description and in no other object. */
export interface Creation<T extends { readonly id: string }> {
  /** Sends the POST once. */
  create(): Promise<T>;
  /** Live objects that carry exactly this creation's marker, asked afresh. */
  findCreated(): Promise<T[]>;
  /** Objects that an earlier, interrupted run left behind for the same purpose; unknown to state. */
  findOrphans(): Promise<T[]>;
  /** Makes a found object what `create` would have returned. */
  adopt(found: T): Promise<T>;
  /** Removes a superfluous object. */
  remove(found: T): Promise<void>;
}

export interface Created<T> {
  readonly object: T;
  /** True when the object was found instead of made. */
  readonly isAdopted: boolean;
}

/** Waits before the organisation is asked whether a lost creation took effect; a fresh object may not be listed at once. */
const searchDelaysMs = [0, 1000, 2000, 4000, 8000] as const;

/** The longest that a made object may take to be listed (docs/genesys-api.md 3.10). */
const longestListingMs = 300_000;

const firstListingDelayMs = 500;

/** POSTs in all, when each of them is lost without a trace. */
const maximumCreations = 3;

/**
 * Creates the object, or takes over the one that an earlier attempt made. Several are reduced to one.
 * @throws What `create` throws when nothing was created, or the last error when the outcome stays unknown.
 */
export async function createExactlyOnce<T extends { readonly id: string }>(
  clock: Clock,
  creation: Creation<T>,
): Promise<Created<T>> {
  const orphans = await creation.findOrphans();
  if (orphans.length > 0) {
    return takeOver(creation, orphans);
  }
  const beganAtMs = clock.now();
  for (let attempt = 1; ; attempt++) {
    try {
      const object = await creation.create();
      if (attempt > 1) {
        await removeEarlier(clock, creation, object.id);
      }
      return { object, isAdopted: false };
    } catch (error) {
      const isUnknown = mayHaveTakenEffect(error);
      if (!isUnknown && attempt === 1) {
        throw error;
      }
      // A refusal after a lost attempt may be the lost attempt's doing: its name is taken now.
      const found = await search(clock, creation);
      if (found.length > 0) {
        return takeOver(creation, attempt === 1 ? found : await searchOnce(clock, creation, beganAtMs));
      }
      if (!isUnknown || attempt >= maximumCreations) {
        throw error;
      }
    }
  }
}

/** Something is listed after several attempts: all of them are, once as much time has passed as the first one may have needed. */
async function searchOnce<T extends { readonly id: string }>(
  clock: Clock,
  creation: Creation<T>,
  beganAtMs: number,
): Promise<T[]> {
  await clock.sleep(Math.min(longestListingMs, clock.now() - beganAtMs));
  return creation.findCreated();
}

async function search<T extends { readonly id: string }>(clock: Clock, creation: Creation<T>): Promise<T[]> {
  for (const delayMs of searchDelaysMs) {
    await clock.sleep(delayMs);
    const found = await creation.findCreated();
    if (found.length > 0) {
      return found;
    }
  }
  return [];
}

async function takeOver<T extends { readonly id: string }>(
  creation: Creation<T>,
  found: readonly T[],
): Promise<Created<T>> {
  const [kept, ...others] = found;
  if (kept === undefined) {
    throw new Error("nothing to take over");
  }
  const object = await creation.adopt(kept);
  for (const other of others) {
    await creation.remove(other);
  }
  return { object, isAdopted: true };
}

/** Removes what earlier, seemingly lost attempts made: they are listed at the latest when this younger object is. */
async function removeEarlier<T extends { readonly id: string }>(
  clock: Clock,
  creation: Creation<T>,
  keptId: string,
): Promise<void> {
  const listed = await listedWith(clock, creation, keptId);
  for (const found of listed) {
    if (found.id !== keptId) {
      await creation.remove(found);
    }
  }
}

/** What carries the marker, asked until the object itself is among it. */
async function listedWith<T extends { readonly id: string }>(
  clock: Clock,
  creation: Creation<T>,
  id: string,
): Promise<T[]> {
  const beganAtMs = clock.now();
  for (let delayMs = firstListingDelayMs; ; delayMs *= 2) {
    const listed = await creation.findCreated();
    if (listed.some((found) => found.id === id) || clock.now() + delayMs > beganAtMs + longestListingMs) {
      return listed;
    }
    await clock.sleep(delayMs);
  }
}
