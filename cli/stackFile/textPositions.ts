// Where things are in the text of a stack file: the ends of settings, the starts of lines.
import { isCollection, type Node, type Pair } from "yaml";

/** A setting as it is written: its key and its value. */
export type WrittenPair = Pair<Node, Node | null>;

/** A part of the text that is replaced by another text. */
export interface Splice {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** Columns of a level where the file itself shows none. */
export const usualIndent = 2;

/** Where the key of a pair begins. */
export function startOf(pair: WrittenPair): number {
  return pair.key.range?.[0] ?? 0;
}

/** Where the text of a pair ends, without the comment behind it. */
export function endOf(pair: WrittenPair): number {
  return endOfNode(pair.value) ?? pair.key.range?.[1] ?? 0;
}

/** The range of a block map or list reaches to the next entry; what ends first is its last leaf. */
function endOfNode(node: Node | null): number | undefined {
  if (!isCollection(node) || node.flow === true) {
    return node?.range?.[1];
  }
  const last = node.items.at(-1);
  if (last !== undefined && typeof last === "object" && last !== null && "key" in last) {
    return endOf(last as WrittenPair);
  }
  return endOfNode((last ?? null) as Node | null) ?? node.range?.[1];
}

/** The start of the line in which `position` is. */
export function lineStart(text: string, position: number): number {
  return text.lastIndexOf("\n", position - 1) + 1;
}

/** The start of the line after the one in which `position` is, or the end of the text. */
export function nextLine(text: string, position: number): number {
  if (position > 0 && text[position - 1] === "\n") {
    return position; // block scalars end with their line
  }
  const end = text.indexOf("\n", position);
  return end === -1 ? text.length : end + 1;
}

/** The spaces before a pair's line. */
export function indentOf(text: string, pair: WrittenPair): string {
  const start = startOf(pair);
  return /^\uFEFF? */.exec(text.slice(lineStart(text, start), start))?.[0].replace("\uFEFF", "") ?? "";
}

/** Columns from a setting to those below it, as the file itself has them. */
export function levelBelow(text: string, parent: WrittenPair, first: WrittenPair): number {
  const columns = indentOf(text, first).length - indentOf(text, parent).length;
  return columns > 0 ? columns : usualIndent;
}

/**
 * The lines, indented, put in at the start of a line, or at the end of the text, whose last line may lack its line end; then it stays
 * lacking.
 */
export function linesAt(text: string, position: number, indent: string, lines: readonly string[]): Splice {
  const lineEnd = text.includes("\r\n") ? "\r\n" : "\n";
  const block = lines.map((line) => `${indent}${line}`).join(lineEnd);
  const isBehindText = position > 0 && text[position - 1] !== "\n";
  return {
    from: position,
    to: position,
    text: isBehindText ? `${lineEnd}${block}` : `${block}${lineEnd}`,
  };
}
