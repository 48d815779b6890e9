// The request budget of one token: how many requests a minute it may carry, and when it carries none.
import { environmentVariables } from "../common/environmentVariables";

const standardRequestsPerMinute = environmentVariables.GENESYSCLOUD_REQUESTS_PER_MINUTE.standard;

const windowMs = 60_000;

/** Pauses that lengthen stop at this. */
const longestLengthenedMs = 600_000;

/** Counts departures: at most `requestsPerMinute` in any minute, none during a pause. Instants are milliseconds since the epoch. */
export class RequestBudget {
  readonly requestsPerMinute: number;
  private readonly departedAtMs: number[] = [];
  private pausedUntilMs = 0;
  private pauses = 0;

  constructor(requestsPerMinute: number = standardRequestsPerMinute) {
    this.requestsPerMinute = Math.max(1, Math.floor(requestsPerMinute));
  }

  /** Milliseconds until a request may leave; 0 when one may leave now. */
  waitMs(nowMs: number): number {
    while (this.departedAtMs[0] !== undefined && this.departedAtMs[0] <= nowMs - windowMs) {
      this.departedAtMs.shift();
    }
    const oldestMs = this.departedAtMs[this.departedAtMs.length - this.requestsPerMinute];
    const windowWaitMs = oldestMs === undefined ? 0 : oldestMs + windowMs - nowMs;
    return Math.max(0, this.pausedUntilMs - nowMs, windowWaitMs);
  }

  isPaused(nowMs: number): boolean {
    return this.pausedUntilMs > nowMs;
  }

  /** A request leaves; it has waited {@link RequestBudget.waitMs}. */
  depart(nowMs: number): void {
    this.departedAtMs.push(nowMs);
  }

  /**
   * Nothing leaves for `durationMs`; a pause that ends later stands.
   * @param lengthens Each pause after the first lasts twice as long as was said before: for a token that others can do without.
   */
  pause(nowMs: number, durationMs: number, { lengthens = false } = {}): void {
    this.pauses += this.isPaused(nowMs) ? 0 : 1;
    const lengthenedMs = lengthens ? Math.min(longestLengthenedMs, durationMs * 2 ** (this.pauses - 1)) : 0;
    this.pausedUntilMs = Math.max(this.pausedUntilMs, nowMs + Math.max(durationMs, lengthenedMs));
  }
}
