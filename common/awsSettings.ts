// How a stack reaches AWS: the settings of `aws:` config that are no secrets, in the words of Pulumi's AWS provider, and the form of a role.
import { z } from "zod";

const text = z.string().min(1);

/** One role of a chain; see the fields of STS AssumeRole. */
export const assumedRoleSchema = z.object({
  roleArn: text,
  sessionName: text.exactOptional(),
  externalId: text.exactOptional(),
  /** As the AWS provider takes it: `1h`, `30m`, `3600s`. */
  duration: text.regex(/^(\d+h)?(\d+m)?(\d+s)?$/).exactOptional(),
  policy: text.exactOptional(),
  policyArns: z.array(text).exactOptional(),
  sourceIdentity: text.exactOptional(),
  tags: z.record(z.string(), z.string()).exactOptional(),
  transitiveTagKeys: z.array(text).exactOptional(),
});

export type AssumedRole = Readonly<z.output<typeof assumedRoleSchema>>;

/** What is absent comes from the environment, as everywhere in AWS's SDKs. */
export interface AwsSettings {
  readonly region?: string;
  readonly profile?: string;
  /** Assumed one after the other. */
  readonly assumeRoles?: readonly AssumedRole[];
  /** The only accounts that may be touched. */
  readonly allowedAccountIds?: readonly string[];
  /** Accounts that may not be touched. */
  readonly forbiddenAccountIds?: readonly string[];
  /** URLs in place of AWS's own. */
  readonly endpoints?: { readonly secretsmanager?: string; readonly sts?: string };
  /** Attempts after the first one. */
  readonly maxRetries?: number;
}
