// The stored secret: one AWS secret and its current version, which names the current OAuth client.
import * as secretsmanager from "@pulumi/aws/secretsmanager";
import * as pulumi from "@pulumi/pulumi";

import type { ResolvedSecret } from "../declarations/resolve";
import { renderSecretPayload } from "../secrets/payload";
import type { EvidenceRecorder } from "../evidence/record";
import type { OAuthClient } from "./oauthClient";
import { programError } from "./programError";

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
  /** Records a rotation, where evidence is wanted. */
  readonly evidence?: EvidenceRecorder | undefined;
}

/** What was declared. */
export interface StoredSecret {
  readonly secret: secretsmanager.Secret;
  readonly version: secretsmanager.SecretVersion;
}

/** Declares the secret and its version below `parent`. */
export function declareStoredSecret(
  name: string,
  args: StoredSecretArgs,
  parent: pulumi.Resource,
): StoredSecret {
  const { secret, client, evidence } = args;
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
    .apply(async ([clientId, clientSecret]) => {
      try {
        const text = payloadText(args, clientId, clientSecret);
        await evidence?.readBefore({ clientId, text }); // the secret is written only once this is known
        return text;
      } catch (error) {
        throw programError(error);
      }
    });
  const version = new secretsmanager.SecretVersion(
    name,
    // Never `versionStages`: with them a rotation would fail when it takes the labels off the old version (aws.md 1.2, case C).
    { secretId: stored.id, secretString: pulumi.secret(secretString) },
    // The old version keeps AWSPREVIOUS: a deletion could strip it after an interrupted update (aws.md 1.2, cases A and B).
    { parent, retainOnDelete: true },
  );
  if (evidence !== undefined) {
    pulumi
      .all([version.versionId, stored.arn, client.id, client.verification])
      .apply(([versionId, secretArn, clientId, verification]) =>
        evidence.record({ versionId, secretArn, clientId, verification }),
      );
  }
  return { secret: stored, version };
}

/** @throws Error when the client's secret is not known, or an empty one would replace what is stored. */
function payloadText(
  { secret, endpoints }: StoredSecretArgs,
  clientId: string,
  clientSecret: string | undefined,
): string {
  if (clientSecret === undefined) {
    throw new Error(
      `Storing the secret ${secret.name}: the secret of OAuth client ${clientId} is not known, since the client was adopted with its ` +
        "secret kept; nothing was stored. Write adopt with secret: keep as before, or with secret: regenerate, or rotate to a new client",
    );
  }
  return renderSecretPayload(secret.keys, { clientId, clientSecret, ...endpoints });
}
