// What is known before a recovery is planned: what lives in Genesys, what is stored in AWS, and what the state holds already.
import { type OAuthClientEntity, type RoleEntity } from "../../genesys/wire";
import { type OrganizationNames } from "../world/declaredGrants";
import { type StoredPair } from "../world/storedGeneration";

/** A pair that a labelled version holds. */
export interface LabelledPair extends StoredPair {
  /** As `AWSCURRENT`; at least one, sorted. */
  readonly labels: readonly string[];
  /** In canonical form. */
  readonly clientId: string;
}

/** A declared secret of which the state knows nothing. */
export interface StoredFacts {
  /** Absent where there is no such secret. */
  readonly arn?: string;
  /** ISO 8601, where AWS is about to delete it: nobody can read it then. */
  readonly deletedAt?: string;
  /** Where it is a copy of a secret in another Region: that Region. */
  readonly primaryRegion?: string;
  readonly pairs: readonly LabelledPair[];
  /** Labels of versions that hold something else than a pair. */
  readonly otherLabels: readonly string[];
}

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
