// The deployer's settings, from the environment of the provider process: never from stack config, which is copied into state.
import type { GenesysOrigins } from "../common/regions";
import { normalizeRegion, originsOfRegion, parseOrigin, regionNames } from "../common/regions";
import type { ClientCredentials } from "./token";
import { SettingsError } from "./errors";

/** Environment variables, as `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Everything a session is made from. */
export interface DeployerSettings {
  readonly origins: GenesysOrigins;
  readonly credentials: ClientCredentials;
  /** `GENESYSCLOUD_RECONCILE`: look for a client that an interrupted run left behind before creating one. Default on. */
  readonly reconcile: boolean;
  /**
   * `GENESYSCLOUD_DEPLOYER_CHECK`: compare what the deployment client holds with what the run needs, before the first write.
   * Default on; `off` leaves it to Genesys's own answers.
   */
  readonly checksDeployer?: boolean;
  /** `GENESYSCLOUD_WAIT_SECONDS`: how long to wait for Genesys to know what it was told. Default 300 (genesys-api 3.10). */
  readonly waitMs: number;
  /** `GENESYSCLOUD_REQUESTS_PER_MINUTE`: the request budget of the deployer's token. */
  readonly requestsPerMinute: number | undefined;
  /** `GENESYSCLOUD_TIMEOUT_SECONDS`: the longest single request. */
  readonly timeoutMs: number | undefined;
}

const defaultWaitSeconds = 300;
const msPerSecond = 1000;
const switchedOff = new Set(["off", "false", "0", "no"]);

/** `GENESYSCLOUD_ALLOWED_ADDRESSES_FIELD`: how allowed addresses are sent. */
export type AllowedAddressesSwitch =
  /** Nothing is said: Genesys has not published the field yet. */
  | { readonly kind: "unset" }
  /** Said outright that they are not sent. */
  | { readonly kind: "off" }
  /** Sent as the field of this name. */
  | { readonly kind: "on"; readonly field: string };

const allowedAddressesVariable = "GENESYSCLOUD_ALLOWED_ADDRESSES_FIELD";

/** Genesys's field names are camel case; an underscore does no harm. */
const fieldNamePattern = /^[A-Za-z][A-Za-z0-9_]{0,63}$/;

/** Fields that OAuth clients have already (genesys-api 3.3), and names that every object has. */
const takenFieldNames = new Set([
  ..."id name description accessTokenValiditySeconds authorizedGrantType registeredRedirectUri scope secret".split(
    " ",
  ),
  ..."roleIds roleDivisions state dateToDelete dateCreated dateModified createdBy modifiedBy selfUri".split(
    " ",
  ),
  ...Object.getOwnPropertyNames(Object.prototype),
]);

/** Reads the switch alone, for those who ask nobody. @throws SettingsError */
export function readAllowedAddressesSwitch(environment: Environment): AllowedAddressesSwitch {
  const problems: string[] = [];
  const found = allowedAddressesSwitch(environment, problems);
  refuse(problems);
  return found;
}

/** @throws SettingsError with every problem at once. */
export function readSettings(environment: Environment, region: string | undefined): DeployerSettings {
  const problems: string[] = [];
  const clientId = environment["GENESYSCLOUD_OAUTHCLIENT_ID"] ?? "";
  const clientSecret = environment["GENESYSCLOUD_OAUTHCLIENT_SECRET"] ?? "";
  if (clientId === "") {
    problems.push("GENESYSCLOUD_OAUTHCLIENT_ID is not set");
  }
  if (clientSecret === "") {
    problems.push("GENESYSCLOUD_OAUTHCLIENT_SECRET is not set");
  }
  const origins = readOrigins(environment, region, problems);
  const waitSeconds = readNumber(environment, "GENESYSCLOUD_WAIT_SECONDS", problems) ?? defaultWaitSeconds;
  const requestsPerMinute = readNumber(environment, "GENESYSCLOUD_REQUESTS_PER_MINUTE", problems);
  const timeoutSeconds = readNumber(environment, "GENESYSCLOUD_TIMEOUT_SECONDS", problems);
  allowedAddressesSwitch(environment, problems);
  refuse(problems);
  return {
    origins: origins as GenesysOrigins, // without them there is a problem
    credentials: { clientId, clientSecret },
    reconcile: isOn(environment, "GENESYSCLOUD_RECONCILE"),
    checksDeployer: isOn(environment, "GENESYSCLOUD_DEPLOYER_CHECK"),
    waitMs: waitSeconds * msPerSecond,
    requestsPerMinute,
    timeoutMs: timeoutSeconds === undefined ? undefined : timeoutSeconds * msPerSecond,
  };
}

/** @throws SettingsError where there is a problem */
function refuse(problems: readonly string[]): void {
  if (problems.length > 0) {
    throw new SettingsError(
      `Connecting to Genesys Cloud: ${problems.join("; ")}; set the deployment client's environment and run again`,
    );
  }
}

function allowedAddressesSwitch(environment: Environment, problems: string[]): AllowedAddressesSwitch {
  const field = environment[allowedAddressesVariable] ?? "";
  if (field === "") {
    return { kind: "unset" };
  }
  if (switchedOff.has(field.toLowerCase())) {
    return { kind: "off" };
  }
  if (takenFieldNames.has(field)) {
    problems.push(`${allowedAddressesVariable} is "${field}", which is another field of OAuth clients`);
  } else if (!fieldNamePattern.test(field)) {
    problems.push(
      `${allowedAddressesVariable} must be the name of a field: a letter, then letters, digits and _`,
    );
  }
  return { kind: "on", field };
}

function isOn(environment: Environment, name: string): boolean {
  return !switchedOff.has((environment[name] ?? "on").toLowerCase());
}

function readOrigins(
  environment: Environment,
  region: string | undefined,
  problems: string[],
): GenesysOrigins | undefined {
  const apiUrl = readOrigin(environment, "GENESYSCLOUD_API_URL", problems);
  const loginUrl = readOrigin(environment, "GENESYSCLOUD_LOGIN_URL", problems);
  if (apiUrl !== undefined && loginUrl !== undefined) {
    return { apiUrl, loginUrl };
  }
  const named = region ?? environment["GENESYSCLOUD_REGION"];
  const known = named === undefined || named === "" ? undefined : normalizeRegion(named);
  if (known === undefined) {
    const missing = named === undefined || named === "";
    problems.push(
      missing
        ? "no region is given (genesys-credentials:organization.region or GENESYSCLOUD_REGION)"
        : `"${named}" is not a Genesys Cloud region (one of ${regionNames.join(", ")}, or a domain)`,
    );
    return undefined;
  }
  const fromRegion = originsOfRegion(known);
  return { apiUrl: apiUrl ?? fromRegion.apiUrl, loginUrl: loginUrl ?? fromRegion.loginUrl };
}

function readOrigin(environment: Environment, name: string, problems: string[]): string | undefined {
  const text = environment[name];
  if (text === undefined || text === "") {
    return undefined;
  }
  const result = parseOrigin(text);
  if ("problem" in result) {
    problems.push(`${name} ${result.problem}`);
    return undefined;
  }
  return result.origin;
}

function readNumber(environment: Environment, name: string, problems: string[]): number | undefined {
  const text = environment[name];
  if (text === undefined || text === "") {
    return undefined;
  }
  const value = Number(text);
  if (!Number.isFinite(value) || value <= 0) {
    problems.push(`${name} must be a number above 0`);
    return undefined;
  }
  return value;
}
