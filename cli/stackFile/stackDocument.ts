// The text of a stack file, read so that single settings can be changed without touching anything else in it.
import { type Document, isAlias, isMap, isScalar, type Node, type Pair, visit, type YAMLMap } from "yaml";
import { ConfigError } from "../../declarations/configError";
import { isPlainMap } from "../../declarations/plainValue";
import { configKey, type StackConfig } from "./configKey";
import { type ConfigSources, importsEnvironments, ownConfig, wholeConfig } from "./stackConfig";
import { parseYaml } from "./yamlReader";

/** Where a setting is: the keys from the top of the file. */
export type SettingPath = readonly string[];

/** A parsed stack file. */
export class StackDocument {
  private constructor(
    /** Name of the file, for messages. */
    readonly fileName: string,
    /** The text as it was read. */
    readonly text: string,
    /** The values that are written there, anchors and merge keys resolved. */
    readonly values: unknown,
    private readonly document: Document,
    private readonly sources: ConfigSources,
  ) {}

  /** @throws ConfigError when the text is not YAML. */
  static parse(fileName: string, text: string, sources: ConfigSources): StackDocument {
    const document = parseYaml(fileName, text);
    return new StackDocument(fileName, text, document.toJS(), document, sources);
  }

  /** The same file with another text. @throws ConfigError when it is not YAML. */
  withText(text: string): StackDocument {
    return StackDocument.parse(this.fileName, text, this.sources);
  }

  /** The name of the project, the first part of every owner. */
  get projectName(): string {
    return this.sources.project.name;
  }

  /** Whether settings of environments of Pulumi ESC count that are in no file. */
  get importsEnvironments(): boolean {
    return importsEnvironments(this.values);
  }

  /** All that the program would get, keys with their namespace. @throws OutsideError, ConfigError where that is not known. */
  wholeConfig(): StackConfig {
    return wholeConfig(this.fileName, this.values, this.sources);
  }

  /** The file in people's words, with the other one in which some of the settings that count stand. */
  get place(): string {
    const { config, fileName } = this.sources.project;
    return Object.keys(config).some((key) => this.isShared(key))
      ? `${this.fileName} with the config of ${fileName}`
      : this.fileName;
  }

  /** The values once more, for a caller that changes them. */
  copyOfValues(): unknown {
    return this.document.toJS();
  }

  /** @throws ConfigError when a setting counts that stands elsewhere, so that it cannot be changed in this file. */
  requireHere(path: SettingPath): void {
    const [section, top = "", ...rest] = path;
    if (section !== "config" || valueAt(this.values, path) !== undefined) {
      return;
    }
    const { project } = this.sources;
    const key = configKey(top, project.name);
    const isShared = this.isShared(key);
    if (isShared || valueAt(this.wholeConfig(), [key, ...rest]) !== undefined) {
      throw this.refusalOf(
        path,
        isShared && !this.importsEnvironments
          ? [
              `stands in the config of ${project.fileName}, which all stacks share, and not in this file`,
              `change it there, or write all of ${key} into this file, which then counts instead, and run the command again`,
            ]
          : [
              "comes from an environment of Pulumi ESC that this file imports (environment:), and does not stand in this file",
              "change it there",
            ],
      );
    }
  }

  /**
   * The map at a path, for a change in it; undefined when there is none.
   * @throws ConfigError when a change there would show in other places too, or is written elsewhere: anchors, aliases, merge keys.
   */
  editableMap(path: SettingPath): YAMLMap | undefined {
    let node: unknown = this.document.contents;
    let merged: unknown = this.values;
    for (const [depth, key] of path.entries()) {
      merged = isPlainMap(merged) ? merged[key] : undefined;
      const pair = isMap(node) ? findPair(node, key) : undefined;
      if (pair === undefined && merged !== undefined) {
        throw this.refusal(path.slice(0, depth + 1), "comes from a merge key (<<)");
      }
      node = pair?.value;
      this.requireUnshared(node, path.slice(0, depth + 1));
    }
    return isMap(node) ? node : undefined;
  }

  /** The pair of a setting as it is written there; undefined when it is not. @throws ConfigError as {@link editableMap} does. */
  editablePair(path: SettingPath): Pair<Node, Node | null> | undefined {
    const map = this.editableMap(path.slice(0, -1));
    const key = path.at(-1) ?? "";
    const pair = map === undefined ? undefined : findPair(map, key);
    this.requireUnshared(pair?.value, path);
    return pair;
  }

  /** @throws ConfigError when adding to a key of the config would put it in the place of the one that all stacks share. */
  requireUnsharedKey(top: string): void {
    if (this.isShared(configKey(top, this.projectName))) {
      this.requireHere(["config", top]);
    }
  }

  /** Whether a key counts as Pulumi.yaml has it. */
  private isShared(key: string): boolean {
    const { project } = this.sources;
    return key in project.config && !(key in ownConfig(this.values, project));
  }

  private requireUnshared(node: unknown, path: SettingPath): void {
    if (isAlias(node)) {
      throw this.refusal(path, `is the alias *${node.source}`);
    }
    const anchor = isMap(node) || isScalar(node) ? node.anchor : undefined;
    if (anchor !== undefined && this.isAliased(anchor)) {
      throw this.refusal(path, `is used in other places through its anchor &${anchor}`);
    }
  }

  private isAliased(anchor: string): boolean {
    let isFound = false;
    visit(this.document, {
      Alias: (_key, alias) => {
        isFound ||= alias.source === anchor;
      },
    });
    return isFound;
  }

  /** The error for a place that cannot be changed alone. */
  refusal(path: SettingPath, problem: string): ConfigError {
    return this.refusalOf(path, [
      `${problem}, so that it cannot be changed alone`,
      "write it out in this place and run the command again",
    ]);
  }

  private refusalOf(path: SettingPath, [problem, remedy]: readonly [string, string]): ConfigError {
    const [top, ...rest] = path.slice(1);
    return new ConfigError(this.fileName, [
      {
        path: [top ?? path.join("."), ...rest].join("."),
        problem,
        remedy: `${remedy}; nothing was changed`,
      },
    ]);
  }
}

/** The value at a path among plain values. */
export function valueAt(values: unknown, path: SettingPath): unknown {
  return path.reduce<unknown>((value, key) => (isPlainMap(value) ? value[key] : undefined), values);
}

/** The pair whose key reads as `key`; YAML may have read a key such as 123 as a number. */
export function findPair(map: YAMLMap, key: string): Pair<Node, Node | null> | undefined {
  const pair = map.items.find((item) => isScalar(item.key) && String(item.key.value) === key);
  return pair as Pair<Node, Node | null> | undefined;
}
