// Taking over an OAuth client that exists already: which ones may be, and the one PUT that does it.
import { mayBeMadeBy, parseMarker } from "../../genesys/marker";
import { requestFrom } from "../../genesys/oauthClients";
import type { OAuthClientEntity } from "../../genesys/wire";
import type { RoleDivision } from "../../genesys/knowledge/roleDivisions";
import { isSameGrantType } from "../../genesys/knowledge/grantTypes";
import { type ClientAdoptionInput, type OAuthClientInputs, oauthClientRequest } from "./record";
import { requireAdoptable } from "../live/adoption";
import { clientKind } from "../live/objectKind";
import { findLive } from "../live/presence";
import type { Session } from "../run/session";
import { whenUsable } from "./usableRoles";

/** Inputs of a client that is taken over. */
export type AdoptingInputs = OAuthClientInputs & { readonly adopt: ClientAdoptionInput };

/** Why a client may not be taken over; empty when it may. */
export function clientRefusals(
  session: Session,
  live: OAuthClientEntity | undefined,
  inputs: AdoptingInputs,
): string[] {
  if (live === undefined) {
    return [
      `no live OAuth client ${inputs.adopt.clientId} exists in this organisation; correct adopt.clientId, or remove adopt to have a new client made`,
    ];
  }
  const who = `OAuth client ${live.id}`;
  const reasons: string[] = [];
  const marker = parseMarker(live.description);
  // Our own marker was left by a run that was interrupted.
  if (marker !== undefined && !(mayBeMadeBy(marker, inputs) && marker.generation === inputs.generation)) {
    reasons.push(
      `${who} belongs to ${marker.owner}, generation ${marker.generation}, as its description says; take it out of that stack ` +
        "and its marker out of the description first, or remove adopt",
    );
  }
  if (live.id.toLowerCase() === session.deployerClientId.toLowerCase()) {
    reasons.push(
      `${who} is the deployer that this run signs in with, which a rotation would delete; deploy with another client, or remove adopt`,
    );
  }
  if (
    live.authorizedGrantType !== undefined &&
    !isSameGrantType(live.authorizedGrantType, inputs.authorizedGrantType)
  ) {
    reasons.push(
      `${who} has the grant type ${live.authorizedGrantType} and ${inputs.authorizedGrantType} is declared; ` +
        "declare the grant type that it has, or remove adopt",
    );
  }
  if (live.state === "disabled") {
    reasons.push(
      `${who} is disabled, which Genesys alone does and undoes; ask Genesys support, or remove adopt`,
    );
  }
  return reasons;
}

/**
 * Makes a live client the declared one: the same client id, every writable field as declared, a marker of its own. Its secret is not
 * touched. Sent again after an interruption, it does the same once more.
 * @returns The client as Genesys shows it afterwards.
 * @throws ProviderError ADOPTION_REFUSED
 */
export async function takeOverClient(
  session: Session,
  what: string,
  inputs: AdoptingInputs,
  resolved: readonly RoleDivision[],
  marker: string,
): Promise<OAuthClientEntity> {
  const found = await findLive(session, clientKind, inputs.adopt.clientId, inputs);
  const live = requireAdoptable(what, found, clientRefusals(session, found, inputs));
  const request = requestFrom(live, oauthClientRequest(inputs, resolved, marker, inputs.state));
  return whenUsable(session, what, resolved, () => session.oauthClients.update(live.id, request));
}
