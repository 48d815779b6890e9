// What `list` says of a credential that is declared revoked, and of clients that only the state knows (pure).
import { isEnded } from "../../genesys/knowledge/clientLife";
import { type OAuthClientEntity } from "../../genesys/wire";
import { type CredentialClients, type LostClient } from "../world/credentialClients";

/** Where it was not seen, and is not known to be otherwise. */
export const unknownState = "unknown";

/** Revoked is what was seen so: each client of it, and with the state, which alone knows them all. */
export function revokedState(found: CredentialClients | undefined): string {
  if (found === undefined) {
    return unknownState;
  }
  const { clients, lost, strangers, reasons, isInState } = found;
  if (clients.some(({ entity }) => isUsable(entity))) {
    return "revoked, still active: run pulumi up";
  }
  const isDoubtful =
    found.isStateUnread ||
    lost.some(({ fate }) => fate !== "gone") ||
    strangers.some(({ why }) => why === "ambiguous");
  if (isDoubtful) {
    return unknownState;
  }
  if (clients.length + lost.length > 0) {
    return "revoked";
  }
  return isInState || reasons.length > 0 ? unknownState : "missing";
}

function isUsable({ state, dateToDelete }: OAuthClientEntity): boolean {
  return state !== "inactive" && state !== "disabled" && !isEnded({ state, dateToDelete });
}

/** A version of the secret may well name a client that was replaced since. */
export function recordedAndLost({ lost }: CredentialClients): readonly LostClient[] {
  return lost.filter(
    ({ foundBy, fate, isPendingDeletion }) =>
      foundBy.includes("state") && !(isPendingDeletion && fate === "gone"),
  );
}
