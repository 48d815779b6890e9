// Why a live OAuth client cannot be taken over, whatever its roles are.
import { type OAuthClientEntity } from "../../genesys/wire";
import { type Inventory } from "./inventory";
import { type LiveOwner, type StackEntries } from "./stackEntries";

/** A reason, as a clause. */
export interface Obstacle {
  readonly reason: string;
  /** Whether the stack manages the object already: nothing is left to do. */
  readonly isDone: boolean;
}

/** Undefined when nothing stands in the way. */
export function clientObstacle(
  live: OAuthClientEntity,
  entries: StackEntries,
  { identity }: Inventory,
): Obstacle | undefined {
  const adopting = entries.credentialAdopting(live.id);
  if (adopting !== undefined) {
    return { reason: `the credential "${adopting}" of this stack adopts it already`, isDone: true };
  }
  if (entries.isInState(live)) {
    return { reason: "the state of this stack holds it already", isDone: true };
  }
  const owner = entries.ownerOf(live);
  if (owner !== undefined) {
    return { reason: ownerReason(owner, entries.stack), isDone: owner.standing === "ours" };
  }
  const reason = reasonOf(live, entries, identity.clientId);
  return reason === undefined ? undefined : { reason, isDone: false };
}

function ownerReason({ owner, standing }: LiveOwner, stack: string): string {
  if (standing === "otherIdentity") {
    return `it was made for ${owner} by another state of the same name, or one that was lost: \`npm run credentials -- recover --stack ${stack}\` takes that back`;
  }
  return `it is managed by ${standing === "ours" ? "this stack already" : "another stack"} (${owner})`;
}

function reasonOf(
  { id, name = "", state = "active", authorizedGrantType }: OAuthClientEntity,
  entries: StackEntries,
  deployerClientId: string | undefined,
): string | undefined {
  if (id.toLowerCase() === deployerClientId?.trim().toLowerCase()) {
    return "it is the deployer itself, which a rotation would delete";
  }
  const namesake = entries.credentialWithClientNamed(name);
  if (namesake !== undefined) {
    return `it has the name of a client of the credential "${namesake}", whose marker may have been edited out of its description`;
  }
  if (state !== "active") {
    return `its state is ${state}: only active clients are taken over`;
  }
  return authorizedGrantType === undefined ? "Genesys does not tell its grant type" : undefined;
}
