// One deletion as Genesys answers it.
import { isNotFound } from "../genesys/errors";
import type { ProbeClient } from "./probeClient";

/**
 * Sent once: were it repeated unseen, an answer that was lost would look like an object that is not known.
 * @returns False where Genesys does not know the object.
 * @throws every other error of genesys/
 */
export async function isDeletionAccepted(client: ProbeClient, path: string): Promise<boolean> {
  try {
    await client.command({ method: "DELETE", path, kind: "dispensable" });
    return true;
  } catch (error) {
    if (!isNotFound(error)) {
      throw error;
    }
    return false;
  }
}
