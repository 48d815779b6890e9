// The caller: on whose behalf a request is made, and what it takes for an endpoint to serve it.
import { type RoleDivision } from "./state";

/** Who holds the token of a request. */
export interface Caller {
  readonly clientId: string;
  /** The access token itself: rate limits count per token, and `DELETE /tokens/me` revokes it. */
  readonly token: string;
  /** Set when the token outlived its client: what it can still do. */
  readonly retained?: readonly RoleDivision[];
}
