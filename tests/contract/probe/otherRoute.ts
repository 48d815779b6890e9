// A request of the second double: what it matches, and how it is answered.
import type { Fields } from "./otherOrganization";

export interface Asked {
  readonly id: string;
  readonly body: Fields;
  readonly query: URLSearchParams;
  /** Whose token it is. */
  readonly caller: string;
}

/** A status with a body. */
export type Answered = readonly [status: number, body?: unknown];
export type Route = readonly [pattern: RegExp, handle: (asked: Asked) => Answered];
