// How a live OAuth client stands to one that is about to be made: left behind, on record, or somebody else's (pure).
import { slotOwning } from "../../common/slot";
import { isActive, isEnded } from "../../genesys/knowledge/clientLife";
import {
  isMadeBy,
  keyOf,
  type Maker,
  type Marker,
  mayBeMadeBy,
  parseMarker,
  slotOf,
} from "../../genesys/marker";
import type { OAuthClientEntity } from "../../genesys/wire";
import { recoverCommand } from "../engine/recoverCommand";
import { clientKind, objectInWords } from "../live/objectKind";

/** What a creation claims, and what is known beside it. */
export interface Claim extends Maker {
  readonly generation: number;
  readonly name: string;
  readonly state: string;
  /** The clients that a labelled version of the declared secret names: they are in use. */
  readonly namedIds: ReadonlySet<string>;
  /** A recorded client of an earlier generation makes room for it: what is live of the declared generation is what an older state forgot. */
  readonly isRotation: boolean;
  readonly isRecorded: (client: OAuthClientEntity) => boolean;
}

/**
 * `leftover`: an interrupted run made it for this purpose; it is taken over. `outlived`: ours, of another generation, and nobody uses it; it
 * is deleted as soon as there is another one. `inUse`: ours and in use, so it is on record, and this is its replacement by force, or the state
 * is older than it is. `ahead`: ours, in use, of a later generation than the declared one. `foreign`: it carries our names and another
 * identity. `unmarked`: it has the name and no marker.
 */
export type Standing = "leftover" | "outlived" | "inUse" | "ahead" | "foreign" | "unmarked";

/** Undefined where the client has nothing to do with the creation. */
export function standingOf(client: OAuthClientEntity, claim: Claim): Standing | undefined {
  if (isEnded(client) || claim.isRecorded(client)) {
    return undefined;
  }
  const made = parseMarker(client.description);
  if (made === undefined) {
    return client.name === claim.name ? "unmarked" : undefined;
  }
  if (slotOf(made) !== slotOwning(claim.generation)) {
    return undefined;
  }
  const isOurs = claim.isRotation ? mayBeMadeBy(made, claim) : isMadeBy(made, claim);
  if (!isOurs) {
    return made.owner === claim.owner && !claim.isRotation ? "foreign" : undefined;
  }
  if (claim.namedIds.has(client.id.toLowerCase())) {
    return standingInUse(made, claim);
  }
  return made.generation === claim.generation && isTakeable(client, claim) ? "leftover" : "outlived";
}

function standingInUse({ generation }: Marker, claim: Claim): Standing {
  if (generation > claim.generation) {
    return "ahead";
  }
  return claim.isRotation && generation === claim.generation ? "leftover" : "inUse";
}

/** An inactive one only where an inactive one is declared. */
function isTakeable(client: OAuthClientEntity, { state }: Claim): boolean {
  return isActive(client) || (client.state === state && client.dateToDelete === undefined);
}

/** Why a creation is refused, and the way out; undefined where the client is not in its way. */
export function refusalOf(client: OAuthClientEntity, standing: Standing, claim: Claim): string | undefined {
  const who = objectInWords(clientKind, client);
  const recover = recoverCommand(claim);
  const made = parseMarker(client.description);
  switch (standing) {
    case "foreign":
      return (
        `${who} was made for ${claim.owner} by ${made?.identity === undefined ? "a state of before stacks had identities" : `another state, identity ${made.identity}`}; ` +
        `it was left as it is. If that state is lost, take its objects back with ${recover}; if it is in use, ` +
        `choose another stack name, or another key than ${keyOf(claim)} [CLIENT_IN_THE_WAY]`
      );
    case "unmarked": {
      const isStored = claim.namedIds.has(client.id.toLowerCase());
      return (
        `${who} has the name that is declared and no mark of a stack${isStored ? ", and the stored secret names it" : ""}; it was left as it is. ` +
        (isStored
          ? `Take it back with ${recover} [CLIENT_IN_THE_WAY]`
          : `Take it over with \`adopt: { clientId: ${client.id} }\`, or rename or delete it, or choose another key than ${keyOf(claim)} [CLIENT_IN_THE_WAY]`)
      );
    }
    case "ahead":
      return (
        `${who} is in use and was made for generation ${made?.generation ?? 0}, while generation ${claim.generation} is declared: the state, or the stack file, ` +
        `is older than what is live; nothing was written. Set rotation.generation to ${made?.generation ?? 0} or above, or restore the newer state [STATE_BEHIND]`
      );
    case "leftover":
    case "outlived":
    case "inUse":
      return undefined;
  }
}
