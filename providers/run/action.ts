// What a provider does on behalf of one resource: signed in, in the right organisation, and every failure in words.
import type { TokenIdentity } from "../../genesys/identity";
import { explain } from "../engine/providerError";
import type { Session } from "./session";

/**
 * Signs in first.
 * @param action As `Creating OAuth client "nightly-report-dev-a"`.
 * @param organizationId The organisation that is meant; undefined where none was ever named.
 * @param explainFirst What is said of an error that has to do with this action alone; any other error as it is.
 * @throws ProviderError, whatever is thrown by `work`
 */
export async function act<T>(
  session: Session,
  action: string,
  organizationId: string | undefined,
  work: (deployer: TokenIdentity) => Promise<T>,
  explainFirst: (error: unknown) => unknown = (error) => error,
): Promise<T> {
  try {
    return await work(await session.enter(action, organizationId));
  } catch (error) {
    throw explain(action, await explainFirst(error), session.redactor);
  }
}
