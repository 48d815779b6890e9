// A question to the platform: what the code assumes, what of ours stands on it, and how it is asked.
import type { Stage } from "./stage";

/** What of ours holds a question open: set by what was seen, it makes the answer a fact. */
export interface HeldBy {
  /** Switches of the simulator (sandbox/genesys/switches.ts) with the value of the other outcome. */
  readonly switches?: Readonly<Record<string, unknown>>;
  /** Delays of the simulator (sandbox/genesys/consistency.ts). */
  readonly delays?: readonly string[];
  /** Constants and functions of the product, as `genesys/roles.ts pageSize`. */
  readonly code?: readonly string[];
  /** Environment variables of the product. */
  readonly variables?: readonly string[];
}

/** What was seen; `detail` is shown beside it and compared with nothing. */
export type Seen = string | { readonly seen: string; readonly detail: string };

export interface Question {
  /** Stable: fixtures and reports name it. */
  readonly id: string;
  readonly question: string;
  /** The answer that the code and the simulator are built to; compared letter by letter with what is seen. */
  readonly expected: string;
  readonly heldBy: HeldBy;
  /** @throws NotSettled, DoesNotArise */
  ask(stage: Stage): Promise<Seen>;
}
