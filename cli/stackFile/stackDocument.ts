// The text of a stack file, read so that single settings can be changed without touching anything else in it.
import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  type Node,
  type Pair,
  parseDocument,
  visit,
  type YAMLMap,
} from "yaml";
import { ConfigError } from "../../declarations/configError";
import { isPlainMap } from "../../declarations/plainValue";

/** Where a setting is: the keys from the top of the file. */
export type SettingPath = readonly string[];

/** A parsed stack file. */
export class StackDocument {
  private constructor(
    /** Name of the file, for messages. */
    readonly fileName: string,
    /** The text as it was read. */
    readonly text: string,
    /** The values, anchors and merge keys resolved. */
    readonly values: unknown,
    private readonly document: Document,
  ) {}

  /** @throws ConfigError when the text is not YAML. */
  static parse(fileName: string, text: string): StackDocument {
    // Pulumi's reader resolves merge keys; so must this one.
    const document = parseDocument(text, { merge: true, prettyErrors: false, logLevel: "error" });
    const [error] = document.errors;
    if (error !== undefined) {
      throw notYaml(fileName, text, error.message, error.pos[0]);
    }
    try {
      return new StackDocument(fileName, text, document.toJS(), document);
    } catch (error_) {
      throw notYaml(fileName, text, error_ instanceof Error ? error_.message : "it cannot be read", 0);
    }
  }

  /** The values once more, for a caller that changes them. */
  copyOfValues(): unknown {
    return this.document.toJS();
  }

  /** The value of one key of the stack's config, such as `aws:region`. */
  configValue(key: string): unknown {
    const config = isPlainMap(this.values) ? this.values["config"] : undefined;
    return isPlainMap(config) ? config[key] : undefined;
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
    const [top, ...rest] = path.slice(1);
    return new ConfigError(this.fileName, [
      {
        path: [top ?? path.join("."), ...rest].join("."),
        problem: `${problem}, so that it cannot be changed alone`,
        remedy: "write it out in this place and run the command again; nothing was changed",
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

function notYaml(fileName: string, text: string, message: string, position: number): ConfigError {
  const line = text.slice(0, position).split("\n").length;
  return new ConfigError(fileName, [
    {
      path: `line ${line}`,
      problem: `it is not valid YAML (${message.split("\n")[0] ?? ""})`,
      remedy: "correct the file; `pulumi config` reads it too",
    },
  ]);
}
