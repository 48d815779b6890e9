// IntegrationCredential: where data actions inside Genesys keep a client's id and secret, as a Pulumi resource.
import * as pulumi from "@pulumi/pulumi";

import { resourceNames } from "../declarations/naming";
import type { ResolvedCredential } from "../declarations/resolve";
import type { OAuthClient } from "./oauthClient";
import { integrationCredentialProvider } from "./providerReference";

/** The type of integration credential that holds an OAuth client's pair; there is no other here. */
const pairType = "pureCloudOAuthClient";

/** Inputs in Genesys's own names; `credentialType`, `existingId` and `owner` are ours. */
export interface IntegrationCredentialArgs {
  /** The organisation to which it belongs; any other one is refused. */
  readonly organization: pulumi.Input<{ id?: string; region?: string }>;
  readonly name: pulumi.Input<string>;
  /** `pureCloudOAuthClient`. */
  readonly credentialType: pulumi.Input<string>;
  readonly clientId: pulumi.Input<string>;
  /** Never empty: the provider refuses it. */
  readonly clientSecret: pulumi.Input<string>;
  /** The id of one that is taken over; left out where one is made. Pulumi keeps the word `id` for itself. */
  readonly existingId?: pulumi.Input<string>;
  /** `<project>/<stack>/<credential>`. */
  readonly owner: pulumi.Input<string>;
}

/**
 * An integration credential; its Pulumi id is the id in Genesys. The secret is in state only, encrypted.
 * @example
 * new IntegrationCredential("nightly-report", { organization, name: "Data actions: nightly report",
 *   credentialType: "pureCloudOAuthClient", clientId: client.id, clientSecret: client.clientSecret,
 *   owner: "genesys-credentials/dev/nightly-report" });
 */
export class IntegrationCredential extends pulumi.CustomResource {
  declare readonly credentialId: pulumi.Output<string>;

  constructor(name: string, args: IntegrationCredentialArgs, options?: pulumi.CustomResourceOptions) {
    const outputs = {
      credentialId: undefined,
      organizationId: undefined,
      isTakenOver: undefined,
      createdAt: undefined,
    };
    super(
      "pulumi-nodejs:dynamic/genesys:IntegrationCredential",
      name,
      {
        ...args,
        clientSecret: pulumi.secret(args.clientSecret),
        ...outputs,
        __provider: integrationCredentialProvider,
      },
      pulumi.mergeOptions(options, { additionalSecretOutputs: ["clientSecret"] }),
    );
  }
}

/** What the integration credential of a credential is made of. */
export interface DeclaredPlace {
  readonly credential: ResolvedCredential;
  readonly organization: { readonly id?: string; readonly region?: string };
  /** The current client: it is verified by the time its secret is known. */
  readonly client: OAuthClient;
  /** What goes first: where the stored secret cannot be written, the integration keeps the former client as well. */
  readonly after: pulumi.Resource;
}

/** Declares it below `parent`, where one is declared. */
export function declareIntegrationCredential(
  { credential, organization, client, after }: DeclaredPlace,
  parent: pulumi.Resource,
): void {
  const { integrationCredential: declared, key, owner } = credential;
  if (declared === undefined) {
    return;
  }
  new IntegrationCredential(
    resourceNames(key).integrationCredential,
    {
      organization,
      name: declared.name,
      credentialType: pairType,
      clientId: client.id,
      clientSecret: client.clientSecret,
      ...(declared.id === undefined ? {} : { existingId: declared.id }),
      owner,
    },
    { parent, dependsOn: [after] },
  );
}
