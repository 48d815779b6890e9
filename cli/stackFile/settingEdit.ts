// Changes of single settings in a stack file: every byte outside the changed settings stays as it is.
import { isDeepStrictEqual } from "node:util";
import { isScalar, type Node, type YAMLMap } from "yaml";
import { isPlainMap } from "../../declarations/plainValue";
import { type Additions, insertionsOf, withAdditions } from "./blockInsertion";
import { findPair, type SettingPath, type StackDocument, valueAt } from "./stackDocument";
import {
  endOf,
  indentOf,
  levelBelow,
  linesAt,
  lineStart,
  nextLine,
  type Splice,
  startOf,
  type WrittenPair,
} from "./textPositions";
import { blockLines, flowText, scalarText } from "./yamlWriter";

/** A value to write. */
export type SettingValue = string | number | boolean | Readonly<Record<string, string | number>>;

/** Collects changes of one document and makes them all at once. */
export class SettingEdit {
  private readonly splices: Splice[] = [];
  private expected: unknown;

  constructor(private readonly document: StackDocument) {
    this.expected = document.copyOfValues();
  }

  /**
   * Sets the value at a path whose parent map exists.
   * @param after Sibling keys after which a new setting is written (the first one that is there); at the top of the map otherwise.
   * @throws ConfigError when the place is shared with other places.
   */
  set(path: SettingPath, value: SettingValue, after: readonly string[] = []): void {
    this.document.requireHere(path.slice(0, -1));
    const map = this.parentOf(path);
    const pair = this.document.editablePair(path);
    const existing = pair?.value;
    if (pair !== undefined && existing?.range != null) {
      const [from, to] = existing.range;
      // `key:` without a value has its range right behind the colon.
      this.splices.push({ from, to, text: `${from === to ? " " : ""}${valueText(value, existing)}` });
    } else {
      const sibling = after.map((key) => findPair(map, key)).find((candidate) => candidate !== undefined);
      this.splices.push(
        map.flow === true
          ? this.flowInsertion(map, path, value, sibling)
          : this.blockInsertion(map, path, value, sibling),
      );
    }
    this.expect(path, value);
  }

  /** Removes the setting at a path, with its line or its comma; nothing happens when it is not there. */
  remove(path: SettingPath): void {
    this.document.requireHere(path);
    const pair = this.document.editablePair(path);
    if (pair === undefined) {
      if (valueAt(this.document.values, path) !== undefined) {
        throw this.document.refusal(path, "comes from a merge key (<<)");
      }
      return;
    }
    const map = this.parentOf(path);
    const index = map.items.indexOf(pair);
    const previous = map.items[index - 1] as WrittenPair | undefined;
    const next = map.items[index + 1] as WrittenPair | undefined;
    const [start, end] = [startOf(pair), endOf(pair)];
    if (map.flow !== true) {
      const { text } = this.document;
      this.splices.push({ from: lineStart(text, start), to: nextLine(text, end), text: "" });
    } else if (next !== undefined) {
      this.splices.push({ from: start, to: startOf(next), text: "" });
    } else {
      this.splices.push({ from: previous === undefined ? start : endOf(previous), to: end, text: "" });
    }
    this.expect(path, undefined);
  }

  /**
   * Adds entries at the end of their maps; maps on the way that are missing or empty are made.
   * @throws ConfigError when a place is shared with other places or with other stacks, or there is something else than a map.
   */
  add(additions: Additions): void {
    const config = additions["config"];
    for (const key of isPlainMap(config) ? Object.keys(config) : []) {
      this.document.requireUnsharedKey(key);
    }
    this.splices.push(...insertionsOf(this.document, additions));
    this.expected = withAdditions(this.expected, additions);
  }

  /**
   * The text after all changes.
   * @throws ConfigError when the changes cannot be made without changing something else; the file is then left alone.
   */
  apply(): string {
    const ordered = this.splices
      .map((splice, index) => ({ ...splice, index }))
      .sort((left, right) => left.from - right.from || left.index - right.index);
    let text = "";
    let position = 0;
    for (const splice of ordered) {
      text += this.document.text.slice(position, splice.from) + splice.text;
      position = splice.to;
    }
    text += this.document.text.slice(position);
    if (!this.isAsExpected(text)) {
      throw this.document.refusal(["", "config"], "is written in a way that this command does not know");
    }
    return text;
  }

  private isAsExpected(text: string): boolean {
    try {
      return isDeepStrictEqual(this.document.withText(text).values, this.expected);
    } catch {
      return false; // no YAML any more
    }
  }

  private parentOf(path: SettingPath): YAMLMap {
    const map = this.document.editableMap(path.slice(0, -1));
    if (map?.range == null) {
      throw this.document.refusal(path.slice(0, -1), "is not a map");
    }
    return map;
  }

  private expect(path: SettingPath, value: SettingValue | undefined): void {
    let parent = this.expected;
    for (const key of path.slice(0, -1)) {
      parent = isPlainMap(parent) ? parent[key] : undefined;
    }
    const key = path.at(-1) ?? "";
    if (isPlainMap(parent)) {
      if (value === undefined) {
        Reflect.deleteProperty(parent, key);
      } else {
        Reflect.set(parent, key, value);
      }
    }
  }

  private flowInsertion(
    map: YAMLMap,
    path: SettingPath,
    value: SettingValue,
    sibling: WrittenPair | undefined,
  ): Splice {
    const neighbour = map.items[0] as WrittenPair | undefined;
    const quote = isScalar(neighbour?.key) && neighbour.key.type === "QUOTE_DOUBLE" ? '"' : "";
    const text = `${quote}${path.at(-1) ?? ""}${quote}: ${valueText(value, quote === "" ? undefined : neighbour?.key)}`;
    if (sibling !== undefined) {
      return { from: endOf(sibling), to: endOf(sibling), text: `, ${text}` };
    }
    const inside = (map.range?.[0] ?? 0) + 1;
    if (neighbour === undefined) {
      return { from: inside, to: (map.range?.[1] ?? inside) - 1, text: ` ${text} ` };
    }
    const isSpaced = /\s/.test(this.document.text[inside] ?? "");
    return { from: inside, to: inside, text: isSpaced ? ` ${text},` : `${text}, ` };
  }

  private blockInsertion(
    map: YAMLMap,
    path: SettingPath,
    value: SettingValue,
    sibling: WrittenPair | undefined,
  ): Splice {
    const { text } = this.document;
    const parent = this.document.editablePair(path.slice(0, -1));
    const first = map.items[0] as WrittenPair | undefined;
    if (parent === undefined || first === undefined) {
      throw this.document.refusal(path.slice(0, -1), "is an empty map");
    }
    const levelColumns = levelBelow(text, parent, first);
    const at = nextLine(text, sibling === undefined ? startOf(parent) : endOf(sibling));
    const key = path.at(-1) ?? "";
    const lines = isPlainMap(value)
      ? [`${key}:`, ...blockLines(value, levelColumns).map((line) => `${" ".repeat(levelColumns)}${line}`)]
      : blockLines({ [key]: value }, levelColumns);
    return linesAt(text, at, indentOf(text, first), lines);
  }
}

/** The value within a line, quoted as the text that it replaces or stands beside. */
function valueText(value: SettingValue, former?: Node | null): string {
  return isPlainMap(value)
    ? `{ ${flowText(value)} }`
    : scalarText(value, isScalar(former) ? former.type : undefined);
}
