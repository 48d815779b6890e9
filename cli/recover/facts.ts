// What is known before a recovery is planned: what lives in Genesys, what is stored in AWS, and what the state holds already.
import { type OAuthClientEntity, type RoleEntity } from "../../genesys/wire";
import { type OrganizationNames } from "../world/declaredGrants";
import { type StoredFacts } from "../world/labelledPairs";

/** All of it. */
export interface RecoveryFacts {
  /** All that Genesys lists, and what it showed when asked by id. */
  readonly clients: readonly OAuthClientEntity[];
  readonly roles: readonly RoleEntity[];
  readonly names: OrganizationNames;
  /** By the key of the credential, of those whose secret is not in state. */
  readonly secrets: ReadonlyMap<string, StoredFacts>;
  readonly recordedIdentity: string | undefined;
  /** Ids of all clients and roles in state, in canonical form, those to be deleted included. */
  readonly recordedIds: ReadonlySet<string>;
}
