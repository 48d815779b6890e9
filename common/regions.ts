// The Genesys Cloud regions: names people write, the hosts they stand for, and the origins that the environment gives in their place.
import { defined } from "./defined";
import { type Environment, type VariableName, variableText } from "./environmentVariables";
import { isSafeTransport } from "./safeTransport";

/** AWS-style region name -> domain. Source: Genesys's JavaScript SDK 262 and Terraform provider, which agree on every row. */
const domainsByRegion: Readonly<Record<string, string>> = {
  "us-east-1": "mypurecloud.com",
  "us-east-2": "use2.us-gov-pure.cloud", // FedRAMP, not an ordinary US region
  "us-west-2": "usw2.pure.cloud",
  "ca-central-1": "cac1.pure.cloud",
  "sa-east-1": "sae1.pure.cloud",
  "mx-central-1": "mxc1.pure.cloud",
  "eu-west-1": "mypurecloud.ie",
  "eu-west-2": "euw2.pure.cloud",
  "eu-central-1": "mypurecloud.de",
  "eu-central-2": "euc2.pure.cloud",
  "eusc-de-east-1": "edee1.eusc-pure.cloud",
  "me-central-1": "mec1.pure.cloud",
  "ap-south-1": "aps1.pure.cloud",
  "ap-northeast-1": "mypurecloud.jp",
  "ap-northeast-2": "apne2.pure.cloud",
  "ap-northeast-3": "apne3.pure.cloud",
  "ap-southeast-1": "apse1.pure.cloud",
  "ap-southeast-2": "mypurecloud.com.au",
};

/** Every region name, hyphen spelling, in the order of the table. */
export const regionNames: readonly string[] = Object.keys(domainsByRegion);

/** A host name of at least two labels: Genesys adds regions faster than this table (6 in 26 months). */
const domainPattern = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}$/;

/**
 * The region as this program writes it: a hyphen name where it is a known one, else a domain; undefined when it is neither.
 * Accepts `eu-west-1`, `eu_west_1`, `mypurecloud.ie`, `api.mypurecloud.ie`, `https://login.mypurecloud.ie/`.
 */
export function normalizeRegion(text: string): string | undefined {
  const bare = text
    .trim()
    .toLowerCase()
    .replace(/^https:\/\//, "")
    .replace(/\/$/, "")
    .replace(/^(api|login|apps)\./, "");
  const hyphenated = bare.replaceAll("_", "-");
  if (Object.hasOwn(domainsByRegion, hyphenated)) {
    return hyphenated;
  }
  const known = regionNames.find((name) => domainsByRegion[name] === bare);
  return known ?? (domainPattern.test(bare) ? bare : undefined);
}

/** The two origins of Genesys Cloud, without a path or a trailing slash. */
export interface GenesysOrigins {
  /** Origin of the API, as `https://api.mypurecloud.ie`. */
  readonly apiUrl: string;
  /** Origin of the login host, as `https://login.mypurecloud.ie`; tokens come from its `/oauth/token`. */
  readonly loginUrl: string;
}

/** The origins of a normalised region (see {@link normalizeRegion}). */
export function originsOfRegion(region: string): GenesysOrigins {
  const domain = domainsByRegion[region] ?? region;
  return { apiUrl: `https://api.${domain}`, loginUrl: `https://login.${domain}` };
}

/** A problem with an origin override, in words, or the origin itself. */
export type OriginResult = { readonly origin: string } | { readonly problem: string };

/** Checks an override such as `GENESYSCLOUD_API_URL`: an https origin without a path; plain http only to loopback. */
export function parseOrigin(text: string): OriginResult {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return { problem: "is not a URL; write an origin such as https://api.mypurecloud.ie" };
  }
  if (url.username !== "" || url.password !== "") {
    return { problem: "must not hold a user name or password" };
  }
  if (url.pathname !== "/" || url.search !== "" || url.hash !== "") {
    return { problem: "must be an origin without a path, such as https://api.mypurecloud.ie" };
  }
  if (!isSafeTransport(url)) {
    return { problem: "must begin with https:// (plain http is allowed to loopback only)" };
  }
  return { origin: url.origin };
}

/** The origins that the environment gives in place of the region's. @param refuse Is told of each that is none, which is left out. */
export function readOriginOverrides(
  environment: Environment,
  refuse: (name: VariableName, text: string, problem: string) => void,
): Partial<GenesysOrigins> {
  const read = (name: VariableName): string | undefined => {
    const text = variableText(environment, name);
    if (text === undefined) {
      return undefined;
    }
    const result = parseOrigin(text);
    if ("origin" in result) {
      return result.origin;
    }
    refuse(name, text, result.problem);
    return undefined;
  };
  return defined({ apiUrl: read("GENESYSCLOUD_API_URL"), loginUrl: read("GENESYSCLOUD_LOGIN_URL") });
}
