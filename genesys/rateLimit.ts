// The request budget: how many requests a minute one token may send, shared by everything that uses it.
import type { Clock } from "../common/clock";
import { environmentVariables } from "../common/environmentVariables";

const defaultRequestsPerMinute = environmentVariables.GENESYSCLOUD_REQUESTS_PER_MINUTE.standard;

const windowMs = 60_000;

/** Admits requests in order, at most `requestsPerMinute` in any minute, none during a pause. */
export class RequestBudget {
  private readonly departuresMs: number[] = [];
  private pausedUntilMs = 0;
  private tail: Promise<void> = Promise.resolve();

  constructor(
    private readonly clock: Clock,
    private readonly requestsPerMinute: number = defaultRequestsPerMinute,
  ) {}

  /** Resolves when the next request may be sent. First come, first served. */
  admit(): Promise<void> {
    const turn = this.tail.then(() => this.waitForTurn());
    this.tail = turn;
    return turn;
  }

  /** Holds back every request for `durationMs`; a pause that ends later stands. */
  pause(durationMs: number): void {
    this.pausedUntilMs = Math.max(this.pausedUntilMs, this.clock.now() + durationMs);
  }

  private async waitForTurn(): Promise<void> {
    for (;;) {
      const nowMs = this.clock.now();
      const waitMs = Math.max(this.pausedUntilMs - nowMs, this.windowWaitMs(nowMs));
      if (waitMs <= 0) {
        this.departuresMs.push(nowMs);
        return;
      }
      await this.clock.sleep(waitMs);
    }
  }

  private windowWaitMs(nowMs: number): number {
    while (this.departuresMs[0] !== undefined && this.departuresMs[0] <= nowMs - windowMs) {
      this.departuresMs.shift();
    }
    const oldestMs = this.departuresMs[this.departuresMs.length - this.requestsPerMinute];
    return oldestMs === undefined ? 0 : oldestMs + windowMs - nowMs;
  }
}
