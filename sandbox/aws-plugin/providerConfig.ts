// The provider's configuration: endpoint, Region, credentials and default tags, from stack config or the environment.
import { textMapOf, textOf, unknownValue, type PropertyMap } from "./propertyValues";

/** Everything the plugin needs to know before its first call. */
export interface ProviderConfig {
  readonly region: string;
  /** Endpoint of Secrets Manager; AWS's own when undefined. */
  readonly endpoint: string | undefined;
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
  readonly defaultTags: Readonly<Record<string, string>>;
  /** Attempts of one call, the first included. */
  readonly maxAttempts: number;
}

/** A configuration, or what is wrong with it. Problems never repeat a credential. */
export interface ParsedConfig {
  readonly config: ProviderConfig;
  readonly problems: readonly string[];
}

/** Enough for a burst of throttling (about 8 s of waiting), few enough for an unreachable endpoint to fail in seconds. */
const defaultAttempts = 5;

/** Nested settings travel as JSON text. */
function nested(config: PropertyMap, key: string, problems: string[]): unknown {
  const value = config[key];
  if (typeof value !== "string" || value === unknownValue) {
    return value === unknownValue ? undefined : value;
  }
  try {
    return JSON.parse(value) as unknown;
  } catch {
    problems.push(`aws:${key} is not valid JSON; see \`pulumi config get aws:${key}\``);
    return undefined;
  }
}

function readEndpoint(
  config: PropertyMap,
  environment: NodeJS.ProcessEnv,
  problems: string[],
): string | undefined {
  const endpoints = nested(config, "endpoints", problems);
  if (endpoints !== undefined && endpoints !== null && !Array.isArray(endpoints)) {
    problems.push(
      "aws:endpoints must be a list with one map, such as [{secretsmanager: http://127.0.0.1:5000}]",
    );
  }
  const configured = (Array.isArray(endpoints) ? endpoints : [])
    .map((entry) => textMapOf(entry)["secretsmanager"])
    .find((url) => url !== undefined && url !== "");
  const endpoint =
    configured ?? environment["AWS_ENDPOINT_URL_SECRETS_MANAGER"] ?? environment["AWS_ENDPOINT_URL"];
  if (endpoint === undefined || endpoint === "" || endpoint === unknownValue) {
    return undefined;
  }
  if (!/^https?:\/\//.test(endpoint) || !URL.canParse(endpoint)) {
    problems.push(
      "the endpoint of Secrets Manager is not an http(s) URL; correct aws:endpoints or AWS_ENDPOINT_URL_SECRETS_MANAGER",
    );
    return undefined;
  }
  return endpoint;
}

function readCredentials(
  config: PropertyMap,
  environment: NodeJS.ProcessEnv,
  problems: string[],
): ProviderConfig["credentials"] {
  const accessKeyId = textOf(config, "accessKey") ?? environment["AWS_ACCESS_KEY_ID"] ?? "";
  const secretAccessKey = textOf(config, "secretKey") ?? environment["AWS_SECRET_ACCESS_KEY"] ?? "";
  const sessionToken = textOf(config, "token") ?? environment["AWS_SESSION_TOKEN"];
  if (accessKeyId === "" || secretAccessKey === "") {
    problems.push(
      "no AWS credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or aws:accessKey and aws:secretKey (this stand-in reads no profiles; `--aws real` does)",
    );
  }
  return { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) };
}

/** Reads the configuration that the engine sent, with the environment as the fallback. */
export function parseProviderConfig(config: PropertyMap, environment: NodeJS.ProcessEnv): ParsedConfig {
  const problems: string[] = [];
  const region =
    textOf(config, "region") ?? environment["AWS_REGION"] ?? environment["AWS_DEFAULT_REGION"] ?? "";
  if (region === "") {
    problems.push("no AWS Region: set aws:region, or AWS_REGION");
  }
  const tags = nested(config, "defaultTags", problems);
  const retries = nested(config, "maxRetries", problems);
  return {
    config: {
      region,
      endpoint: readEndpoint(config, environment, problems),
      credentials: readCredentials(config, environment, problems),
      defaultTags: textMapOf(textMapContainer(tags)),
      maxAttempts: typeof retries === "number" && retries > 0 ? retries : defaultAttempts,
    },
    problems,
  };
}

function textMapContainer(value: unknown): unknown {
  return typeof value === "object" && value !== null ? (value as PropertyMap)["tags"] : undefined;
}
