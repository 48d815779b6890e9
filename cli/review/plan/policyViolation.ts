// A rule of a policy pack that a plan breaks: as the event log tells it, and as a saved preview keeps it.
import { z } from "zod";

export const policyViolation = z.object({
  policy: z.string(),
  isMandatory: z.boolean(),
  message: z.string(),
});

export type PolicyViolation = Readonly<z.output<typeof policyViolation>>;
