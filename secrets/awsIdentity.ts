// As whom AWS is asked: keys of the environment or of a profile, then the roles of a chain; and whether that account may be touched.
import type { SecretsManagerClientConfig } from "@aws-sdk/client-secrets-manager";
import type { Credentials } from "@aws-sdk/client-sts";

import type { AssumedRole, AwsSettings } from "../common/awsSettings";
import { defined } from "../common/defined";
import { SecretsError, secretsErrorOf } from "./failure";
import { proxyAgentFor } from "./proxy";

/** Stands in where the SDK finds the Region by itself: which one does not matter to `NO_PROXY`. */
const anyRegion = "us-east-1";

/** Bounds of each request, milliseconds. */
const connectionTimeoutMs = 5000;
const requestTimeoutMs = 20_000;

/** Attempts after the first one, where the stack says nothing: a throttled request is given up after about half a minute. */
const defaultMaxRetries = 8;

/** The name of the session of an assumed role where none is declared; shows in CloudTrail. */
const defaultSessionName = "genesys-credentials";

/** Keys of the SDK's own shape. */
export interface AwsKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

/**
 * The settings of a client for Secrets Manager: what is absent the SDK finds by itself, endpoints of the environment included.
 * @param keys Whose they are is asked first; absent where the SDK finds them.
 */
export function secretsManagerSettings(aws: AwsSettings, keys?: AwsKeys): SecretsManagerClientConfig {
  return { ...baseSettings(aws, "secretsmanager"), ...defined({ credentials: credentialsOf(aws, keys) }) };
}

/**
 * Refuses an account that the stack does not allow. Asks nobody where the stack names no account.
 * @param credentials Those of the client that is to be used: a role is then assumed once.
 * @throws SecretsError AWS_ACCOUNT_REFUSED, and when STS cannot be asked.
 */
export async function requireAllowedAccount(
  aws: AwsSettings,
  credentials: () => Promise<AwsKeys>,
): Promise<void> {
  const { allowedAccountIds: allowed = [], forbiddenAccountIds: forbidden = [] } = aws;
  if (allowed.length === 0 && forbidden.length === 0) {
    return;
  }
  const { STSClient, GetCallerIdentityCommand } = await import("@aws-sdk/client-sts");
  const client = new STSClient({ ...baseSettings(aws, "sts"), credentials });
  let account: string | undefined;
  try {
    account = (await client.send(new GetCallerIdentityCommand({}))).Account;
  } catch (error) {
    throw secretsErrorOf("Asking AWS whose account this is (GetCallerIdentity)", error);
  } finally {
    client.destroy();
  }
  const isAllowed = account !== undefined && (allowed.length === 0 || allowed.includes(account));
  if (!isAllowed || forbidden.includes(account ?? "")) {
    const rule = isAllowed
      ? "aws:forbiddenAccountIds names it"
      : `aws:allowedAccountIds names ${allowed.join(", ")}`;
    const found = `The AWS account is ${account ?? "not told"}, and ${rule}`;
    throw new SecretsError(
      "AWS_ACCOUNT_REFUSED",
      `${found}; sign in to the right account, or correct the setting`,
      found,
    );
  }
}

/** What every client of the AWS SDK is made with. */
function baseSettings(aws: AwsSettings, service: "secretsmanager" | "sts") {
  const { region, profile } = aws;
  const endpoint = aws.endpoints?.[service];
  const httpsAgent = proxyAgentFor(endpoint ?? `https://${service}.${region ?? anyRegion}.amazonaws.com`);
  return {
    ...defined({ region, profile, endpoint }),
    maxAttempts: (aws.maxRetries ?? defaultMaxRetries) + 1,
    requestHandler: {
      connectionTimeout: connectionTimeoutMs,
      requestTimeout: requestTimeoutMs,
      throwOnRequestTimeout: true,
      ...defined({ httpsAgent }),
    },
  };
}

function credentialsOf(aws: AwsSettings, own: AwsKeys | undefined): (() => Promise<AwsKeys>) | undefined {
  const { assumeRoles = [] } = aws;
  if (assumeRoles.length > 0) {
    return () => assumeChain(aws, assumeRoles, own);
  }
  return own === undefined ? undefined : () => Promise.resolve(own);
}

/** Each role with the keys of the one before. The SDK asks again when the last keys are about to expire. */
async function assumeChain(
  aws: AwsSettings,
  roles: readonly AssumedRole[],
  own: AwsKeys | undefined,
): Promise<AwsKeys> {
  const { STSClient, AssumeRoleCommand } = await import("@aws-sdk/client-sts");
  let keys = own;
  for (const role of roles) {
    const client = new STSClient({ ...baseSettings(aws, "sts"), ...defined({ credentials: keys }) });
    try {
      keys = keysIn((await client.send(new AssumeRoleCommand(requestOf(role)))).Credentials);
    } catch (error) {
      throw assumingFailure(role, error);
    } finally {
      client.destroy();
    }
  }
  return keys ?? keysIn(undefined);
}

/** A role that is refused is no question of rights on a secret: nothing can be asked without it. */
function assumingFailure({ roleArn }: AssumedRole, error: unknown): SecretsError {
  const what = `Assuming the role ${roleArn} (aws:assumeRoles)`;
  const failure = secretsErrorOf(what, error);
  return failure.code === "AWS_DENIED"
    ? new SecretsError(
        "AWS_CREDENTIALS",
        `${what}: ${failure.reason}; let the role trust the caller, and allow the caller sts:AssumeRole on it`,
        failure.reason,
      )
    : failure;
}

function requestOf(role: AssumedRole) {
  const { duration, tags } = role;
  return defined({
    RoleArn: role.roleArn,
    RoleSessionName: role.sessionName ?? defaultSessionName,
    ExternalId: role.externalId,
    DurationSeconds: duration === undefined ? undefined : secondsOf(duration),
    Policy: role.policy,
    PolicyArns: role.policyArns?.map((arn) => ({ arn })),
    SourceIdentity: role.sourceIdentity,
    Tags: tags && Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
    TransitiveTagKeys: role.transitiveTagKeys,
  });
}

const secondsOfUnit: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1 };

/** `1h30m` in seconds; the form was checked with the declarations. */
function secondsOf(duration: string): number {
  return [...duration.matchAll(/(\d+)([hms])/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * (secondsOfUnit[unit ?? ""] ?? 0),
    0,
  );
}

function keysIn(found: Credentials | undefined): AwsKeys {
  if (found?.AccessKeyId === undefined || found.SecretAccessKey === undefined) {
    throw new SecretsError(
      "AWS_CREDENTIALS",
      "Assuming a role (aws:assumeRoles): STS answered without keys; run it again",
    );
  }
  return {
    accessKeyId: found.AccessKeyId,
    secretAccessKey: found.SecretAccessKey,
    ...defined({ sessionToken: found.SessionToken, expiration: found.Expiration }),
  };
}
