// How a stack reaches AWS: the settings of `aws:` config that are no secrets, in the words of Pulumi's AWS provider.

/** One role of a chain; see the fields of STS AssumeRole. */
export interface AssumedRole {
  readonly roleArn: string;
  readonly sessionName?: string;
  readonly externalId?: string;
  /** As the AWS provider takes it: `1h`, `30m`, `3600s`. */
  readonly duration?: string;
  readonly policy?: string;
  readonly policyArns?: readonly string[];
  readonly sourceIdentity?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly transitiveTagKeys?: readonly string[];
}

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
