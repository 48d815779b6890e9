// Who loses a role that is about to be deleted, besides this stack.
import { isOfStack } from "../../genesys/marker";
import { explain } from "../engine/providerError";
import { holdersOf } from "../run/roleHolders";
import type { Session } from "../run/session";
import type { RoleOutputs } from "./record";

/** Says it, or that it cannot be known; the deletion goes on either way, since it was decided before. */
export async function tellLostHolders(session: Session, id: string, recorded: RoleOutputs): Promise<void> {
  const who = `the role "${recorded.name}" (${id})`;
  try {
    const holders = await holdersOf(session, id, (marker) => isOfStack(marker, recorded));
    if (holders.length > 0) {
      session.notify(`Warning: ${who} is deleted; who else loses it: ${holders.join("; ")}.`);
    }
  } catch (error) {
    const { message } = explain("Looking for its holders", error, session.redactor);
    session.notify(`Warning: ${who} is deleted; who else holds it could not be known: ${message}`);
  }
}
