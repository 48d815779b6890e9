// The form of inputs: a schema for each property, which normalises it, fills in its default, and is described by what the property must be.
import { unknownValue } from "@pulumi/pulumi/runtime";
import { z } from "zod";

import type { Checked } from "./checked";

/** By property; a property without a schema is left as it is. */
export type Form = Readonly<Record<string, z.ZodType>>;

export const filledText = z.string().regex(/\S/).describe("must be a text that is not empty");

/** The organisation, or how AWS is reached: nothing is required of it. */
export const optionalSettings = z.record(z.string(), z.unknown()).default({}).describe("must be a map");

/**
 * The inputs as their schemas make them, without what these make undefined, and every failure at once. What a preview does not know yet is
 * left alone.
 */
export function checkForm(form: Form, news: Readonly<Record<string, unknown>>): Checked {
  const checked = Object.entries(form).map(([property, schema]) => {
    const value = news[property];
    const { success, data } =
      value === unknownValue ? { success: true, data: value } : schema.safeParse(value);
    return {
      property,
      value: success ? data : value,
      reason: success ? undefined : (schema.description ?? "is wrong"),
    };
  });
  const values = checked.map(({ property, value }) => [property, value] as const);
  const inputs = { ...news, ...Object.fromEntries(values) };
  return {
    inputs: Object.fromEntries(Object.entries(inputs).filter(([, value]) => value !== undefined)),
    failures: checked.flatMap(({ property, reason }) => (reason === undefined ? [] : [{ property, reason }])),
  };
}
