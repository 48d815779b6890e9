// A limit of so many events a minute per key, over a minute that slides.
import { msPerSecond } from "../../common/clock";

/** Milliseconds. */
const minuteMs = 60_000;

/** Counts events of the last 60 seconds. */
export class SlidingMinute {
  private readonly times = new Map<string, number[]>();

  /**
   * Counts one event where the limit allows it; events that are refused do not count.
   * @param limit events a minute; null for no limit
   * @param now milliseconds since the epoch
   * @returns whole seconds until the next event would be allowed, 0 when this one was
   */
  take(key: string, limit: number | null, now: number): number {
    const recent = (this.times.get(key) ?? []).filter((time) => time > now - minuteMs);
    this.times.set(key, recent);
    const oldestThatCounts = limit === null ? undefined : recent[recent.length - limit];
    if (oldestThatCounts !== undefined) {
      return Math.max(1, Math.ceil((oldestThatCounts + minuteMs - now) / msPerSecond));
    }
    recent.push(now);
    return 0;
  }

  /** Begins to count anew. */
  forget(): void {
    this.times.clear();
  }
}
