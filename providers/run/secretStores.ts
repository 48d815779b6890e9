// The ways to Secrets Manager of this process: one for each set of settings, shared by every resource.
import type { AwsSettings } from "../../common/awsSettings";
import { environmentKeys } from "../../secrets/environmentKeys";
import { SecretStore } from "../../secrets/store";

/** Finds the way to AWS for a resource. */
export type StoreFinder = (aws: AwsSettings | undefined) => SecretStore;

const stores = new Map<string, SecretStore>();

export const storeFor: StoreFinder = (aws = {}) => {
  // Else the SDK puts a notice about later versions of Node among the update's messages.
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";
  const key = JSON.stringify(aws);
  const store = stores.get(key) ?? new SecretStore(aws, environmentKeys(process.env, aws.profile));
  stores.set(key, store);
  return store;
};
