// Where Secrets Manager and STS are: AWS's own endpoints, unless the configuration or the environment says otherwise.
import { textMapOf, unknownValue } from "./propertyValues";

/** The services that the plugin talks to: key in `aws:endpoints`, name, and the variable that names the endpoint. */
export const services = {
  secretsManager: {
    key: "secretsmanager",
    name: "Secrets Manager",
    variable: "AWS_ENDPOINT_URL_SECRETS_MANAGER",
  },
  sts: { key: "sts", name: "STS", variable: "AWS_ENDPOINT_URL_STS" },
};

/** Endpoints by service; AWS's own where undefined. */
export type Endpoints = Readonly<Record<keyof typeof services, string | undefined>>;

/**
 * Reads `aws:endpoints` (a list with one map), with the environment as the fallback.
 * @param problems gets what is wrong with them
 */
export function readEndpoints(
  configured: unknown,
  environment: NodeJS.ProcessEnv,
  problems: string[],
): Endpoints {
  if (configured !== undefined && configured !== null && !Array.isArray(configured)) {
    problems.push(
      "aws:endpoints must be a list with one map, such as [{secretsmanager: http://127.0.0.1:5000}]",
    );
  }
  const maps = (Array.isArray(configured) ? configured : []).map(textMapOf);
  const read = ({ key, name, variable }: (typeof services)[keyof Endpoints]): string | undefined => {
    const url =
      maps.map((map) => map[key]).find((value) => value !== undefined && value !== "") ??
      environment[variable] ??
      environment["AWS_ENDPOINT_URL"] ??
      "";
    if (url === "" || url === unknownValue) {
      return undefined;
    }
    if (!/^https?:\/\//.test(url) || !URL.canParse(url)) {
      problems.push(`the endpoint of ${name} is not an http(s) URL; correct aws:endpoints or ${variable}`);
      return undefined;
    }
    return url;
  };
  return { secretsManager: read(services.secretsManager), sts: read(services.sts) };
}
