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
export async function sendChange<T>(changed: Changed, send: () => Promise<T>): Promise<T> {
  try {
    return await send();
  } catch (error) {
    if (!isNotFound(error)) {
      throw error;
    }
    if ((await changed.findLive()) === undefined) {
      throw goneError(changed);
    }
    return send();
  }
}

/** The object was there when it was recorded. */
export function goneError({ action, what, goneCode }: Omit<Changed, "findLive">): ProviderError {
  const told = `${action}: ${what} no longer exists in Genesys; run \`pulumi up --refresh\` to make a new one`;
  return new ProviderError(goneCode, told);
}
