// The OAuth clients in Genesys that belong to a credential, by the marker in their descriptions.
import { canonicalId } from "../declarations/canonicalId";
import { clientName } from "../declarations/naming";
import { type ResolvedCredential } from "../declarations/resolve";
import { parseMarker } from "../genesys/marker";
import { isDeleted } from "../genesys/oauthClients";
import { type OAuthClientEntity } from "../genesys/wire";

/** One OAuth client of a credential. */
export interface LiveClient {
  readonly id: string;
  readonly generation: number;
  readonly entity: OAuthClientEntity;
}

const activeState = "active";

/**
 * Whether a client is deleted and only kept for a while: Genesys lists one that is older than 30 days, inactive, until the date of its
 * end (genesys-api 3.7).
 */
export function waitsForDeletion({ state, dateToDelete }: OAuthClientEntity): boolean {
  return dateToDelete !== undefined && state !== undefined && state !== activeState;
}

/** The clients of one credential, newest generation first, of one generation the youngest first. */
export function clientsOf(owner: string, everyClient: readonly OAuthClientEntity[]): readonly LiveClient[] {
  return everyClient
    .flatMap((entity) => {
      const marker = isDeleted(entity) ? undefined : parseMarker(entity.description);
      return marker?.owner === owner ? [{ id: entity.id, generation: marker.generation, entity }] : [];
    })
    .sort((left, right) => right.generation - left.generation || createdMs(right) - createdMs(left));
}

/** Clients without a marker that have a slot's name or are to be adopted: somebody edited the description, or made them by hand. */
export function unmarkedNamesakes(
  credential: ResolvedCredential,
  stack: string,
  everyClient: readonly OAuthClientEntity[],
): readonly OAuthClientEntity[] {
  const names = [clientName(stack, credential.key, "a"), clientName(stack, credential.key, "b")];
  return everyClient.filter(
    ({ id, name, description, state }) =>
      !isDeleted({ state }) &&
      (names.includes(name ?? "") || canonicalId(id) === credential.adopt?.clientId) &&
      parseMarker(description) === undefined,
  );
}

function createdMs({ entity }: LiveClient): number {
  const at = Date.parse(entity.dateCreated ?? "");
  return Number.isNaN(at) ? 0 : at;
}
