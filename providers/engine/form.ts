// The form of inputs: a schema for each property, which normalises it, fills in its default, and is described by what the property must be.
import { unknownValue } from "@pulumi/pulumi/runtime";
import { z } from "zod";

import { defined } from "../../common/defined";
import { type Checked, type Inputs, refusedFor } from "./checked";

/** By property; a property without a schema is left as it is. */
export type Form = Readonly<Record<string, z.ZodType>>;

export const filledText = z.string().regex(/\S/).describe("must be a text that is not empty");

/** The organisation, or how AWS is reached: nothing is required of it. */
export const optionalSettings = z.record(z.string(), z.unknown()).default({}).describe("must be a map");

/**
 * The inputs as their schemas make them, without what these make undefined, and every mistake at once. What a preview does not know yet is
 * left alone.
 */
export function checkForm(form: Form, news: Inputs): Checked {
  const inputs: Record<string, unknown> = { ...news };
  const reasons: string[] = [];
  for (const [property, schema] of Object.entries(form)) {
    if (news[property] !== unknownValue) {
      const { success, data } = schema.safeParse(news[property]);
      if (success) {
        inputs[property] = data;
      } else {
        reasons.push(`${property} ${schema.description ?? "is wrong"}`);
      }
    }
  }
  return { inputs: defined(inputs), failures: refusedFor(reasons) };
}
