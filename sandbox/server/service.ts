// What every simulated service has in common for those who start it.
import { type Clock } from "../../common/clock";

/** How to start a service. */
export interface ServiceOptions {
  /** TCP port on 127.0.0.1; any free one when it is left out or 0. */
  readonly port?: number;
  /** Clock of all rules; the system's when it is left out. */
  readonly clock?: Clock;
  /** File that keeps the state, secrets included (mode 0600), saved after each change; in memory only when it is left out. */
  readonly snapshotPath?: string;
}

/** A running service. */
export interface Service {
  /** Its origin, as `http://127.0.0.1:4711`. */
  readonly url: string;
  readonly port: number;
  /** Stops listening and drops every connection. */
  stop(): Promise<void>;
}
