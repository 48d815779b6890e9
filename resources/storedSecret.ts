// The stored secret: one AWS secret and its current version, which names the current OAuth client.
import * as secretsmanager from "@pulumi/aws/secretsmanager";
import * as pulumi from "@pulumi/pulumi";

import type { ResolvedSecret } from "../declarations/resolve";
import { renderSecretPayload } from "../declarations/secretPayload";
import type { OAuthClient } from "./oauthClient";

/** Where the consumer signs in and calls. */
export interface Endpoints {
  /** Origin of the API. */
  readonly apiUrl: string;
  /** URL of the token endpoint. */
  readonly tokenUrl: string;
}

/** What is stored where. */
export interface StoredSecretArgs {
  readonly secret: ResolvedSecret;
  readonly description: string;
  readonly client: OAuthClient;
  readonly endpoints: Endpoints;
}

/** Declares the secret and its version below `parent`. */
export function declareStoredSecret(
  name: string,
  args: StoredSecretArgs,
  parent: pulumi.Resource,
): secretsmanager.Secret {
  const { secret, client, endpoints } = args;
  const stored = new secretsmanager.Secret(
    name,
    {
      name: secret.name,
      description: args.description,
      recoveryWindowInDays: secret.recoveryWindowInDays,
      ...(secret.kmsKeyId === undefined ? {} : { kmsKeyId: secret.kmsKeyId }),
      ...(Object.keys(secret.tags).length === 0 ? {} : { tags: { ...secret.tags } }),
    },
    // Nothing is made in AWS for a client that Genesys refused.
    { parent, dependsOn: [client] },
  );
  const secretString = pulumi
    .all([client.id, client.clientSecret])
    .apply(([clientId, clientSecret]) =>
      renderSecretPayload(secret.keys, { clientId, clientSecret, ...endpoints }),
    );
  new secretsmanager.SecretVersion(
    name,
    // Never `versionStages`: with them a rotation would fail when it takes the labels off the old version (aws.md 1.2, case C).
    { secretId: stored.id, secretString: pulumi.secret(secretString) },
    // The old version keeps AWSPREVIOUS: a deletion could strip it after an interrupted update (aws.md 1.2, cases A and B).
    { parent, retainOnDelete: true },
  );
  return stored;
}
