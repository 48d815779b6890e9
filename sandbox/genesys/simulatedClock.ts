// The organisation's clock: another clock with an offset that tests can move forward.
import { type Clock } from "../../common/clock";

/** A clock that runs ahead of its base. */
export class SimulatedClock implements Clock {
  private offset = 0;

  constructor(private readonly base: Clock) {}

  /** Milliseconds by which this clock is ahead of its base. */
  get offsetMs(): number {
    return this.offset;
  }

  set offsetMs(offset: number) {
    this.offset = offset;
  }

  now(): number {
    return this.base.now() + this.offset;
  }

  /** Waits on the base clock: moving this one forward does not wake a sleeper. */
  sleep(durationMs: number, signal?: AbortSignal): Promise<void> {
    return this.base.sleep(durationMs, signal);
  }
}
