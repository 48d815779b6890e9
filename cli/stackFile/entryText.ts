// The YAML text of entries that are added to a stack file: as blocks of lines, or within a line for flow maps.
import { Document, isMap, isScalar, visit } from "yaml";

/** Quotes whatever a reader of YAML 1.1 would take for something else than text: Pulumi's own reader is one. */
const writtenForPulumi = { compat: "yaml-1.1" } as const;

/** No line is folded: a setting stays on its line, as people write it. */
const unfolded = { lineWidth: 0 } as const;

/**
 * The lines of a map in block style, without line ends. Maps in lists, and maps of single values, stand on one line.
 * @param levelColumns Columns by which each level is indented.
 */
export function blockLines(values: Readonly<Record<string, unknown>>, levelColumns: number): string[] {
  const document = new Document(values, writtenForPulumi);
  visit(document, {
    Map(key, map, ancestors) {
      const isInList = typeof key === "number";
      const holdsSingleValues = map.items.every(({ value }) => isScalar(value));
      map.flow = isInList || (holdsSingleValues && ancestors.length > 1);
    },
  });
  return document
    .toString({ ...unfolded, indent: levelColumns })
    .trimEnd()
    .split("\n");
}

/**
 * The entries of a map as they stand within the braces of a flow map.
 * @param isJson Whether the map around them is written as JSON.
 */
export function flowText(values: Readonly<Record<string, unknown>>, isJson: boolean): string {
  if (isJson) {
    return JSON.stringify(values).slice(1, -1);
  }
  const document = new Document(values, writtenForPulumi);
  if (isMap(document.contents)) {
    document.contents.flow = true;
  }
  return document.toString(unfolded).trim().slice(1, -1).trim();
}
