// The clock of a simulated service: another clock with an offset that tests, people and snapshots set.
import { type Clock } from "../../common/clock";

/** A clock that runs ahead of its base. */
export class MovableClock implements Clock {
  /** @param offsetMs milliseconds by which this clock is ahead of its base; moved by adding to it */
  constructor(
    private readonly base: Clock,
    public offsetMs = 0,
  ) {}

  now(): number {
    return this.base.now() + this.offsetMs;
  }

  /** Waits on the base clock: moving this one forward does not wake a sleeper. */
  sleep(durationMs: number, signal?: AbortSignal): Promise<void> {
    return this.base.sleep(durationMs, signal);
  }
}
