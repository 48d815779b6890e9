// Changes of single settings in a stack file: every byte outside the changed settings stays as it is.
import { isDeepStrictEqual } from "node:util";
import { isCollection, isScalar, type Node, type Pair, type YAMLMap } from "yaml";
import { isPlainMap } from "../../declarations/plainValue";
import { findPair, type SettingPath, StackDocument, valueAt } from "./stackDocument";

/** A value to write. */
export type SettingValue = string | number | boolean | Readonly<Record<string, string | number>>;

interface Splice {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** Columns of a level where the file itself shows none. */
const usualIndent = 2;

/** Collects changes of one document and makes them all at once. */
export class SettingEdit {
  private readonly splices: Splice[] = [];
  private readonly expected: unknown;

  constructor(private readonly document: StackDocument) {
    this.expected = document.copyOfValues();
  }

  /**
   * Sets the value at a path whose parent map exists.
   * @param after Sibling keys after which a new setting is written (the first one that is there); at the top of the map otherwise.
   * @throws ConfigError when the place is shared with other places.
   */
  set(path: SettingPath, value: SettingValue, after: readonly string[] = []): void {
    const map = this.parentOf(path);
    const pair = this.document.editablePair(path);
    const existing = pair?.value;
    if (pair !== undefined && existing?.range != null) {
      const [from, to] = existing.range;
      // `key:` without a value has its range right behind the colon.
      this.splices.push({ from, to, text: `${from === to ? " " : ""}${flowText(value, existing)}` });
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
    const pair = this.document.editablePair(path);
    if (pair === undefined) {
      if (valueAt(this.document.values, path) !== undefined) {
        throw this.document.refusal(path, "comes from a merge key (<<)");
      }
      return;
    }
    const map = this.parentOf(path);
    const index = map.items.indexOf(pair);
    const previous = map.items[index - 1] as Pair<Node, Node | null> | undefined;
    const next = map.items[index + 1] as Pair<Node, Node | null> | undefined;
    const start = startOf(pair);
    if (map.flow !== true) {
      this.splices.push({ from: this.lineStart(start), to: this.nextLine(endOf(pair)), text: "" });
    } else if (next !== undefined) {
      this.splices.push({ from: start, to: startOf(next), text: "" });
    } else {
      this.splices.push({
        from: previous === undefined ? start : endOf(previous),
        to: endOf(pair),
        text: "",
      });
    }
    this.expect(path, undefined);
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
    if (!isDeepStrictEqual(StackDocument.parse(this.document.fileName, text).values, this.expected)) {
      throw this.document.refusal(["", "config"], "is written in a way that this command does not know");
    }
    return text;
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
    sibling: Pair<Node, Node | null> | undefined,
  ): Splice {
    const neighbour = map.items[0] as Pair<Node, Node | null> | undefined;
    const quote = isScalar(neighbour?.key) && neighbour.key.type === "QUOTE_DOUBLE" ? '"' : "";
    const text = `${quote}${path.at(-1) ?? ""}${quote}: ${flowText(value, quote === "" ? undefined : neighbour?.key)}`;
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
    sibling: Pair<Node, Node | null> | undefined,
  ): Splice {
    const { text } = this.document;
    const parent = this.document.editablePair(path.slice(0, -1));
    const first = map.items[0] as Pair<Node, Node | null> | undefined;
    if (parent === undefined || first === undefined) {
      throw this.document.refusal(path.slice(0, -1), "is an empty map");
    }
    const indent = this.indentOf(first);
    const levelColumns = indent.length - this.indentOf(parent).length;
    const level = " ".repeat(levelColumns > 0 ? levelColumns : usualIndent);
    const at = this.nextLine(sibling === undefined ? startOf(parent) : endOf(sibling));
    const lineEnd = text.includes("\r\n") ? "\r\n" : "\n";
    const key = path.at(-1) ?? "";
    const lines = isPlainMap(value)
      ? [`${key}:`, ...Object.entries(value).map(([name, item]) => `${level}${name}: ${String(item)}`)]
      : [`${key}: ${String(value)}`];
    const block = lines.map((line) => `${indent}${line}`).join(lineEnd);
    // The last line of a file may lack its line end; then it stays lacking.
    return {
      from: at,
      to: at,
      text: at > 0 && text[at - 1] !== "\n" ? `${lineEnd}${block}` : `${block}${lineEnd}`,
    };
  }

  private indentOf(pair: Pair<Node, Node | null>): string {
    const start = startOf(pair);
    return (
      /^\uFEFF? */.exec(this.document.text.slice(this.lineStart(start), start))?.[0].replace("\uFEFF", "") ??
      ""
    );
  }

  private lineStart(position: number): number {
    return this.document.text.lastIndexOf("\n", position - 1) + 1;
  }

  /** The start of the line after the one in which `position` is, or the end of the text. */
  private nextLine(position: number): number {
    const { text } = this.document;
    if (position > 0 && text[position - 1] === "\n") {
      return position; // block scalars end with their line
    }
    const end = text.indexOf("\n", position);
    return end === -1 ? text.length : end + 1;
  }
}

function startOf(pair: Pair<Node, Node | null>): number {
  return pair.key.range?.[0] ?? 0;
}

/** Where the text of a pair ends, without the comment behind it. */
function endOf(pair: Pair<Node, Node | null>): number {
  return endOfNode(pair.value) ?? pair.key.range?.[1] ?? 0;
}

/** The range of a block map or list reaches to the next entry; what ends first is its last leaf. */
function endOfNode(node: Node | null): number | undefined {
  if (!isCollection(node) || node.flow === true) {
    return node?.range?.[1];
  }
  const last = node.items.at(-1);
  if (last !== undefined && typeof last === "object" && last !== null && "key" in last) {
    return endOf(last as Pair<Node, Node | null>);
  }
  return endOfNode((last ?? null) as Node | null) ?? node.range?.[1];
}

/** The value within a line, quoted as the text that it replaces or stands beside. */
function flowText(value: SettingValue, former: Node | null | undefined): string {
  if (isPlainMap(value)) {
    return `{ ${Object.entries(value)
      .map(([name, item]) => `${name}: ${String(item)}`)
      .join(", ")} }`;
  }
  const style = isScalar(former) && typeof value === "string" ? former.type : undefined;
  if (style === "QUOTE_DOUBLE") {
    return `"${value as string}"`;
  }
  return style === "QUOTE_SINGLE" ? `'${value as string}'` : String(value);
}
