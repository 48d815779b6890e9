// New entries at the end of the maps of a stack file: where they go, and how they are written there.
import { isScalar, type YAMLMap } from "yaml";
import { isPlainMap } from "../../declarations/plainValue";
import { blockLines, flowText } from "./yamlWriter";
import { findPair, type SettingPath, type StackDocument, valueAt } from "./stackDocument";
import {
  endOf,
  indentOf,
  levelBelow,
  linesAt,
  lineStart,
  nextLine,
  type Splice,
  usualIndent,
  type WrittenPair,
} from "./textPositions";

/** Maps by key, from the top of the file down to the entries that are added. */
export type Additions = Readonly<Record<string, unknown>>;

/** A line that holds a comment, with the columns before it. */
const commentPattern = /^( *)#/;
const blankPattern = /^[ \t]*$/;

/**
 * The changes that add entries below their maps; a map that is missing, empty or without a value is made.
 * @throws ConfigError when a place is shared with other places, or there is something else than a map.
 */
export function insertionsOf(document: StackDocument, additions: Additions): readonly Splice[] {
  return new Insertion(document).into([], additions, false);
}

/** The values of a file once entries were added. */
export function withAdditions(values: unknown, additions: Additions): unknown {
  const merged: Record<string, unknown> = isPlainMap(values) ? { ...values } : {};
  for (const [key, addition] of Object.entries(additions)) {
    merged[key] = key in merged && isPlainMap(addition) ? withAdditions(merged[key], addition) : addition;
  }
  return merged;
}

class Insertion {
  private readonly text: string;

  constructor(private readonly document: StackDocument) {
    this.text = document.text;
  }

  /** @param isInFlow Whether a map around this one is written in braces. */
  into(path: SettingPath, additions: Additions, isInFlow: boolean): readonly Splice[] {
    const map = this.document.editableMap(path);
    if (map === undefined) {
      return this.inPlaceOfNothing(path, additions, isInFlow);
    }
    const isFlow = map.flow === true;
    const known = Object.keys(additions).filter((key) => findPair(map, key) !== undefined);
    const inner = known.flatMap((key) => {
      const addition = additions[key];
      if (!isPlainMap(addition)) {
        throw this.document.refusal([...path, key], "is there already");
      }
      return this.into([...path, key], addition, isInFlow || isFlow);
    });
    const fresh = Object.fromEntries(Object.entries(additions).filter(([key]) => !known.includes(key)));
    const merged = Object.keys(fresh).find(
      (key) => valueAt(this.document.values, [...path, key]) !== undefined,
    );
    if (merged !== undefined) {
      throw this.document.refusal([...path, merged], "comes from a merge key (<<)");
    }
    // What is deeper comes first: where both end at the same place, it belongs to the last entry there.
    return Object.keys(fresh).length === 0 ? inner : [...inner, ...this.atEnd(path, map, fresh, isInFlow)];
  }

  private atEnd(path: SettingPath, map: YAMLMap, fresh: Additions, isInFlow: boolean): readonly Splice[] {
    const last = map.items.at(-1) as WrittenPair | undefined;
    if (map.flow !== true) {
      return last === undefined ? [] : [this.behind(path, map, last, fresh)];
    }
    if (last !== undefined) {
      const first = map.items[0]?.key;
      const isJson = isScalar(first) && first.type === "QUOTE_DOUBLE";
      return [{ from: endOf(last), to: endOf(last), text: `, ${flowText(fresh, isJson)}` }];
    }
    const [from = 0, to = 0] = map.range ?? [];
    const isBare = this.text.slice(from, to).replace(/\s/g, "") === "{}";
    return isBare && !isInFlow
      ? this.asBlock(path, from, to, fresh)
      : [{ from: from + 1, to: from + 1, text: ` ${flowText(fresh)} ` }];
  }

  /** Behind the last entry of a block map, and behind the comments that stand below it at its depth. */
  private behind(path: SettingPath, map: YAMLMap, last: WrittenPair, fresh: Additions): Splice {
    const first = map.items[0] as WrittenPair | undefined;
    const indent = indentOf(this.text, first ?? last);
    let at = nextLine(this.text, endOf(last));
    for (let from = at; from < this.text.length;) {
      const to = nextLine(this.text, from + 1);
      const line = this.text.slice(from, to).replace(/\r?\n$/, "");
      const columns = commentPattern.exec(line)?.[1]?.length;
      if (columns !== undefined && columns >= indent.length && indent !== "") {
        at = to;
      } else if (!blankPattern.test(line)) {
        break;
      }
      from = to;
    }
    return this.lines(at, indent, this.levelOf(path, map), fresh);
  }

  /** A map in place of `{}`, of null, or of nothing at all. */
  private inPlaceOfNothing(path: SettingPath, additions: Additions, isInFlow: boolean): readonly Splice[] {
    const value = valueAt(this.document.values, path) ?? undefined;
    if (value !== undefined) {
      throw this.document.refusal(path.length === 0 ? ["", "config"] : path, "is not a map");
    }
    if (path.length === 0) {
      return [this.lines(this.text.length, "", usualIndent, additions)];
    }
    const pair = this.document.editablePair(path);
    const [from, to] = pair?.value?.range ?? [];
    if (pair === undefined || from === undefined || to === undefined) {
      throw this.document.refusal(path, "has no value");
    }
    if (isInFlow) {
      return [{ from, to, text: `${from === to ? " " : ""}{ ${flowText(additions)} }` }];
    }
    return this.asBlock(path, from, to, additions);
  }

  /** Takes the former value away and writes a block below its line. */
  private asBlock(path: SettingPath, from: number, to: number, fresh: Additions): readonly Splice[] {
    const pair = path.length === 0 ? undefined : this.document.editablePair(path);
    const parent = this.document.editableMap(path.slice(0, -1));
    const level = parent === undefined ? usualIndent : this.levelOf(path.slice(0, -1), parent);
    const indent = pair === undefined ? "" : `${indentOf(this.text, pair)}${" ".repeat(level)}`;
    const lineEnds = nextLine(this.text, to);
    const before = this.text.slice(lineStart(this.text, from), from);
    const blanks = from === to || pair === undefined ? "" : (/[ \t]*$/.exec(before)?.[0] ?? "");
    return [{ from: from - blanks.length, to, text: "" }, this.lines(lineEnds, indent, level, fresh)];
  }

  private lines(at: number, indent: string, level: number, fresh: Additions): Splice {
    return linesAt(this.text, at, indent, blockLines(fresh, level));
  }

  /** Columns from a block map to the one below it, as the file itself has them. */
  private levelOf(path: SettingPath, map: YAMLMap): number {
    const [first] = map.items as WrittenPair[];
    const parent = path.length === 0 ? undefined : this.document.editablePair(path);
    return first === undefined || parent === undefined || map.flow === true
      ? usualIndent
      : levelBelow(this.text, parent, first);
  }
}
