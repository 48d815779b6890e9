// How a field of the schema carries its documentation, its remedy and the rules that zod has no word for.
import { z } from "zod";
import { type Mistake } from "./textRules";

/** What to write instead, per field; kept out of zod's own registry so that it stays out of the editor schema. */
const remedies = z.registry<{ remedy: string }>();

/** JSON Schema words for rules that the editor can check too. */
export interface EditorHints {
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly anyOf?: readonly unknown[];
  readonly propertyNames?: { readonly pattern: string };
  readonly enum?: readonly string[];
  readonly allOf?: readonly unknown[];
  readonly if?: unknown;
  readonly then?: unknown;
  readonly else?: unknown;
}

/** The schema with its description (hover text and reference page), its remedy, and what the editor may check. */
export function field<Schema extends z.ZodType>(
  schema: Schema,
  description: string,
  remedy: string,
  hints: EditorHints = {},
): Schema {
  const documented = schema.meta({ description, ...hints });
  remedies.add(documented, { remedy });
  return documented;
}

/** Text under a rule. */
export function text(rule: (value: string) => Mistake | undefined): z.ZodString {
  return z.string().superRefine(mistakes(rule));
}

/** A setting that is on or off. */
export function flag(description: string, byDefault: boolean): z.ZodDefault<z.ZodBoolean> {
  return field(
    z.boolean(),
    description,
    `write true or false, or leave it out for ${String(byDefault)}`,
  ).default(byDefault);
}

/** A setting that is one of two words. */
export function choice<const Word extends string>(
  words: readonly [Word, Word],
  description: string,
  byDefault: NoInfer<Word>,
) {
  const remedy = `write ${words.join(" or ")}, or leave it out for ${byDefault}`;
  return field(z.enum(words), description, remedy).default(byDefault as never);
}

/** The remedy of a field, looked for inside `optional` and defaults; undefined where none was given. */
export function remedyOf(schema: z.ZodType): string | undefined {
  const own = remedies.get(schema)?.remedy;
  if (own !== undefined) {
    return own;
  }
  const inner = innerSchema(schema);
  return inner === schema ? undefined : remedyOf(inner);
}

/** The schema inside `optional` and defaults. */
export function innerSchema(schema: z.ZodType): z.ZodType {
  return schema instanceof z.ZodOptional ||
    schema instanceof z.ZodExactOptional ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault
    ? (schema.unwrap() as z.ZodType)
    : schema;
}

/** A rule as zod's refinement: the mistake's own remedy travels with the issue. */
export function mistakes<Value>(
  rule: (value: Value) => Mistake | undefined,
): (value: Value, context: z.RefinementCtx) => void {
  return (value, context) => {
    const mistake = rule(value);
    if (mistake !== undefined) {
      context.addIssue({
        code: "custom",
        message: mistake.problem,
        ...(mistake.remedy === undefined ? {} : { params: { remedy: mistake.remedy } }),
      });
    }
  };
}
