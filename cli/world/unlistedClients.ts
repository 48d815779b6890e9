// Asks Genesys for clients one by one whose ids are known and which its list does not show: only then is a client said to be gone.
import { isNotFound } from "../../genesys/errors";
import { type OAuthClients } from "../../genesys/oauthClients";
import { type OAuthClientEntity } from "../../genesys/wire";
import {
  credentialClients,
  type CredentialClients,
  type Evidence,
  type LostClient,
  unlistedIds,
} from "./credentialClients";
import { type Wanted } from "./strangers";
import { messageOf } from "../../common/known";

/** What Genesys answered. */
interface UnlistedClients {
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

/** The clients of a credential, once those that the list does not show were asked for. Never rejects. */
export async function findClients(
  wanted: Wanted,
  asked: Omit<Evidence, "fates">,
  oauthClients: OAuthClients,
): Promise<CredentialClients> {
  const { shown, fates } = await askForUnlisted(oauthClients, unlistedIds(wanted, asked));
  return credentialClients(wanted, { ...asked, everyClient: [...asked.everyClient, ...shown], fates });
}
