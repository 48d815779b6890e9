// The environment of commands in the sandbox: which endpoints and credentials they get. Pure.
import { delimiter } from "node:path";
import { pathToFileURL } from "node:url";
import { type AwsPlugin } from "./commandLine";
import { type WorldPaths } from "./worldPaths";

/**
 * The passphrase of every stack in the sandbox. It is public, and protects nothing but simulated secrets; it is fixed, so that
 * the `encryptionsalt` in Pulumi.dev.yaml fits it and Pulumi never has to write that file.
 */
export const sandboxPassphrase = "canary-sandbox-passphrase";

/** Region of the emulated Secrets Manager; any would do. */
const sandboxRegion = "eu-west-1";

/** The embedded services, as commands see them. */
export interface EmbeddedServices {
  readonly genesysUrl: string;
  readonly secretsManagerUrl: string;
  readonly deployerClientId: string;
  readonly deployerSecret: string;
}

/** What the environment is made of. */
export interface EnvironmentOptions {
  /** The environment of the person who starts the sandbox. */
  readonly base: NodeJS.ProcessEnv;
  readonly paths: WorldPaths;
  readonly services: EmbeddedServices;
  /** The folder of the CLI and its plugins. */
  readonly binFolder: string;
  readonly awsPlugin: AwsPlugin;
}

/** Real AWS credentials and profiles, and where they come from. */
const awsIdentityVariables: readonly string[] = [
  "AWS_PROFILE",
  "AWS_DEFAULT_PROFILE",
  "AWS_SESSION_TOKEN",
  "AWS_SECURITY_TOKEN",
  "AWS_ROLE_ARN",
  "AWS_ROLE_SESSION_NAME",
  "AWS_WEB_IDENTITY_TOKEN_FILE",
  "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
  "AWS_CONTAINER_CREDENTIALS_FULL_URI",
  "AWS_CONTAINER_AUTHORIZATION_TOKEN",
  "AWS_CREDENTIAL_EXPIRATION",
];

/** What would lead elsewhere than to the emulator, or with somebody else's credentials. */
const foreignAwsVariables: readonly string[] = [
  ...awsIdentityVariables,
  "AWS_ENDPOINT_URL",
  "AWS_ENDPOINT_URL_STS",
];

/** Settings of another Pulumi backend or secrets provider, which would win over the sandbox's own. */
const pulumiVariables: readonly string[] = [
  "PULUMI_ACCESS_TOKEN",
  "PULUMI_CONFIG_PASSPHRASE_FILE",
  "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION",
  "PULUMI_IGNORE_AMBIENT_PLUGINS",
];

