// Work on a resource: what becomes of it when AWS fails in the middle.
import { awsFailure, isGone } from "./awsFailure";
import { type LiveResource, PartialChange, type ResourceContext } from "./resourceType";

/**
 * Does the work.
 * @param action what is being done to which object, as `Creating secret "genesys/dev/report"`
 * @param kept asked when it fails: what must reach the state nevertheless
 * @throws PartialChange where something exists, else AwsFailure
 */
export async function working<T>(
  action: string,
  { config }: ResourceContext,
  work: () => Promise<T>,
  kept: () => Omit<LiveResource, "inputs"> | undefined = () => undefined,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const failure = awsFailure(action, error, config.endpoints);
    const resource = kept();
    throw resource === undefined
      ? failure
      : new PartialChange(resource.id, resource.outputs, failure.message);
  }
}

/** Asks or deletes; undefined where the secret, or the version, is gone or scheduled to go. */
export async function unlessGone<T>(call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    if (isGone(error)) {
      return undefined;
    }
    throw error;
  }
}

/** What an update has read back. @throws Error when it is gone */
export function existing(live: LiveResource | undefined): LiveResource {
  if (live === undefined) {
    throw new Error("it no longer exists; run `pulumi refresh`");
  }
  return live;
}
