// Exactly one object for each creation: a POST whose outcome is unknown is never sent again before the organisation was asked.
import { mayHaveTakenEffect } from "../genesys/errors";
import type { Clock } from "../common/clock";

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
  for (let attempt = 1; ; attempt++) {
    try {
      const object = await creation.create();
      if (attempt > 1) {
        await removeOthers(creation, object.id);
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
        return takeOver(creation, found);
      }
      if (!isUnknown || attempt >= maximumCreations) {
        throw error;
      }
    }
  }
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

async function removeOthers<T extends { readonly id: string }>(
  creation: Creation<T>,
  keptId: string,
): Promise<void> {
  for (const found of await creation.findCreated()) {
    if (found.id !== keptId) {
      await creation.remove(found);
    }
  }
}
