// A rule of a policy pack that a plan breaks: as the event log tells it, and as a saved preview keeps it.
import { z } from "zod";

export const policyViolation = z.object({
  policy: z.string(),
  isMandatory: z.boolean(),
  /** Without the name of the resource, where its URN is there. */
  message: z.string(),
  /** Of the resource; absent where the rule is about the stack, and in what earlier versions saved. */
  urn: z.string().optional(),
});

export type PolicyViolation = Readonly<z.output<typeof policyViolation>>;
