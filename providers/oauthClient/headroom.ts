// Whether the organisation has room for the OAuth clients that a run makes: a warning before the first of them, never a refusal.
import { isDeleted } from "../../genesys/oauthClients";
import { ifTold } from "../run/ifTold";
import type { Session } from "../run/session";

/**
 * Counts a client that is about to be made, and warns once when the organisation's limit would be exceeded. Which limit that is may not be
 * known, and the count may be older than the run: Genesys's own answer decides.
 * @param planned Which client: the same one counts once, however often it is checked.
 */
export async function warnWithoutRoom(session: Session, planned: string): Promise<void> {
  session.plannedClients.add(planned);
  await ifTold(async () => {
    const limit = await session.clientLimit();
    if (limit === undefined) {
      return;
    }
    const live = (await session.clientsAtStart()).filter((client) => !isDeleted(client)).length;
    const wanted = session.plannedClients.size;
    if (live + wanted > limit && session.beginTelling("lack of room")) {
      session.notify(
        `Warning: the organisation has ${live} OAuth clients of at most ${limit}, and this run makes ${wanted} or more before it deletes any. ` +
          "Delete unused clients, or set rotation.overlap: none; else Genesys will refuse the creation (auth.too.many.clients).",
      );
    }
  });
}
