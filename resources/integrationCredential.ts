// IntegrationCredential: where data actions inside Genesys keep a client's id and secret, as a Pulumi resource.
import type * as pulumi from "@pulumi/pulumi";

import type { AwsSettings } from "../common/awsSettings";
import { OwnResource } from "./ownResource";

/** The type of integration credential that holds an OAuth client's pair; there is no other here. */
export const pairType = "pureCloudOAuthClient";

/** Inputs in Genesys's own names; `credentialType`, `existingId` and `owner` are ours. */
export interface IntegrationCredentialArgs {
  /** The organisation to which it belongs; any other one is refused. */
  readonly organization: pulumi.Input<{ id?: string; region?: string }>;
  readonly name: pulumi.Input<string>;
  /** `pureCloudOAuthClient`. */
  readonly credentialType: pulumi.Input<string>;
  readonly clientId: pulumi.Input<string>;
  /** The stored secret that holds the pair: the provider reads the value itself. */
  readonly secretArn: pulumi.Input<string>;
  /** The version that holds it; undefined where nothing is stored yet, since the client is inactive. */
  readonly versionId: pulumi.Input<string | undefined>;
  /** How AWS is reached; nothing secret. */
  readonly aws: pulumi.Input<AwsSettings>;
  /** The id of one that is taken over; left out where one is made. Pulumi keeps the word `id` for itself. */
  readonly existingId?: pulumi.Input<string>;
  /** `<project>/<stack>/<credential>`. */
  readonly owner: pulumi.Input<string>;
}

/**
 * An integration credential; its Pulumi id is the id in Genesys. No secret is in it.
 * @example
 * new IntegrationCredential("nightly-report", { organization, name: "Data actions: nightly report",
 *   credentialType: "pureCloudOAuthClient", clientId: client.id, secretArn: secret.id, versionId: clientSecret.versionId, aws: {},
 *   owner: "genesys-credentials/dev/nightly-report" });
 */
export class IntegrationCredential extends OwnResource {
  constructor(name: string, args: IntegrationCredentialArgs, options?: pulumi.CustomResourceOptions) {
    super("IntegrationCredential", name, args, [], options);
  }
}
