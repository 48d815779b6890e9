// Finds the part of a schema that a path leads to, so that a mistake can be explained with that field's words.
import { z } from "zod";
import { innerSchema } from "./field";
import { isPlainMap } from "./plainValue";

/** A value and the schema it should have satisfied. */
export interface Place {
  readonly schema: z.ZodType;
  readonly value: unknown;
}

/** The schema where a path has left what is known. */
const nowhere = z.never();

/** The place at the end of a path from a place. */
export function placeAt(start: Place, path: readonly PropertyKey[]): Place {
  return path.reduce<Place>(
    ({ schema, value }, segment) => ({
      schema: partOf(schema, value, segment),
      value: valueAt(value, segment),
    }),
    start,
  );
}

/** The keys that a map may have at a place; undefined where any key may be chosen. */
export function knownKeys(place: Place): readonly string[] | undefined {
  const schema = branchOf(innerSchema(place.schema), place.value);
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : undefined;
}

/** The index of the branch of a union of text and maps that the writer meant: judged by kind, then by a key of the map. */
export function meantBranch(union: z.ZodUnion, value: unknown): number {
  const branches = union.options as readonly z.ZodType[];
  if (!isPlainMap(value)) {
    return branches.findIndex((branch) => !(branch instanceof z.ZodObject));
  }
  const named = branches.findIndex(
    (branch) =>
      branch instanceof z.ZodObject && requiredKeys(branch).some((key) => Object.hasOwn(value, key)),
  );
  return named === -1 ? branches.findIndex((branch) => branch instanceof z.ZodObject) : named;
}

/** The keys in a map of which each chooses another branch of the union: more than one is a contradiction. */
export function choosingKeys(union: z.ZodUnion, value: object): readonly string[] {
  return (union.options as readonly z.ZodType[]).flatMap((branch) => {
    const keys = branch instanceof z.ZodObject ? requiredKeys(branch) : [];
    return keys.filter((key) => Object.hasOwn(value, key)).slice(0, 1);
  });
}

/** The keys that must be there. */
export function requiredKeys(schema: z.ZodObject): readonly string[] {
  const parts = Object.entries<z.ZodType>(schema.shape);
  return parts.filter(([, part]) => part === innerSchema(part)).map(([key]) => key);
}

function partOf(schema: z.ZodType, value: unknown, segment: PropertyKey): z.ZodType {
  const inner = branchOf(innerSchema(schema), value);
  if (inner instanceof z.ZodArray) {
    return inner.element as z.ZodType;
  }
  if (inner instanceof z.ZodRecord) {
    return inner.valueType as z.ZodType;
  }
  if (inner instanceof z.ZodObject) {
    const shape = inner.shape as Readonly<Record<string, z.ZodType>>;
    return Object.hasOwn(shape, segment) ? (shape[String(segment)] ?? nowhere) : nowhere;
  }
  return nowhere;
}

function branchOf(schema: z.ZodType, value: unknown): z.ZodType {
  return schema instanceof z.ZodUnion
    ? ((schema.options as readonly z.ZodType[])[meantBranch(schema, value)] ?? schema)
    : schema;
}

function valueAt(value: unknown, segment: PropertyKey): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, segment)
    ? (value as Readonly<Record<PropertyKey, unknown>>)[segment]
    : undefined;
}
