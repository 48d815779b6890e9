// What the environment says about the way to AWS: endpoint and keys, for every client of the command line.
import { type Environment } from "../declarations/endpoints";

/** Settings of an AWS SDK client: the endpoint and the keys of the environment; what is left out the SDK finds by itself. */
export function awsAccess(environment: Environment): object {
  const endpoint =
    filled(environment, "AWS_ENDPOINT_URL_SECRETS_MANAGER") ?? filled(environment, "AWS_ENDPOINT_URL");
  return { ...(endpoint === undefined ? {} : { endpoint }), ...keysOf(environment) };
}

/** A profile wins over keys, as in the SDK's own order. */
function keysOf(environment: Environment): object {
  const accessKeyId = filled(environment, "AWS_ACCESS_KEY_ID");
  const secretAccessKey = filled(environment, "AWS_SECRET_ACCESS_KEY");
  const sessionToken = filled(environment, "AWS_SESSION_TOKEN");
  if (
    accessKeyId === undefined ||
    secretAccessKey === undefined ||
    filled(environment, "AWS_PROFILE") !== undefined
  ) {
    return {};
  }
  return {
    credentials: { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) },
  };
}

/** The variable's value; undefined when it is not set or empty. */
export function filled(environment: Environment, name: string): string | undefined {
  const value = environment[name];
  return value === undefined || value === "" ? undefined : value;
}
