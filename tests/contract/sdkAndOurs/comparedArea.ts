// An area of the API in which the official JavaScript SDK and our client do the same.
import type { GenesysClient } from "../../../genesys/client";
import type { Organization } from "../../../sandbox/genesys/organization";

export interface ComparedArea {
  readonly name: string;
  /** What both send, by the keys of `deployerRequests`. */
  readonly requests: readonly string[];
  /** What has to be there first. */
  readonly prepare?: (organization: Organization) => void;
  /** What the SDK shows, in the form in which our client tells it. */
  readonly bySdk: () => Promise<unknown>;
  readonly byOurs: (client: GenesysClient) => Promise<unknown>;
}
