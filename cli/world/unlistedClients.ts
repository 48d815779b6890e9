// Asks Genesys for clients one by one whose ids are known and which its list does not show: only then is a client said to be gone.
import { isNotFound } from "../../genesys/errors";
import { type OAuthClients } from "../../genesys/oauthClients";
import { type OAuthClientEntity } from "../../genesys/wire";
import { type LostClient } from "./credentialClients";
import { messageOf } from "../../common/known";

/** What Genesys answered. */
export interface UnlistedClients {
  readonly shown: readonly OAuthClientEntity[];
  /** By id, of those that it did not show. */
  readonly fates: ReadonlyMap<string, LostClient["fate"]>;
}

/** Never rejects. */
export async function askForUnlisted(
  oauthClients: OAuthClients,
  ids: readonly string[],
): Promise<UnlistedClients> {
  const shown: OAuthClientEntity[] = [];
  const fates = new Map<string, LostClient["fate"]>();
  await Promise.all(
    ids.map(async (id) => {
      try {
        shown.push(await oauthClients.get(id));
      } catch (error) {
        fates.set(id, isNotFound(error) ? "gone" : { reason: messageOf(error) });
      }
    }),
  );
  return { shown, fates };
}
