// The store: the organisation's state, its clock, and the one place that hears of changes.
import { type MovableClock } from "../server/movableClock";
import { type Consistency, type FormerVersion } from "./consistency";
import { type OrganizationState } from "./state";
import { type Switches } from "./switches";

/** What the rules of the organisation work on. */
export class Store {
  /**
   * @param state the state, changed in place
   * @param clock the organisation's clock
   * @param onChange called after each change, before anybody hears of it (the snapshot is written here)
   */
  constructor(
    readonly state: OrganizationState,
    readonly clock: MovableClock,
    private readonly onChange: (state: OrganizationState) => void,
  ) {}

  get switches(): Switches {
    return this.state.switches;
  }

  get consistency(): Consistency {
    return this.state.consistency;
  }

  now(): number {
    return this.clock.now();
  }

  /** Whether readers see an object: its creation has reached them, its deletion has not. */
  isShown(
    { createdAt, deletedAt }: { readonly createdAt: number; readonly deletedAt?: number },
    visibleAfterMs: number,
  ): boolean {
    const now = this.now();
    return (
      createdAt + visibleAfterMs <= now &&
      (deletedAt === undefined || deletedAt + this.consistency.deleteVisibleAfterMs > now)
    );
  }

  /** What a reader sees: the oldest version whose replacement has not reached it yet, else the current one. */
  seen<T>(current: T, former: readonly FormerVersion<T>[] = []): T {
    return former.find((version) => this.isStillRead(version))?.value ?? current;
  }

  /** The former versions worth keeping after one more replacement: those that a reader may still see. */
  remembered<T>(replaced: T, former: readonly FormerVersion<T>[] = []): FormerVersion<T>[] {
    return [...former, { supersededAt: this.now(), value: replaced }].filter((version) =>
      this.isStillRead(version),
    );
  }

  private isStillRead({ supersededAt }: FormerVersion<unknown>): boolean {
    return supersededAt + this.consistency.staleReadAfterPutMs > this.now();
  }

  /** Tells that a change is complete. */
  changed(): void {
    this.onChange(this.state);
  }
}
