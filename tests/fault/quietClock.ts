// A clock for many at once: time stands still while any request is under way, and moves on only when everybody waits.
import diagnostics from "node:diagnostics_channel";

import type { Clock } from "../../common/clock";

/** 2026-11-01T09:00:00Z: tests do not depend on the day they run. */
const startMs = Date.UTC(2026, 10, 1, 9);

/** Turns of the event loop without any request before time moves: an answer may set off the next request a few turns later. */
const quietTurns = 30;

export class QuietClock implements Clock {
  private currentMs = startMs;
  private underWay = 0;
  private isPumping = false;
  private sleepers: { readonly wakeAtMs: number; readonly wake: () => void }[] = [];
  private readonly began = (): void => {
    this.underWay += 1;
  };
  private readonly ended = (): void => {
    this.underWay -= 1;
  };

  constructor() {
    diagnostics.subscribe("http.client.request.start", this.began);
    diagnostics.subscribe("http.client.response.finish", this.ended);
  }

  now(): number {
    return this.currentMs;
  }

  sleep(durationMs: number): Promise<void> {
    return new Promise((resolve) => {
      this.sleepers.push({ wakeAtMs: this.currentMs + Math.max(0, durationMs), wake: resolve });
      void this.pump();
    });
  }

  /** Stops listening. */
  stop(): void {
    diagnostics.unsubscribe("http.client.request.start", this.began);
    diagnostics.unsubscribe("http.client.response.finish", this.ended);
  }

  private async pump(): Promise<void> {
    if (this.isPumping) {
      return;
    }
    this.isPumping = true;
    while (this.sleepers.length > 0) {
      for (let quiet = 0; quiet < quietTurns;) {
        await new Promise((resolve) => setImmediate(resolve));
        quiet = this.underWay > 0 ? 0 : quiet + 1;
      }
      const wakeAtMs = Math.min(...this.sleepers.map((sleeper) => sleeper.wakeAtMs));
      const due = this.sleepers.filter((sleeper) => sleeper.wakeAtMs === wakeAtMs);
      this.sleepers = this.sleepers.filter((sleeper) => sleeper.wakeAtMs !== wakeAtMs);
      this.currentMs = Math.max(this.currentMs, wakeAtMs);
      due.forEach((sleeper) => {
        sleeper.wake();
      });
    }
    this.isPumping = false;
  }
}
