// A change of an object that was there: one 404 may come from a cache, so the object is looked for before it counts as gone.
import { isNotFound } from "../../genesys/errors";
import { ProviderError } from "../engine/providerError";

/** Where the object is looked for, and what is said when it is gone. */
export interface Changed<T> {
  /** As `Updating role "reporting-reader"`. */
  readonly action: string;
  /** As `the role 5d0c…`. */
  readonly what: string;
  readonly goneCode: string;
  readonly findLive: () => Promise<T | undefined>;
}

/**
 * Sends a change of the live object, once more where Genesys does not find it and it is there all the same.
 * @throws ProviderError with `goneCode`, and what `send` throws
 */
export async function changeLive<T, R>(changed: Changed<T>, send: (live: T) => Promise<R>): Promise<R> {
  const live = await findOrFail(changed);
  try {
    return await send(live);
  } catch (error) {
    if (!isNotFound(error)) {
      throw error;
    }
    await findOrFail(changed);
    return send(live);
  }
}

/** @throws ProviderError with `goneCode`: the object was there when it was recorded. */
export async function findOrFail<T>({ action, what, goneCode, findLive }: Changed<T>): Promise<T> {
  const live = await findLive();
  if (live === undefined) {
    const told = `${action}: ${what} no longer exists in Genesys; run \`pulumi up --refresh\` to make a new one`;
    throw new ProviderError(goneCode, told);
  }
  return live;
}
