// How an OAuth client comes to be: made exactly once, or found again after an interruption and kept with the secret that it has.
import { isEnded } from "../../genesys/knowledge/clientLife";
import { parseMarker } from "../../genesys/marker";
import { type OAuthClientWithSecret, requestFrom } from "../../genesys/oauthClients";
import type { OAuthClientEntity } from "../../genesys/wire";
import type { RoleDivision } from "../../genesys/knowledge/roleDivisions";
import { clientKind } from "../live/objectKind";
import { findLive } from "../live/presence";
import { createExactlyOnce } from "../live/reconciliation";
import type { Session } from "../run/session";
import type { Neighbourhood } from "./neighbourhood";
import { type OAuthClientInputs, oauthClientRequest } from "./record";
import { deleteOAuthClient } from "./removal";
import { whenUsable } from "./usableRoles";

/** A client, and what is to be deleted once its pair is stored: kept on record until then. */
export interface MadeClient {
  readonly client: OAuthClientEntity;
  readonly outlivedIds: readonly string[];
}

/** The secret in Genesys's answer waits in the memory of this process for whoever stores it; of a client that was found nobody knows it. */
export async function makeClient(
  session: Session,
  action: string,
  what: string,
  inputs: OAuthClientInputs,
  resolved: readonly RoleDivision[],
  marker: string,
  neighbourhood: Neighbourhood,
): Promise<MadeClient> {
  const around = await neighbourhood.around(session, action, inputs);
  const { oauthClients } = session;
  const request = oauthClientRequest(inputs, resolved, marker, inputs.state);
  const { object } = await createExactlyOnce<OAuthClientEntity | OAuthClientWithSecret>(session.clock, {
    create: () => whenUsable(session, what, resolved, () => oauthClients.create(request)),
    findCreated: async () => (await oauthClients.list()).filter((client) => isMarked(client, marker)),
    findOrphans: () => Promise.resolve([...around.leftovers]),
    adopt: async (found) => {
      const live = (await findLive(session, clientKind, found.id, inputs)) ?? found;
      return whenUsable(session, what, resolved, () =>
        oauthClients.update(found.id, requestFrom(live, request)),
      );
    },
    remove: (found) => deleteOAuthClient(session, found.id, inputs),
  });
  if (typeof object.secret === "string") {
    session.clients.keepSecret(object.id, object.secret);
  }
  const { owner } = inputs;
  await neighbourhood.takeAway(session, owner, idsOf(around.outlived));
  // Of the declared generation is what is replaced by force, which the engine deletes, unless state turns out not to know it either.
  const isOfGeneration = ({ description }: OAuthClientEntity): boolean =>
    parseMarker(description)?.generation === inputs.generation;
  const outlivedIds = idsOf(around.inUse.filter((client) => !isOfGeneration(client)));
  session.clients.whenStored(owner, async () => {
    const recordedId = session.clients.recordedClients.get(owner);
    const forgotten = around.inUse.filter((client) => isOfGeneration(client) && client.id !== recordedId);
    await neighbourhood.takeAway(session, owner, [...outlivedIds, ...idsOf(forgotten)]);
  });
  return { client: object, outlivedIds };
}

function idsOf(clients: readonly OAuthClientEntity[]): string[] {
  return clients.map(({ id }) => id);
}

/** Whether a living client carries exactly this marker. */
function isMarked(client: OAuthClientEntity, marker: string): boolean {
  return (client.description ?? "").includes(marker) && !isEnded(client);
}
