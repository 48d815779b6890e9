// What a provider does on behalf of one resource: signed in, in the right organisation, and every failure in words.
import type { TokenIdentity } from "../../genesys/identity";
import { explain } from "../engine/providerError";
import type { Session } from "./session";

/**
 * @param action As `Creating OAuth client "nightly-report-dev-a"`.
 * @param explainFirst What is said of an error that has to do with this action alone; any other error as it is.
 * @throws ProviderError, whatever is thrown by `work`
 */
export async function explained<T>(
  session: Session,
  action: string,
  work: () => Promise<T>,
  explainFirst: (error: unknown) => unknown = (error) => error,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw explain(action, await explainFirst(error), session.redactor);
  }
}

/** Signs in first. @param organizationId The organisation that is meant; undefined where none was ever named. */
export function act<T>(
  session: Session,
  action: string,
  organizationId: string | undefined,
  work: (deployer: TokenIdentity) => Promise<T>,
  explainFirst?: (error: unknown) => unknown,
): Promise<T> {
  return explained(
    session,
    action,
    async () => work(await session.enter(action, organizationId)),
    explainFirst,
  );
}
