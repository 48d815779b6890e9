// From raw config values to resolved declarations, or to every mistake in them at once.
import { type RawAwsConfig, readAwsConfig } from "./awsConfig";
import { checkDeclarations } from "./checks";
import { ConfigError, type Problem } from "./configError";
import { describePath, detectorOf } from "./describeValue";
import { checkDeployer, chooseEndpoints, readOverrides } from "./endpoints";
import type { Environment } from "../common/environmentVariables";
import { problemsOf } from "./issues";
import { stackFileName } from "./naming";
import { isPlainMap, settingIn, toPlainValue } from "./plainValue";
import { type Names, resolveDeclarations, type ResolvedDeclarations } from "./resolve";
import { declarationsSchema } from "./schema";

/** The values of the config namespace, keys without the namespace. */
export interface RawDeclarations {
  readonly organization?: unknown;
  readonly roles?: unknown;
  readonly credentials?: unknown;
  readonly [other: string]: unknown;
}

/** Where the declarations belong, and the environment variables that complete them. */
export interface DeclarationContext extends Names {
  readonly environment: Environment;
  /** The stack's `aws:` settings. */
  readonly aws?: RawAwsConfig;
}

/** What the caller needs besides the declarations. */
export interface ParseOptions {
  /** Whether the deployer's client id and secret must be in the environment; default true. */
  readonly requireDeployer?: boolean;
  /** The file that people edit, as messages name it; default `Pulumi.<stack>.yaml`. */
  readonly place?: string;
}

/**
 * Checks and resolves what people wrote.
 * @throws {@link ConfigError} with all problems, those of the environment included.
 */
export function parseDeclarations(
  raw: RawDeclarations,
  context: DeclarationContext,
  options: ParseOptions = {},
): ResolvedDeclarations {
  const { environment, stack } = context;
  const isKnownSecret = detectorOf(environment["GENESYSCLOUD_OAUTHCLIENT_SECRET"]);
  const { value, refusedPaths } = toPlainValue(raw);
  const parsed = declarationsSchema.safeParse(value);
  const problems: Problem[] = refusedPaths.map((path) => ({
    path: describePath(path, isKnownSecret),
    problem: "the key __proto__ is a reserved word",
    remedy: "choose another key, or remove it",
  }));
  const issues = parsed.success ? [] : parsed.error.issues;
  problems.push(...problemsOf(issues, { schema: declarationsSchema, value }, isKnownSecret));
  if (isPlainMap(value)) {
    problems.push(...checkDeclarations(value, stack, isKnownSecret));
  }
  const reading = { environment, isKnownSecret, problems };
  const overrides = readOverrides(reading);
  const isOrganizationRight = issues.every(({ path }) => path[0] !== "organization");
  const endpoints = isOrganizationRight
    ? chooseEndpoints(declaredRegionOf(value), overrides, reading)
    : undefined;
  const aws = readAwsConfig(context.aws ?? {}, problems);
  if (options.requireDeployer ?? true) {
    checkDeployer(environment, problems);
  }
  if (problems.length > 0 || !parsed.success || endpoints === undefined) {
    throw new ConfigError(options.place ?? stackFileName(stack), problems);
  }
  return { ...resolveDeclarations(parsed.data, context, endpoints), aws };
}

/** The region as written, once the organisation was found right. */
function declaredRegionOf(value: unknown): string | undefined {
  const region = settingIn(settingIn(value, "organization"), "region");
  return typeof region === "string" ? region : undefined;
}
