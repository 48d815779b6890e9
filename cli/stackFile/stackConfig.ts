// The config that a stack has: what its file says, over what the environments say that it imports, over that of Pulumi.yaml.
import { ConfigError } from "../../declarations/configError";
import { isPlainMap } from "../../declarations/plainValue";
import { OutsideError } from "../terminal/cliError";
import { type Known } from "../../common/known";
import { configKey, type StackConfig } from "./configKey";
import { type Project } from "./projectFile";

/** What counts besides the text of a stack file. */
export interface ConfigSources {
  readonly project: Project;
  /** The whole config as Pulumi tells it, with that of imported environments; absent where it was not asked. */
  readonly imported?: Known<StackConfig>;
}

/** Whether a stack file imports environments of Pulumi ESC, whose settings are in no file. */
export function importsEnvironments(values: unknown): boolean {
  const environment = isPlainMap(values) ? values["environment"] : undefined;
  return Array.isArray(environment)
    ? environment.length > 0
    : environment !== undefined && environment !== null;
}

/** What the file itself says. */
export function ownConfig(values: unknown, { name }: Project): StackConfig {
  const config = isPlainMap(values) ? values["config"] : undefined;
  return Object.fromEntries(
    Object.entries(isPlainMap(config) ? config : {}).map(([key, value]) => [configKey(key, name), value]),
  );
}

/**
 * Everything that the program would get.
 * @throws OutsideError where imported environments are not known; ConfigError where Pulumi.yaml describes a setting without a value.
 */
export function wholeConfig(
  fileName: string,
  values: unknown,
  { project, imported }: ConfigSources,
): StackConfig {
  const own = ownConfig(values, project);
  const upper = importsEnvironments(values) ? { ...merged(knownOf(fileName, imported), own) } : own;
  const lower = Object.entries(project.config).filter(([key]) => !(key in upper));
  const problems = lower
    .filter(([, value]) => value === undefined)
    .map(([key]) => ({
      path: `config.${key}`,
      problem: "has no value",
      remedy: `write the map below \`value:\`, or the setting into ${fileName}; Pulumi refuses it too`,
    }));
  if (problems.length > 0) {
    throw new ConfigError(project.fileName, problems);
  }
  return { ...Object.fromEntries(lower), ...upper };
}

function knownOf(fileName: string, imported: Known<StackConfig> | undefined): StackConfig {
  if (imported !== undefined && "value" in imported) {
    return imported.value;
  }
  throw new OutsideError(
    `Reading the settings of ${fileName}: it imports environments of Pulumi ESC (environment:), and what they declare is not known: ` +
      `${imported?.reason ?? "Pulumi was not asked"}; nothing was done.`,
  );
}

/** As Pulumi merges a stack's own values over imported ones: maps key by key, all else as a whole. */
function merged(lower: StackConfig, upper: StackConfig): StackConfig {
  const both = Object.entries(upper).map(([key, value]) => {
    const below = lower[key];
    return [key, isPlainMap(below) && isPlainMap(value) ? merged(below, value) : (value ?? below)] as const;
  });
  return { ...lower, ...Object.fromEntries(both) };
}
