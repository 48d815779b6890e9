// How many OAuth clients the organisation may still have, as far as Genesys tells.
import { type ResolvedDeclarations } from "../../declarations/resolve";
import { type GenesysClient } from "../../genesys/client";
import { isNotFound } from "../../genesys/errors";
import { Limits } from "../../genesys/limits";
import { isDeleted } from "../../genesys/oauthClients";
import { credentialClients, type Evidence } from "../world/credentialClients";
import { clientsInSlot, isOfEarlierGeneration } from "../world/liveClients";
import { type Line, linesOn } from "./line";

/** The limit; undefined where Genesys does not tell it. @throws the errors of `genesys/errors.ts`, but 404 */
export async function readClientLimit(client: GenesysClient): Promise<number | undefined> {
  try {
    return await new Limits(client).oauthClients();
  } catch (error) {
    if (isNotFound(error)) {
      return undefined;
    }
    throw error;
  }
}

/** Whether the clients that the next update makes, and the one of a rotation after it, have room. */
export function checkClientLimit(
  limit: number | undefined,
  { credentials }: Pick<ResolvedDeclarations, "credentials">,
  evidence: Pick<Evidence, "everyClient" | "state">,
  stack: string,
): Line {
  const { pass, warn, fail } = linesOn("Genesys", "client-limit", "OAuth clients");
  const count = evidence.everyClient.filter((client) => !isDeleted(client)).length;
  if (limit === undefined) {
    return pass(`there are ${count}; Genesys has not told its limit`);
  }
  const needed = credentials.flatMap((credential) => {
    const { rotation, slots } = credential;
    const { clients: live } = credentialClients({ credential, stack, declared: credentials }, evidence);
    return slots.filter(({ slot, generation }) => {
      const [own] = clientsInSlot(live, slot);
      return own === undefined || isOfEarlierGeneration(own, generation, rotation);
    });
  }).length;
  const left = limit - count;
  const found = `there are ${count} of at most ${limit}; the next update makes ${needed}`;
  const remedy =
    "delete clients that nobody uses, ask Genesys for more, or set `rotation.overlap: none` (docs/rotation.md)";
  if (needed > left) {
    return fail(found, remedy);
  }
  return left - needed < 1 ? warn(`${found}, and then no rotation has room`, remedy) : pass(found);
}
