// A client that a person, or Genesys, has put lower than its record says: told beforehand, and left as it is.
import { isLowered } from "../../genesys/knowledge/clientLife";
import { clientKind } from "../live/objectKind";
import { findLive } from "../live/presence";
import { act } from "../run/action";
import type { Session } from "../run/session";
import { isSentAnew, type OAuthClientInputs, type OAuthClientOutputs } from "./record";

/** Says so before an update that writes to it. A client to which nothing is sent is not looked at. */
export async function tellLowered(
  session: Session,
  id: string,
  olds: Partial<OAuthClientOutputs>,
  news: Partial<OAuthClientInputs>,
): Promise<void> {
  const { name = id, state: recorded = "active", organizationId } = olds;
  const isRaised = news.state === "active" && recorded !== "active";
  if (isRaised || !isSentAnew(olds as OAuthClientInputs, news as OAuthClientInputs)) {
    return;
  }
  const action = `Updating OAuth client "${name}"`;
  await act(session, action, organizationId, async () => {
    const live = await findLive(session, clientKind, id, { name, dateCreated: olds.dateCreated });
    if (live !== undefined && isLowered(live.state, news.state ?? recorded)) {
      session.notify(
        `Notice: OAuth client "${name}" (${id}) is ${live.state ?? ""} in Genesys and recorded as ${recorded}: somebody has changed it, and this update leaves it so. ` +
          "`pulumi up --refresh` shows it as a difference and puts it right.",
      );
    }
  });
}
