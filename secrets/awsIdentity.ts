// As whom AWS is asked: keys of the environment or of a profile, then the roles of a chain; and whether that account may be touched.
import type { AssumedRole, AwsSettings } from "../common/awsSettings";
import { SecretsError, secretsErrorOf } from "./failure";

/** Bounds of each request, milliseconds. */
const connectionTimeoutMs = 5000;
const requestTimeoutMs = 20_000;

/** Attempts after the first one, where the stack says nothing: a throttled request is given up after about half a minute. */
const defaultMaxRetries = 8;

/** The name of the session of an assumed role where none is declared; shows in CloudTrail. */
const defaultSessionName = "genesys-credentials";

/** What every client of the AWS SDK is made with. */
export interface AwsClientSettings {
  readonly region?: string;
  readonly profile?: string;
  readonly endpoint?: string;
  readonly credentials?: () => Promise<AwsKeys>;
  readonly maxAttempts: number;
  readonly requestHandler: {
    readonly connectionTimeout: number;
    readonly requestTimeout: number;
    readonly throwOnRequestTimeout: true;
  };
}

/** Keys of the SDK's own shape. */
interface AwsKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

/** The settings of a client for Secrets Manager: what is absent the SDK finds by itself, endpoints of the environment included. */
export function secretsManagerSettings(aws: AwsSettings): AwsClientSettings {
  return { ...baseSettings(aws, "secretsmanager"), ...assumedCredentials(aws) };
}

/**
 * Refuses an account that the stack does not allow. Asks nobody where the stack names no account.
 * @throws SecretsError AWS_ACCOUNT_REFUSED, and when STS cannot be asked.
 */
export async function requireAllowedAccount(aws: AwsSettings): Promise<void> {
  const { allowedAccountIds: allowed = [], forbiddenAccountIds: forbidden = [] } = aws;
  if (allowed.length === 0 && forbidden.length === 0) {
    return;
  }
  const { STSClient, GetCallerIdentityCommand } = await import("@aws-sdk/client-sts");
  const client = new STSClient({ ...baseSettings(aws, "sts"), ...assumedCredentials(aws) });
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
    throw new SecretsError(
      "AWS_ACCOUNT_REFUSED",
      `The AWS account is ${account ?? "not told"}, and ${rule}; sign in to the right account, or correct the setting`,
    );
  }
}

function baseSettings(aws: AwsSettings, service: "secretsmanager" | "sts"): AwsClientSettings {
  const endpoint = aws.endpoints?.[service];
  return {
    ...(aws.region === undefined ? {} : { region: aws.region }),
    ...(aws.profile === undefined ? {} : { profile: aws.profile }),
    ...(endpoint === undefined ? {} : { endpoint }),
    maxAttempts: (aws.maxRetries ?? defaultMaxRetries) + 1,
    requestHandler: {
      connectionTimeout: connectionTimeoutMs,
      requestTimeout: requestTimeoutMs,
      throwOnRequestTimeout: true,
    },
  };
}

function assumedCredentials(aws: AwsSettings): Pick<AwsClientSettings, "credentials"> {
  const { assumeRoles = [] } = aws;
  return assumeRoles.length === 0 ? {} : { credentials: () => assumeChain(aws, assumeRoles) };
}

/** Each role with the keys of the one before. The SDK asks again when the last keys are about to expire. */
async function assumeChain(aws: AwsSettings, roles: readonly AssumedRole[]): Promise<AwsKeys> {
  const { STSClient, AssumeRoleCommand } = await import("@aws-sdk/client-sts");
  let keys: AwsKeys | undefined;
  for (const role of roles) {
    const client = new STSClient({
      ...baseSettings(aws, "sts"),
      ...(keys === undefined ? {} : { credentials: keys }),
    });
    try {
      keys = keysIn((await client.send(new AssumeRoleCommand(requestOf(role)))).Credentials);
    } catch (error) {
      throw secretsErrorOf(`Assuming the role ${role.roleArn} (aws:assumeRoles)`, error);
    } finally {
      client.destroy();
    }
  }
  return keys ?? keysIn(undefined);
}

function requestOf(role: AssumedRole) {
  return {
    RoleArn: role.roleArn,
    RoleSessionName: role.sessionName ?? defaultSessionName,
    ...(role.externalId === undefined ? {} : { ExternalId: role.externalId }),
    ...(role.duration === undefined ? {} : { DurationSeconds: secondsOf(role.duration) }),
    ...(role.policy === undefined ? {} : { Policy: role.policy }),
    ...(role.policyArns === undefined ? {} : { PolicyArns: role.policyArns.map((arn) => ({ arn })) }),
    ...(role.sourceIdentity === undefined ? {} : { SourceIdentity: role.sourceIdentity }),
    ...(role.tags === undefined
      ? {}
      : { Tags: Object.entries(role.tags).map(([Key, Value]) => ({ Key, Value })) }),
    ...(role.transitiveTagKeys === undefined ? {} : { TransitiveTagKeys: [...role.transitiveTagKeys] }),
  };
}

const secondsOfUnit: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1 };

/** `1h30m` in seconds; the form was checked with the declarations. */
function secondsOf(duration: string): number {
  return [...duration.matchAll(/(\d+)([hms])/g)].reduce(
    (sum, [, count, unit]) => sum + Number(count) * (secondsOfUnit[unit ?? ""] ?? 0),
    0,
  );
}

function keysIn(
  found:
    | {
        AccessKeyId?: string | undefined;
        SecretAccessKey?: string | undefined;
        SessionToken?: string | undefined;
        Expiration?: Date | undefined;
      }
    | undefined,
): AwsKeys {
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = found ?? {};
  if (AccessKeyId === undefined || SecretAccessKey === undefined) {
    throw new SecretsError(
      "AWS_CREDENTIALS",
      "Assuming a role (aws:assumeRoles): STS answered without keys; run it again",
    );
  }
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    ...(SessionToken === undefined ? {} : { sessionToken: SessionToken }),
    ...(Expiration === undefined ? {} : { expiration: Expiration }),
  };
}
