// The one writer of YAML for stack files: as blocks of lines, or within a line. Names in remedies: common/yamlScalar.ts.
import { Document, isMap, isScalar, Scalar, visit } from "yaml";
import { misreadByPulumi } from "../../common/yamlScalar";

/** Quotes whatever a reader of YAML 1.1 would take for something else than text: Pulumi's own reader is one. */
const writtenForPulumi = { compat: "yaml-1.1" } as const;

/** No line is folded: a setting stays on its line, as people write it. */
const unfolded = { lineWidth: 0 } as const;

/**
 * The lines of a map in block style, without line ends. Maps in lists, and maps of single values, stand on one line.
 * @param levelColumns Columns by which each level is indented.
 */
export function blockLines(values: Readonly<Record<string, unknown>>, levelColumns: number): string[] {
  const document = documentOf(values);
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
 * The entries of a map as they stand within a line, and within the braces of a flow map: `existing: "a: b", divisions: [ home ]`.
 * @param isJson Whether the map around them is written as JSON.
 */
export function flowText(values: Readonly<Record<string, unknown>>, isJson = false): string {
  if (isJson) {
    return JSON.stringify(values).slice(1, -1);
  }
  const document = documentOf(values);
  if (isMap(document.contents)) {
    document.contents.flow = true;
  }
  return document.toString(unfolded).trim().slice(1, -1).trim();
}

/**
 * A single value as it stands within a line.
 * @param quotes Those of the text that it replaces or stands beside: Pulumi keeps them whenever it writes the file anew.
 */
export function scalarText(value: string | number | boolean, quotes?: Scalar.Type): string {
  const document = documentOf(value);
  const isQuoted = quotes === Scalar.QUOTE_DOUBLE || quotes === Scalar.QUOTE_SINGLE;
  if (isQuoted && typeof value === "string" && isScalar(document.contents)) {
    document.contents.type = quotes;
  }
  return document.toString(unfolded).trimEnd();
}

function documentOf(values: unknown): Document {
  const document = new Document(values, writtenForPulumi);
  visit(document, {
    Scalar(_key, scalar) {
      if (typeof scalar.value === "string" && misreadByPulumi.test(scalar.value)) {
        scalar.type = Scalar.QUOTE_DOUBLE;
      }
    },
  });
  return document;
}
