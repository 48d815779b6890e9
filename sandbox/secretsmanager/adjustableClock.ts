// The emulator's clock: another clock plus an offset that tests and the control API move ahead.
import { type Clock } from "../../common/clock";

/** A clock that can be moved ahead, so that deletion windows and the prune rule can be seen at work. */
export class AdjustableClock {
  constructor(
    private readonly base: Clock,
    private offset: number,
  ) {}

  /** How far this clock is ahead of its base, in milliseconds. */
  get offsetMs(): number {
    return this.offset;
  }

  now(): number {
    return this.base.now() + this.offset;
  }

  /** Moves the clock ahead by `durationMs`. */
  advance(durationMs: number): void {
    this.offset += durationMs;
  }
}