/** Builds the environment. What the person's environment says about endpoints wins, each on its own. */
export function sandboxEnvironment(options: EnvironmentOptions) {
  const { base, paths, services } = options;
  const has = (name: string): boolean => (base[name] ?? "") !== "";
  const keepsAwsEndpoint = has("AWS_ENDPOINT_URL_SECRETS_MANAGER");
  const keepsGenesys = has("GENESYSCLOUD_API_URL") && has("GENESYSCLOUD_LOGIN_URL");
  const removed = [...pulumiVariables, ...(keepsAwsEndpoint ? [] : foreignAwsVariables)];
  const kept = Object.fromEntries(Object.entries(base).filter(([name]) => !removed.includes(name)));
  const unlessSet = (name: string, value: string): Record<string, string> =>
    has(name) ? {} : { [name]: value };

  const variables: NodeJS.ProcessEnv = {
    ...kept,
    PATH: firstOnPath(options.binFolder, base["PATH"]),
    PULUMI_HOME: paths.pulumiHome,
    PULUMI_BACKEND_URL: pathToFileURL(paths.backend).href,
    PULUMI_CONFIG_PASSPHRASE: sandboxPassphrase,
    PULUMI_SKIP_UPDATE_CHECK: "true",
    // The AWS SDK announces on stderr that a later version will not run on this Node; the version in use is pinned.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
    ...(options.awsPlugin === "real" ? {} : { PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true" }),
    ...unlessSet("GENESYSCLOUD_API_URL", services.genesysUrl),
    ...unlessSet("GENESYSCLOUD_LOGIN_URL", services.genesysUrl),
    ...unlessSet("GENESYSCLOUD_OAUTHCLIENT_ID", services.deployerClientId),
    ...unlessSet("GENESYSCLOUD_OAUTHCLIENT_SECRET", services.deployerSecret),
    ...(keepsAwsEndpoint
      ? externalAws(base["AWS_ENDPOINT_URL_SECRETS_MANAGER"] ?? "", has, unlessSet)
      : embeddedAws(services.secretsManagerUrl)),
    NO_PROXY: withLoopback(base["NO_PROXY"] ?? base["no_proxy"]),
    no_proxy: withLoopback(base["no_proxy"] ?? base["NO_PROXY"]),
  };
  return {
    variables,
    /** Whether a command in it uses the embedded services at all. */
    usesEmbeddedServices: !(keepsGenesys && keepsAwsEndpoint),
    /** Lines for standard error. */
    notes: notesAbout(has),
  };
}

/** The environment, and what is unusual about it. */
export type SandboxEnvironment = ReturnType<typeof sandboxEnvironment>;

/**
 * A double of AWS (moto, say) takes any credentials: where the person's environment has none, it gets the sandbox's fake
 * ones. Who calls is asked there too: every command of the AWS plugin begins with that question.
 */
function externalAws(
  url: string,
  has: (name: string) => boolean,
  unlessSet: (name: string, value: string) => Record<string, string>,
): NodeJS.ProcessEnv {
  const hasIdentity = ["AWS_ACCESS_KEY_ID", ...awsIdentityVariables].some(has);
  return {
    ...(has("AWS_ENDPOINT_URL") ? {} : unlessSet("AWS_ENDPOINT_URL_STS", url)),
    ...unlessSet("AWS_REGION", sandboxRegion),
    ...unlessSet("AWS_DEFAULT_REGION", sandboxRegion),
    ...(hasIdentity ? {} : fakeAwsIdentity),
  };
}

const fakeAwsIdentity: NodeJS.ProcessEnv = {
  AWS_ACCESS_KEY_ID: "canary-access-key",
  AWS_SECRET_ACCESS_KEY: "canary-secret-key",
  AWS_EC2_METADATA_DISABLED: "true",
  AWS_SKIP_METADATA_API_CHECK: "true",
};

function embeddedAws(url: string): NodeJS.ProcessEnv {
  return {
    AWS_ENDPOINT_URL_SECRETS_MANAGER: url,
    AWS_ENDPOINT_URL_STS: url,
    AWS_REGION: sandboxRegion,
    AWS_DEFAULT_REGION: sandboxRegion,
    ...fakeAwsIdentity,
  };
}

function notesAbout(has: (name: string) => boolean): string[] {
  const hasUrl = has("GENESYSCLOUD_API_URL") || has("GENESYSCLOUD_LOGIN_URL");
  const hasCredentials = has("GENESYSCLOUD_OAUTHCLIENT_ID") || has("GENESYSCLOUD_OAUTHCLIENT_SECRET");
  return hasCredentials && !hasUrl
    ? [
        "Note: GENESYSCLOUD_OAUTHCLIENT_ID or GENESYSCLOUD_OAUTHCLIENT_SECRET of your environment is used with the simulated organisation; unset both to use the sandbox's own deployer.",
      ]
    : [];
}

function firstOnPath(folder: string, path: string | undefined): string {
  const others = (path ?? "").split(delimiter).filter((entry) => entry !== "" && entry !== folder);
  return [folder, ...others].join(delimiter);
}

/** Requests to the embedded services must not go through a proxy. */
function withLoopback(noProxy: string | undefined): string {
  const hosts = (noProxy ?? "").split(",").filter((host) => host.trim() !== "");
  return [...new Set([...hosts, "127.0.0.1", "localhost"])].join(",");
}
