// As whom and where commands ask AWS: as the providers do by the stack's `aws:` settings, and by the command's environment for the rest.
import { type AwsSettings } from "../../common/awsSettings";
import { defined } from "../../common/defined";
import { type Environment } from "../../common/environmentVariables";
import { environmentKeys } from "../../secrets/environmentKeys";
import { SecretStore } from "../../secrets/store";

/** Attempts after the first one, where the stack says nothing: somebody waits for the answer. */
const defaultMaxRetries = 2;

/** The way to the stored secrets of a stack. Asks nobody yet. */
export function openStore(aws: AwsSettings, environment: Environment): SecretStore {
  return new SecretStore(settingsIn(aws, environment), environmentKeys(environment, aws.profile));
}

/** The settings of a stack, filled up from the environment; the region and profile that are in neither the SDK finds by itself. */
export function settingsIn(aws: AwsSettings, environment: Environment): AwsSettings {
  const region = aws.region ?? filled(environment, "AWS_REGION") ?? filled(environment, "AWS_DEFAULT_REGION");
  const hasKeys = environmentKeys(environment, aws.profile) !== undefined;
  const profile = aws.profile ?? (hasKeys ? undefined : filled(environment, "AWS_PROFILE"));
  const secretsmanager =
    aws.endpoints?.secretsmanager ?? endpointIn(environment, "AWS_ENDPOINT_URL_SECRETS_MANAGER");
  const sts = aws.endpoints?.sts ?? endpointIn(environment, "AWS_ENDPOINT_URL_STS");
  return {
    maxRetries: defaultMaxRetries,
    ...aws,
    ...defined({ region, profile }),
    endpoints: defined({ secretsmanager, sts }),
  };
}

/** The variable's value; undefined when it is not set or empty. */
export function filled(environment: Environment, name: string): string | undefined {
  const value = environment[name];
  return value === undefined || value === "" ? undefined : value;
}

function endpointIn(environment: Environment, name: string): string | undefined {
  return environment["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"] === "true"
    ? undefined
    : (filled(environment, name) ?? filled(environment, "AWS_ENDPOINT_URL"));
}
