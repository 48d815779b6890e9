// The container of a stored secret: an AWS secret without a value; what it holds is written by ClientSecret.
import * as secretsmanager from "@pulumi/aws/secretsmanager";
import type * as pulumi from "@pulumi/pulumi";

import { defined } from "../common/defined";
import type { ResolvedSecret } from "../declarations/secret";
import { readOutputs } from "./readOutputs";

/** Declares the secret. @param options Its parent, and what has to be there first. */
export function declareStoredSecret(
  name: string,
  secret: ResolvedSecret,
  description: string,
  options: pulumi.CustomResourceOptions,
): secretsmanager.Secret {
  return new secretsmanager.Secret(
    name,
    {
      name: secret.name,
      description,
      recoveryWindowInDays: secret.recoveryWindowInDays,
      ...defined({ kmsKeyId: secret.kmsKeyId }),
      ...(Object.keys(secret.tags).length === 0 ? {} : { tags: { ...secret.tags } }),
    },
    // A named secret is otherwise deleted before the new one is made: a refused name would leave none at all.
    { ...options, deleteBeforeReplace: false, transformations: [readOutputs("name", "arn")] },
  );
}
