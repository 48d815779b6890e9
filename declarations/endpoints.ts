// Where Genesys is reached and whether the deployer's credential is there: the part of a declaration that comes from the environment.
import { nearestName } from "../common/nearestName";
import { normalizeRegion, originsOfRegion, parseOrigin, regionNames } from "../common/regions";
import { type Problem } from "./configError";
import { describeValue, type SecretDetector } from "./describeValue";
import { configNamespace } from "./naming";

/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The environment variables that are read, and what for; the reference page is made from it. */
export const environmentVariables = {
  GENESYSCLOUD_OAUTHCLIENT_ID: "The client id of the deploying client. Required.",
  GENESYSCLOUD_OAUTHCLIENT_SECRET:
    "The client secret of the deploying client. Required; never stored, never printed.",
  GENESYSCLOUD_REGION: "The region where `organization.region` names none.",
  GENESYSCLOUD_API_URL: "Origin of the API in place of the region's, as `https://api.mypurecloud.ie`.",
  GENESYSCLOUD_LOGIN_URL:
    "Origin of the login host in place of the region's, as `https://login.mypurecloud.ie`.",
  GENESYSCLOUD_ALLOWED_ADDRESSES_FIELD:
    "The name of the field in which Genesys takes `allowedAddresses`, once it has published one. Not set, or `off`: they are not sent.",
} as const;

type VariableName = keyof typeof environmentVariables;

/** Where tokens are minted and calls are sent. */
export interface Endpoints {
  /** Origin without a path. */
  readonly apiUrl: string;
  /** `<login origin>/oauth/token`. */
  readonly tokenUrl: string;
  /** The normalised region that was used; absent where both origins are overridden and none is declared. */
  readonly region?: string;
}

/** The origins that the environment gives in place of the region's. */
export interface OriginOverrides {
  readonly apiUrl?: string;
  readonly loginUrl?: string;
}

const tokenPath = "/oauth/token";

/** Reads both overrides. A wrong one is added to `problems` and left out. */
export function readOverrides(
  environment: Environment,
  isKnownSecret: SecretDetector,
  problems: Problem[],
): OriginOverrides {
  const apiUrl = readOrigin("GENESYSCLOUD_API_URL", environment, isKnownSecret, problems);
  const loginUrl = readOrigin("GENESYSCLOUD_LOGIN_URL", environment, isKnownSecret, problems);
  return {
    ...(apiUrl === undefined ? {} : { apiUrl }),
    ...(loginUrl === undefined ? {} : { loginUrl }),
  };
}

/**
 * The endpoints from the declared region (already checked) and the environment; a region that is missing or wrong is added
 * to `problems`, and the answer is undefined.
 */
export function chooseEndpoints(
  declaredRegion: string | undefined,
  overrides: OriginOverrides,
  environment: Environment,
  isKnownSecret: SecretDetector,
  problems: Problem[],
): Endpoints | undefined {
  const declared = declaredRegion === undefined ? undefined : normalizeRegion(declaredRegion);
  const { apiUrl, loginUrl } = overrides;
  if (apiUrl !== undefined && loginUrl !== undefined) {
    return {
      apiUrl,
      tokenUrl: `${loginUrl}${tokenPath}`,
      ...(declared === undefined ? {} : { region: declared }),
    };
  }
  const region = declared ?? readRegion(environment, isKnownSecret, problems);
  if (region === undefined) {
    return undefined;
  }
  const origins = originsOfRegion(region);
  return {
    apiUrl: apiUrl ?? origins.apiUrl,
    tokenUrl: `${loginUrl ?? origins.loginUrl}${tokenPath}`,
    region,
  };
}

/** A problem for each of the deployer's two variables that is missing or has white space around it (a copied line end). */
export function checkDeployer(environment: Environment, problems: Problem[]): void {
  for (const name of ["GENESYSCLOUD_OAUTHCLIENT_ID", "GENESYSCLOUD_OAUTHCLIENT_SECRET"] as const) {
    const value = environment[name] ?? "";
    const what = name === "GENESYSCLOUD_OAUTHCLIENT_ID" ? "client id" : "client secret";
    if (value.trim() === "") {
      problems.push({
        path: name,
        problem: "is not set",
        remedy: `set this environment variable to the ${what} of the deploying client`,
      });
    } else if (/\s/.test(value)) {
      problems.push({
        path: name,
        problem: "holds white space",
        remedy: `set it again to the ${what} of the deploying client, without spaces or line ends`,
      });
    }
  }
}

function readOrigin(
  name: VariableName,
  environment: Environment,
  isKnownSecret: SecretDetector,
  problems: Problem[],
): string | undefined {
  const value = (environment[name] ?? "").trim();
  if (value === "") {
    return undefined;
  }
  const result = parseOrigin(value);
  if ("origin" in result) {
    return result.origin;
  }
  const [problem = "", remedy] = result.problem.split("; ");
  problems.push({
    path: name,
    problem: `${describeValue(value, isKnownSecret)} ${problem}`,
    remedy: remedy ?? "write an origin such as https://api.mypurecloud.ie, or unset it",
  });
  return undefined;
}

function readRegion(
  environment: Environment,
  isKnownSecret: SecretDetector,
  problems: Problem[],
): string | undefined {
  const value = (environment["GENESYSCLOUD_REGION"] ?? "").trim();
  if (value === "") {
    problems.push({
      path: `${configNamespace}:organization.region`,
      problem: "no region is given",
      remedy:
        "write genesys-credentials:organization with region: eu-west-1 (or yours), set GENESYSCLOUD_REGION, " +
        "or set both GENESYSCLOUD_API_URL and GENESYSCLOUD_LOGIN_URL",
    });
    return undefined;
  }
  const region = normalizeRegion(value);
  if (region === undefined) {
    const nearest = nearestName(value.replaceAll("_", "-"), regionNames);
    problems.push({
      path: "GENESYSCLOUD_REGION",
      problem: `${describeValue(value, isKnownSecret)} is neither a known region nor a domain`,
      remedy:
        nearest === undefined
          ? "write a region such as eu-west-1 or a domain such as mypurecloud.ie"
          : `did you mean ${nearest}?`,
    });
  }
  return region;
}
