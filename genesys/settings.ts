// The deployer's settings, from the environment of the process: never from stack config, which is copied into state.
import { msPerSecond } from "../common/clock";
import {
  type Environment,
  environmentVariables,
  isOff,
  isSwitchedOn,
  type VariableName,
  variableText,
} from "../common/environmentVariables";
import {
  type GenesysOrigins,
  normalizeRegion,
  originsOfRegion,
  readOriginOverrides,
  regionNames,
} from "../common/regions";
import { SettingsError } from "./errors";
import { type AllowedAddressesSwitch, fieldNameProblem } from "./knowledge/allowedAddressesField";
import type { ClientCredentials } from "./token";

/** What does not depend on the organisation; `common/environmentVariables.ts` says what each setting means. */
interface Tuning {
  readonly reconcile: boolean;
  /** Whether the deployer's permissions are compared before the first write. Default on. */
  readonly checksDeployer?: boolean;
  readonly waitMs: number;
  /** Of each token. */
  readonly requestsPerMinute?: number;
  readonly tokenPoolSize?: number;
  /** Of a single request. */
  readonly timeoutMs?: number;
}

/** Everything a client and a session are made from. */
export interface DeployerSettings extends Tuning {
  readonly origins: GenesysOrigins;
  readonly credentials: ClientCredentials;
}

/** A variable that cannot be used, and why: a clause, as `must be a number above 0`. */
export interface SettingProblem {
  readonly name: VariableName;
  readonly problem: string;
}

/** Reads the switch alone, for those who ask nobody. @throws SettingsError */
export function readAllowedAddressesSwitch(environment: Environment): AllowedAddressesSwitch {
  const problems: SettingProblem[] = [];
  const found = allowedAddressesSwitch(environment, problems);
  refuse(problems.map(inWords));
  return found;
}

/**
 * @param where The declared region, if any, or where Genesys is, as far as that is known already.
 * @throws SettingsError with every problem at once.
 */
export function readSettings(
  environment: Environment,
  where: string | GenesysOrigins | undefined,
): DeployerSettings {
  const problems: string[] = [];
  const clientId = environment["GENESYSCLOUD_OAUTHCLIENT_ID"] ?? "";
  const clientSecret = environment["GENESYSCLOUD_OAUTHCLIENT_SECRET"] ?? "";
  if (clientId === "") {
    problems.push("GENESYSCLOUD_OAUTHCLIENT_ID is not set");
  }
  if (clientSecret === "") {
    problems.push("GENESYSCLOUD_OAUTHCLIENT_SECRET is not set");
  }
  const origins = typeof where === "object" ? where : readOrigins(environment, where, problems);
  const { tuning, problems: others } = readTuning(environment);
  refuse([...problems, ...others.map(inWords)]);
  return {
    origins: origins as GenesysOrigins, // without them there is a problem
    credentials: { clientId, clientSecret },
    ...tuning,
  };
}

/** What is wrong with the settings, the pair and the addresses of Genesys apart. */
export function settingProblems(environment: Environment): readonly SettingProblem[] {
  return readTuning(environment).problems;
}

function readTuning(environment: Environment) {
  const problems: SettingProblem[] = [];
  const number = (name: NumberName): number => {
    const value = Number(variableText(environment, name) ?? environmentVariables[name].standard);
    if (!Number.isFinite(value) || value <= 0) {
      problems.push({ name, problem: "must be a number above 0" });
    }
    return value;
  };
  const wholeNumber = (name: "GENESYSCLOUD_TOKEN_POOL_SIZE"): number => {
    const { standard, maximum } = environmentVariables[name];
    const text = variableText(environment, name) ?? String(standard);
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (!(value >= 1 && value <= maximum)) {
      problems.push({ name, problem: `must be a whole number from 1 to ${maximum}` });
    }
    return value;
  };
  const tuning: Tuning = {
    reconcile: isSwitchedOn(environment, "GENESYSCLOUD_RECONCILE", true),
    checksDeployer: isSwitchedOn(environment, "GENESYSCLOUD_DEPLOYER_CHECK", true),
    waitMs: number("GENESYSCLOUD_WAIT_SECONDS") * msPerSecond,
    requestsPerMinute: number("GENESYSCLOUD_REQUESTS_PER_MINUTE"),
    tokenPoolSize: wholeNumber("GENESYSCLOUD_TOKEN_POOL_SIZE"),
    timeoutMs: number("GENESYSCLOUD_TIMEOUT_SECONDS") * msPerSecond,
  };
  allowedAddressesSwitch(environment, problems);
  return { tuning, problems };
}

type NumberName =
  "GENESYSCLOUD_WAIT_SECONDS" | "GENESYSCLOUD_REQUESTS_PER_MINUTE" | "GENESYSCLOUD_TIMEOUT_SECONDS";

/** @throws SettingsError where there is a problem */
function refuse(problems: readonly string[]): void {
  if (problems.length > 0) {
    throw new SettingsError(
      `Connecting to Genesys Cloud: ${problems.join("; ")}; set the deployer's environment and run again`,
    );
  }
}

function inWords({ name, problem }: SettingProblem): string {
  return `${name} ${problem}`;
}

function allowedAddressesSwitch(
  environment: Environment,
  problems: SettingProblem[],
): AllowedAddressesSwitch {
  const name = "GENESYSCLOUD_ALLOWED_ADDRESSES_FIELD";
  const field = variableText(environment, name);
  if (field === undefined) {
    return { kind: "unset" };
  }
  if (isOff(field)) {
    return { kind: "off" };
  }
  const problem = fieldNameProblem(field);
  if (problem !== undefined) {
    problems.push({ name, problem });
  }
  return { kind: "on", field };
}

function readOrigins(
  environment: Environment,
  region: string | undefined,
  problems: string[],
): GenesysOrigins | undefined {
  const overrides = readOriginOverrides(environment, (name, _text, problem) => {
    problems.push(inWords({ name, problem }));
  });
  const { apiUrl, loginUrl } = overrides;
  if (apiUrl !== undefined && loginUrl !== undefined) {
    return { apiUrl, loginUrl };
  }
  const named = region ?? variableText(environment, "GENESYSCLOUD_REGION") ?? "";
  const known = normalizeRegion(named);
  if (known === undefined) {
    problems.push(
      named === ""
        ? "no region is given (genesys-credentials:organization.region or GENESYSCLOUD_REGION)"
        : `"${named}" is not a Genesys Cloud region (one of ${regionNames.join(", ")}, or a domain)`,
    );
    return undefined;
  }
  return { ...originsOfRegion(known), ...overrides };
}
