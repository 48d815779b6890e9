// The store: the organisation's state, its clock, and the one place that hears of changes.
import { type Consistency } from "./consistency";
import { type SimulatedClock } from "./simulatedClock";
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
    readonly clock: SimulatedClock,
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

  /** Tells that a change is complete. */
  changed(): void {
    this.onChange(this.state);
  }
}
