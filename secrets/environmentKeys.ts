// The AWS keys of an environment. They win over AWS_PROFILE, as in the AWS SDK for Go: the plugin that makes the secret finds them so.
import type { Environment } from "../common/environmentVariables";
import type { AwsKeys } from "./awsIdentity";

/** Undefined where the SDK has to find keys by itself: there are none, or the stack names a profile. */
export function environmentKeys(environment: Environment, profile: string | undefined): AwsKeys | undefined {
  const accessKeyId = environment["AWS_ACCESS_KEY_ID"] ?? "";
  const secretAccessKey = environment["AWS_SECRET_ACCESS_KEY"] ?? "";
  const sessionToken = environment["AWS_SESSION_TOKEN"] ?? "";
  return profile !== undefined || accessKeyId === "" || secretAccessKey === ""
    ? undefined
    : { accessKeyId, secretAccessKey, ...(sessionToken === "" ? {} : { sessionToken }) };
}
