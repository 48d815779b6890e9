// The environment variables of this project: what each means, and what holds where it is not set.

/** Environment variables by name, as `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

export interface EnvironmentVariable {
  readonly meaning: string;
  /** What holds without it; absent where nothing does. */
  readonly standard?: string | number;
  /** Of a number. */
  readonly unit?: string;
  /** Of a whole number that begins with 1. */
  readonly maximum?: number;
}

/** The reference page is made from it. */
export const environmentVariables = {
  GENESYSCLOUD_OAUTHCLIENT_ID: { meaning: "The client id of the deployer. Required." },
  GENESYSCLOUD_OAUTHCLIENT_SECRET: {
    meaning: "The client secret of the deployer. Required; never stored, never printed.",
  },
  GENESYSCLOUD_REGION: { meaning: "The region where `organization.region` names none." },
  GENESYSCLOUD_API_URL: {
    meaning: "Origin of the API in place of the region's, as `https://api.mypurecloud.ie`.",
  },
  GENESYSCLOUD_LOGIN_URL: {
    meaning: "Origin of the login host in place of the region's, as `https://login.mypurecloud.ie`.",
  },
  GENESYSCLOUD_ALLOWED_ADDRESSES_FIELD: {
    meaning:
      "The name of the field in which Genesys takes `allowedAddresses`, once it has published one. Not set, or `off`: they are not sent.",
  },
  GENESYSCLOUD_REQUESTS_PER_MINUTE: {
    meaning: "The request budget of each token of the deployer.",
    // Genesys's 300 for a client-credentials token (docs/genesys-api.md 6), less a margin: it counts by arrival, this counts by departure.
    standard: 280,
    unit: "requests a minute",
  },
  GENESYSCLOUD_TOKEN_POOL_SIZE: {
    meaning:
      "How many tokens of the deployer a run may use at once, 1 to 10, each with a request limit of its own. Further ones are opened when there is no room left. For large organisations.",
    standard: 1,
    maximum: 10,
  },
  GENESYSCLOUD_TIMEOUT_SECONDS: {
    meaning: "The longest single request.",
    standard: 16, // as Genesys's JavaScript SDK
    unit: "seconds",
  },
  GENESYSCLOUD_WAIT_SECONDS: {
    meaning:
      "How long to wait for Genesys to know what it was told, and at most for a usage job or query of an audit.",
    standard: 300, // docs/genesys-api.md 3.10
    unit: "seconds",
  },
  GENESYSCLOUD_RECONCILE: {
    meaning: "`off`: do not look for a client that an interrupted run left behind before creating one.",
    standard: "on",
  },
  GENESYSCLOUD_DEPLOYER_CHECK: {
    meaning:
      "`off`: do not compare what the deployer holds with what the run needs before the first write; Genesys's own answers decide.",
    standard: "on",
  },
  GENESYS_CREDENTIALS_EVIDENCE: { meaning: "A folder that gets one file of evidence for each rotation." },
  GENESYS_CREDENTIALS_TRANSPILE_CACHE: {
    meaning: "`off`: keep no compiled code, so that stack traces name the lines of the TypeScript.",
    standard: "on",
  },
} as const satisfies Readonly<Record<string, EnvironmentVariable>>;

/** One of {@link environmentVariables}. */
export type VariableName = keyof typeof environmentVariables;

const switchedOff = new Set(["off", "false", "0", "no"]);

/** The text of a variable without white space around it; undefined where it is not set, or empty. */
export function variableText(environment: Environment, name: string): string | undefined {
  const text = (environment[name] ?? "").trim();
  return text === "" ? undefined : text;
}

/** Whether a text switches something off, in whatever case. */
export function isOff(text: string): boolean {
  return switchedOff.has(text.toLowerCase());
}

/** Whether a switch is on. @param standard What holds where it is not set. */
export function isSwitchedOn(environment: Environment, name: string, standard: boolean): boolean {
  const text = variableText(environment, name);
  return text === undefined ? standard : !isOff(text);
}
