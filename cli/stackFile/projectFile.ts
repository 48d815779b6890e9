// Pulumi.yaml: the project's name, the folder of its stack files, and the config that every stack has below its own.
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { ConfigError } from "../../declarations/configError";
import { isPlainMap } from "../../declarations/plainValue";
import { OutsideError, UsageError } from "../terminal/cliError";
import { systemReason } from "../terminal/systemReason";
import { configKey, type StackConfig } from "./configKey";
import { parseYaml } from "./yamlReader";

/** What the commands need of a project. */
export interface Project {
  readonly name: string;
  /** `Pulumi.yaml`, as messages name it. */
  readonly fileName: string;
  /** Relative to the folder of Pulumi.yaml; empty where the stack files are beside it. */
  readonly stackFolder: string;
  /** `.yaml`: stack files end as the project's file does. */
  readonly extension: string;
  /** By full key; undefined where a setting is described and has no value. */
  readonly config: StackConfig;
}

/** The endings that Pulumi looks for, in its order. */
const extensions = [".json", ".yaml", ".yml"] as const;
const nameRemedy = "write the project's name, as name: genesys-credentials";

/** @throws UsageError when the folder is no project's; ConfigError when Pulumi could not use its file; OutsideError when it cannot be read. */
export function readProject(folder: string): Project {
  const extension = extensions.find((one) =>
    statSync(join(folder, `Pulumi${one}`), { throwIfNoEntry: false })?.isFile(),
  );
  if (extension === undefined) {
    throw new UsageError(
      "Looking for the project: there is no Pulumi.yaml here; run this in the folder of Pulumi.yaml.",
    );
  }
  const fileName = `Pulumi${extension}`;
  const values = parseYaml(fileName, textOf(folder, fileName)).toJS() as unknown;
  const settings = isPlainMap(values) ? values : {};
  const name = nameIn(settings["name"], fileName);
  const { config, stackConfigDir } = settings;
  return {
    name,
    fileName,
    // Before 3.44 of Pulumi `config` was what `stackConfigDir` is.
    stackFolder: folderIn(typeof config === "string" ? [config, stackConfigDir] : [stackConfigDir], fileName),
    extension,
    config: isPlainMap(config) ? configIn(config, name) : {},
  };
}

/** The text of a file of the project. @throws OutsideError when it cannot be read. */
export function textOf(folder: string, fileName: string): string {
  try {
    return readFileSync(join(folder, fileName), "utf8");
  } catch (error) {
    throw new OutsideError(`Reading ${fileName}: ${systemReason(error)}; nothing was done.`);
  }
}

function nameIn(written: unknown, fileName: string): string {
  if (typeof written === "string" && written !== "") {
    return written;
  }
  const problem = written === undefined || written === null || written === "" ? "is missing" : "is no text";
  throw new ConfigError(fileName, [{ path: "name", problem, remedy: nameRemedy }]);
}

function folderIn(written: readonly unknown[], fileName: string): string {
  const [only = "", ...others] = written.filter((one) => one !== undefined && one !== null);
  if (typeof only === "string" && others.length === 0) {
    return only;
  }
  const problem = others.length === 0 ? "is no text" : "stands beside `config`, which names a folder too";
  const remedy = "write one folder, relative to that of this file, as stackConfigDir: stacks";
  throw new ConfigError(fileName, [{ path: "stackConfigDir", problem, remedy }]);
}

/** A map describes a setting, and has its value as `value` or, for settings of the project itself, as `default`; all else is a value. */
function configIn(config: Readonly<Record<string, unknown>>, projectName: string): StackConfig {
  return Object.fromEntries(
    Object.entries(config).map(([key, written]) => [
      configKey(key, projectName),
      isPlainMap(written) ? (written["default"] ?? written["value"] ?? undefined) : (written ?? undefined),
    ]),
  );
}
