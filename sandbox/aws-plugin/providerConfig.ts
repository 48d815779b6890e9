// The provider's configuration: endpoints, Region, identity, accounts and default tags, from stack config or the environment.
import { jsonOf } from "../../common/jsonOf";
import { type Endpoints, readEndpoints } from "./endpoints";
import { type Identity, readIdentity } from "./identity";
import { textListOf, textMapOf, textOf, unknownValue, type PropertyMap } from "./propertyValues";

/** What `aws:allowedAccountIds` and its neighbours say. */
interface AccountRules {
  readonly skipsValidation: boolean;
  readonly skipsAccountId: boolean;
  readonly allowed: readonly string[];
  readonly forbidden: readonly string[];
}

/** Everything the plugin needs to know before its first call. */
export interface ProviderConfig {
  readonly region: string;
  readonly endpoints: Endpoints;
  readonly identity: Identity;
  readonly accounts: AccountRules;
  readonly defaultTags: Readonly<Record<string, string>>;
  /** Attempts of one call, the first included. */
  readonly maxAttempts: number;
}

/** Enough for a burst of throttling (about 8 s of waiting), few enough for an unreachable endpoint to fail in seconds. */
const defaultAttempts = 5;

/** Nested settings, numbers and switches travel as JSON text. */
function nested(config: PropertyMap, key: string, problems: string[]): unknown {
  const value = config[key];
  if (typeof value !== "string" || value === unknownValue) {
    return value === unknownValue ? undefined : value;
  }
  const parsed = jsonOf(value);
  if (parsed === undefined) {
    problems.push(`aws:${key} is not valid JSON; see \`pulumi config get aws:${key}\``);
  }
  return parsed;
}

/**
 * Reads the configuration that the engine sent, with the environment as the fallback.
 * @returns the configuration, and what is wrong with it; problems never repeat a credential
 */
export function parseProviderConfig(
  config: PropertyMap,
  environment: NodeJS.ProcessEnv,
): { readonly config: ProviderConfig; readonly problems: readonly string[] } {
  const problems: string[] = [];
  const region =
    textOf(config, "region") ?? environment["AWS_REGION"] ?? environment["AWS_DEFAULT_REGION"] ?? "";
  if (region === "") {
    problems.push("no AWS Region: set aws:region, or AWS_REGION");
  }
  const setting = (key: string): unknown => nested(config, key, problems);
  const retries = setting("maxRetries");
  const skips = setting("skipCredentialsValidation") ?? environment["AWS_SKIP_CREDENTIALS_VALIDATION"];
  return {
    config: {
      region,
      endpoints: readEndpoints(setting("endpoints"), environment, problems),
      identity: readIdentity(config, setting("assumeRoles"), environment, problems),
      accounts: {
        skipsValidation: isOn(skips),
        skipsAccountId: isOn(setting("skipRequestingAccountId")),
        allowed: textListOf(setting("allowedAccountIds")) ?? [],
        forbidden: textListOf(setting("forbiddenAccountIds")) ?? [],
      },
      defaultTags: textMapOf(textMapContainer(setting("defaultTags"))),
      maxAttempts: typeof retries === "number" && retries > 0 ? retries : defaultAttempts,
    },
    problems,
  };
}

const isOn = (value: unknown): boolean => value === true || value === "true" || value === "1";

function textMapContainer(value: unknown): unknown {
  return typeof value === "object" && value !== null ? (value as PropertyMap)["tags"] : undefined;
}
