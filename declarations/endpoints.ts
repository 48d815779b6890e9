// Where Genesys is reached and whether the deployer's credential is there: the part of a declaration that comes from the environment.
import { defined } from "../common/defined";
import { type Environment, variableText } from "../common/environmentVariables";
import {
  type GenesysOrigins,
  normalizeRegion,
  originsOfRegion,
  readOriginOverrides,
} from "../common/regions";
import { type Problem } from "./configError";
import { describeValue, type SecretDetector } from "./describeValue";
import { configNamespace } from "./naming";
import { regionRule } from "./organization";

/** Where tokens are minted and calls are sent. */
export interface Endpoints {
  /** Origin without a path. */
  readonly apiUrl: string;
  /** `<login origin>/oauth/token`. */
  readonly tokenUrl: string;
  /** The normalised region that was used; absent where both origins are overridden and none is declared. */
  readonly region?: string;
}

const tokenPath = "/oauth/token";

/** The environment that is read, and the list that its mistakes are added to. */
export interface EnvironmentReading {
  readonly environment: Environment;
  readonly isKnownSecret: SecretDetector;
  readonly problems: Problem[];
}

/** Reads both overrides. A wrong one is added to the problems and left out. */
export function readOverrides(reading: EnvironmentReading): Partial<GenesysOrigins> {
  const { environment, isKnownSecret, problems } = reading;
  return readOriginOverrides(environment, (path, value, mistake) => {
    const [problem = "", remedy = "write an origin such as https://api.mypurecloud.ie, or unset it"] =
      mistake.split("; ");
    problems.push({ path, problem: `${describeValue(value, isKnownSecret)} ${problem}`, remedy });
  });
}

/**
 * The endpoints from the declared region (already checked) and the environment; a region that is missing or wrong is added
 * to `problems`, and the answer is undefined.
 */
export function chooseEndpoints(
  declaredRegion: string | undefined,
  overrides: Partial<GenesysOrigins>,
  reading: EnvironmentReading,
): Endpoints | undefined {
  const declared = declaredRegion === undefined ? undefined : normalizeRegion(declaredRegion);
  const isOverridden = overrides.apiUrl !== undefined && overrides.loginUrl !== undefined;
  const region = declared ?? (isOverridden ? undefined : readRegion(reading));
  const { apiUrl, loginUrl } = { ...(region === undefined ? {} : originsOfRegion(region)), ...overrides };
  return apiUrl === undefined || loginUrl === undefined
    ? undefined
    : { apiUrl, tokenUrl: `${loginUrl}${tokenPath}`, ...defined({ region }) };
}

/** A problem for each of the deployer's two variables that is missing or has white space around it (a copied line end). */
export function checkDeployer(environment: Environment, problems: Problem[]): void {
  for (const name of ["GENESYSCLOUD_OAUTHCLIENT_ID", "GENESYSCLOUD_OAUTHCLIENT_SECRET"] as const) {
    const value = environment[name] ?? "";
    const pair = `the client ${name === "GENESYSCLOUD_OAUTHCLIENT_ID" ? "id" : "secret"} of the deployer`;
    if (value.trim() === "") {
      problems.push({
        path: name,
        ...(environment[name] === undefined
          ? { problem: "is not set", remedy: `set this environment variable to ${pair}` }
          : {
              problem: "is empty",
              remedy: `set this environment variable to ${pair}; CI makes it empty where a job has no such secret, as for a pull request of a bot or a fork`,
            }),
      });
    } else if (/\s/.test(value)) {
      const remedy = `set it again to ${pair}, without spaces or line ends`;
      problems.push({ path: name, problem: "holds white space", remedy });
    }
  }
}

function readRegion({ environment, isKnownSecret, problems }: EnvironmentReading): string | undefined {
  const value = variableText(environment, "GENESYSCLOUD_REGION");
  if (value === undefined) {
    problems.push({
      path: `${configNamespace}:organization.region`,
      problem: "no region is given",
      remedy:
        "write genesys-credentials:organization with region: eu-west-1 (or yours), set GENESYSCLOUD_REGION, " +
        "or set both GENESYSCLOUD_API_URL and GENESYSCLOUD_LOGIN_URL",
    });
    return undefined;
  }
  const mistake = regionRule(value);
  if (mistake !== undefined) {
    problems.push({
      path: "GENESYSCLOUD_REGION",
      problem: `${describeValue(value, isKnownSecret)} ${mistake.problem}`,
      remedy: mistake.remedy ?? "write a region such as eu-west-1 or a domain such as mypurecloud.ie",
    });
  }
  return normalizeRegion(value);
}
