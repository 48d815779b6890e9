// The write of an update: it starts from the live client, and changes in it what is declared.
import { stateToSend } from "../../genesys/knowledge/clientLife";
import { requestFrom } from "../../genesys/oauthClients";
import type { OAuthClientEntity } from "../../genesys/wire";
import { changeLive } from "../live/change";
import { clientKind } from "../live/objectKind";
import type { Session } from "../run/session";
import { isSentAnew, type OAuthClientInputs, oauthClientRequest, type OAuthClientOutputs } from "./record";
import { whenUsable } from "./usableRoles";

/** What is changed, in words and by its id. */
interface Subject {
  readonly action: string;
  readonly what: string;
  readonly id: string;
}

/**
 * @param outputs What the record will say: marker and resolved roles go into the request.
 * @returns the client as Genesys shows it afterwards
 * @throws ProviderError CLIENT_GONE, ROLE_GONE
 */
export async function writeChange(
  session: Session,
  { action, what, id }: Subject,
  olds: OAuthClientOutputs,
  news: OAuthClientInputs,
  { marker, resolvedRoleDivisions: resolved }: OAuthClientOutputs,
): Promise<OAuthClientEntity> {
  return changeLive(session, { action, kind: clientKind, id, known: olds }, async (live) => {
    const state = stateToSend(live.state, news.state, olds.state);
    // One that is lower than declared already needs no deactivation: whether Genesys takes `disabled` from customers is not known.
    if (state !== news.state && !isSentAnew({ ...olds, state: news.state }, news)) {
      return live;
    }
    const request = requestFrom(live, oauthClientRequest(news, resolved, marker, state));
    return whenUsable(session, what, resolved, () => session.oauthClients.update(id, request));
  });
}
