// Divisions: the parts of an organisation in which a role can be held.
import { found } from "./simulatorError";
import { type Division } from "./state";
import { type Store } from "./store";

/** The divisions of the organisation. */
export class Divisions {
  constructor(private readonly store: Store) {}

  /** @throws SimulatorError 404 */
  get(id: string): Division {
    return found(
      this.store.state.divisions.find((one) => one.id === id),
      `division ${id}`,
    );
  }

  /** The home division: every organisation has exactly one. */
  home(): Division {
    const home = this.store.state.divisions.find((division) => division.isHome);
    if (home === undefined) {
      throw new Error("Reading the simulated organisation: it has no home division; seed one with isHome.");
    }
    return home;
  }
}
