// A change of an object that was there: one 404 may come from a cache, so the object is looked for before it counts as gone.
import { isNotFound } from "../../genesys/errors";
import { ProviderError } from "../engine/providerError";

/** Where the object is looked for, and what is said when it is gone. */
export interface Changed {
  /** As `Updating role "reporting-reader"`. */
  readonly action: string;
  /** As `the role 5d0c…`. */
  readonly what: string;
  readonly goneCode: string;
  readonly findLive: () => Promise<unknown>;
}

/** Sends the change, once more where the object is there all the same. @throws ProviderError with `goneCode`, and what `send` throws */
export async function sendChange<T>(
  { action, what, goneCode, findLive }: Changed,
  send: () => Promise<T>,
): Promise<T> {
  try {
    return await send();
  } catch (error) {
    if (!isNotFound(error)) {
      throw error;
    }
    if ((await findLive()) === undefined) {
      const told = `${action}: ${what} no longer exists in Genesys; run \`pulumi up --refresh\` to make a new one`;
      throw new ProviderError(goneCode, told);
    }
    return send();
  }
}
