// Finds what runs of the probe made and what is still there: by its mark, in the lists of the organisation.
import { messageOf } from "../common/known";
import { GenesysError } from "../genesys/errors";
import { IntegrationCredentials } from "../genesys/integrationCredentials";
import { isEnded } from "../genesys/knowledge/clientLife";
import { isDeleted, OAuthClients } from "../genesys/oauthClients";
import { Roles } from "../genesys/roles";
import { type MadeKind, type MadeObject, madeKinds } from "./ledger";
import { isMarked } from "./mark";
import type { ProbeClient } from "./probeClient";

export interface FoundObject extends MadeObject {
  /** A client that Genesys keeps for a while after its deletion, inactive and with a date (docs/genesys-api.md 3.7). */
  readonly waitsForEnd: boolean;
}

export interface Found {
  readonly objects: readonly FoundObject[];
  /** Why a kind could not be looked for, as a clause. */
  readonly unseen: ReadonlyMap<MadeKind, string>;
}

const lists: Readonly<Record<MadeKind, (client: ProbeClient) => Promise<readonly Listed[]>>> = {
  client: async (client) => {
    const shown = await new OAuthClients(client).list();
    return shown.filter((one) => !isDeleted(one)).map((one) => ({ ...one, waitsForEnd: isEnded(one) }));
  },
  role: (client) => new Roles(client).list(),
  "integration credential": (client) => new IntegrationCredentials(client).list(),
};

interface Listed {
  readonly id: string;
  readonly name?: string | undefined;
  readonly description?: unknown;
  readonly waitsForEnd?: boolean;
}

/** What is marked, of these kinds, whichever run made it. Never rejects because of Genesys. */
export async function findMarked(
  client: ProbeClient,
  kinds: readonly MadeKind[] = madeKinds,
): Promise<Found> {
  const objects: FoundObject[] = [];
  const unseen = new Map<MadeKind, string>();
  for (const kind of kinds) {
    try {
      for (const { id, name, description, waitsForEnd = false } of await lists[kind](client)) {
        if (name !== undefined && isMarked(name, description)) {
          objects.push({ kind, id, name, waitsForEnd });
        }
      }
    } catch (error) {
      if (!(error instanceof GenesysError)) {
        throw error;
      }
      unseen.set(kind, `${kind}s could not be looked for: ${messageOf(error)}`);
    }
  }
  return { objects, unseen };
}
