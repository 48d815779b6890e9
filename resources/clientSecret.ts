// ClientSecret: the secret of one OAuth client, made, proven and stored by the provider; no secret is in it.
import type * as pulumi from "@pulumi/pulumi";

import type { AwsSettings } from "../common/awsSettings";
import { OwnResource } from "./ownResource";

/** Inputs. Another client or another generation is another secret; everything else is carried over. */
export interface ClientSecretArgs {
  /** The organisation to which the client belongs; any other one is refused. */
  readonly organization: pulumi.Input<{ id?: string; region?: string }>;
  readonly clientId: pulumi.Input<string>;
  readonly authorizedGrantType: pulumi.Input<string>;
  /** Of the client: nothing is stored for one that is `inactive`, since nobody could prove it. */
  readonly state: pulumi.Input<string>;
  readonly generation: pulumi.Input<number>;
  /** `<project>/<stack>/<credential>`. */
  readonly owner: pulumi.Input<string>;
  /** For messages and evidence, and for looking at the name before the secret is made. */
  readonly secretName: pulumi.Input<string>;
  readonly secretArn: pulumi.Input<string>;
  /** Absent for the account's own key. */
  readonly kmsKeyId?: pulumi.Input<string>;
  /** The spelling of the stored keys: `camel`, `snake` or `environment`. */
  readonly keys: pulumi.Input<string>;
  /** Origin of the API. */
  readonly apiUrl: pulumi.Input<string>;
  /** URL of the token endpoint. */
  readonly tokenUrl: pulumi.Input<string>;
  /** How AWS is reached; nothing secret. */
  readonly aws: pulumi.Input<AwsSettings>;
}

/**
 * The stored secret of a client. Its Pulumi id is the client id and the generation.
 * @example
 * new ClientSecret("nightly-report", { organization, clientId: client.id, authorizedGrantType: "CLIENT-CREDENTIALS", state: "active",
 *   generation: 0, owner: "genesys-credentials/dev/nightly-report", secretName: "genesys/dev/nightly-report", secretArn: secret.id,
 *   keys: "camel", apiUrl: "https://api.mypurecloud.ie", tokenUrl: "https://login.mypurecloud.ie/oauth/token", aws: {} });
 */
export class ClientSecret extends OwnResource {
  /** The version that holds the pair; undefined where nothing is stored, since the client is inactive. */
  declare readonly versionId: pulumi.Output<string | undefined>;

  constructor(name: string, args: ClientSecretArgs, options?: pulumi.CustomResourceOptions) {
    super("ClientSecret", name, args, ["versionId"], options);
  }
}
