// Who the plugin is for AWS: keys, or a profile of the shared files, and the roles assumed from there, one after the other.
import { type AssumeRoleCommandInput } from "@aws-sdk/client-sts";
import { defined } from "../../common/defined";
import { textListOf, textOf, type PropertyMap } from "./propertyValues";

/** An access key. */
interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** Where credentials come from: what a client of the SDK is made with. It finds the files of profiles by itself. */
type Source = { readonly credentials: Keys } | { readonly profile: string };

/** The identity of all calls. */
export interface Identity {
  readonly source: Source;
  readonly roles: readonly AssumeRoleCommandInput[];
}

/** Begin of the real provider's own session names. */
const defaultSessionName = "aws-go-sdk";

const secondsOfUnit: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1 };

/** Seconds of a duration as Go writes it, such as `1h30m`. */
function secondsOf(duration: string): number {
  return [...duration.matchAll(/(\d+)([hms])/g)].reduce(
    (sum, [, count, unit = ""]) => sum + Number(count) * (secondsOfUnit[unit] ?? 0),
    0,
  );
}

function readRole(role: PropertyMap): AssumeRoleCommandInput {
  const duration = textOf(role, "duration");
  return {
    RoleArn: textOf(role, "roleArn"),
    RoleSessionName: textOf(role, "sessionName") ?? defaultSessionName,
    ...defined({
      ExternalId: textOf(role, "externalId"),
      Policy: textOf(role, "policy"),
      SourceIdentity: textOf(role, "sourceIdentity"),
      PolicyArns: textListOf(role["policyArns"])?.map((arn) => ({ arn })),
      DurationSeconds: duration === undefined ? undefined : secondsOf(duration),
    }),
  };
}

/**
 * Reads the identity in the real provider's order: keys or profile of the configuration, then those of the environment.
 * @param roles `aws:assumeRoles`, already read from its JSON
 * @param problems gets what is wrong
 */
export function readIdentity(
  config: PropertyMap,
  roles: unknown,
  environment: NodeJS.ProcessEnv,
  problems: string[],
): Identity {
  if (config["assumeRole"] !== undefined) {
    problems.push("invalid config key 'aws:assumeRole', should be 'aws:assumeRoles'");
  }
  if (roles !== undefined && !Array.isArray(roles)) {
    problems.push("expected aws:assumeRoles to be an array");
  }
  const chain = (Array.isArray(roles) ? (roles as PropertyMap[]) : []).map(readRole);
  if (chain.some(({ RoleArn }) => RoleArn === undefined)) {
    problems.push("every entry of aws:assumeRoles needs a roleArn");
  }
  return { source: readSource(config, environment, problems), roles: chain };
}

function readSource(config: PropertyMap, environment: NodeJS.ProcessEnv, problems: string[]): Source {
  const accessKey = textOf(config, "accessKey");
  const secretKey = textOf(config, "secretKey");
  const token = textOf(config, "token");
  const profile = textOf(config, "profile");
  const credentials =
    keysOf(accessKey, secretKey, token) ??
    (profile === undefined
      ? keysOf(
          accessKey ?? environment["AWS_ACCESS_KEY_ID"],
          secretKey ?? environment["AWS_SECRET_ACCESS_KEY"],
          token ?? environment["AWS_SESSION_TOKEN"],
        )
      : undefined);
  if (credentials !== undefined) {
    return { credentials };
  }
  const name = profile ?? environment["AWS_PROFILE"] ?? "";
  if (name === "") {
    problems.push(
      "no AWS credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, aws:profile or AWS_PROFILE, or aws:accessKey and aws:secretKey (this stand-in knows no other way; `--aws real` does)",
    );
  }
  return { profile: name };
}

function keysOf(accessKeyId = "", secretAccessKey = "", sessionToken = ""): Keys | undefined {
  if (accessKeyId === "" || secretAccessKey === "") {
    return undefined;
  }
  return { accessKeyId, secretAccessKey, ...(sessionToken === "" ? {} : { sessionToken }) };
}
