// A clock for tests: sleeping costs no time, and whoever sleeps shortest wakes first.
import type { Clock } from "../common/clock";

/** 2026-11-01T09:00:00Z: tests do not depend on the day they run. */
const startMs = Date.UTC(2026, 10, 1, 9);

interface Sleeper {
  readonly wakeAtMs: number;
  readonly wake: () => void;
}

export class FakeClock implements Clock {
  private currentMs = startMs;
  private readonly sleepers: Sleeper[] = [];
  private isScheduled = false;
  /** Every duration slept, in the order of the calls. */
  readonly sleptMs: number[] = [];

  now(): number {
    return this.currentMs;
  }

  /** Time passes without anybody sleeping. */
  advance(durationMs: number): void {
    this.currentMs += durationMs;
  }

  sleep(durationMs: number): Promise<void> {
    this.sleptMs.push(durationMs);
    return new Promise((resolve) => {
      this.sleepers.push({ wakeAtMs: this.currentMs + Math.max(0, durationMs), wake: resolve });
      this.schedule();
    });
  }

  private schedule(): void {
    if (this.isScheduled) {
      return;
    }
    this.isScheduled = true;
    setImmediate(() => {
      this.isScheduled = false;
      this.sleepers.sort((a, b) => a.wakeAtMs - b.wakeAtMs);
      const next = this.sleepers.shift();
      if (next !== undefined) {
        this.currentMs = Math.max(this.currentMs, next.wakeAtMs);
        next.wake();
      }
      if (this.sleepers.length > 0) {
        this.schedule();
      }
    });
  }
}
