// How long an access token of an OAuth client may be valid (docs/genesys-api.md 3.3).
import { z } from "zod";

/** 5 minutes to 2 days, 450 days for clients that nothing but SCIM uses, and what Genesys gives a client that asks for nothing. Seconds. */
export const tokenValiditySeconds = {
  minimum: 300,
  maximum: 172_800,
  scimMaximum: 38_880_000,
  standard: 86_400,
} as const;

/** What a client can be used for that changes its rules; Genesys has no field that says it. */
export const clientUses = ["scim"] as const;

/** The input that says the validity of a client that is used so; undefined for every other one. */
export function tokenValidityInput(usedFor?: unknown): z.ZodType<number> {
  const { minimum, maximum, scimMaximum, standard } = tokenValiditySeconds;
  const longest = usedFor === "scim" ? scimMaximum : maximum;
  return z
    .int()
    .min(minimum)
    .max(longest)
    .default(standard)
    .describe(`must be a whole number of seconds from ${minimum} to ${longest}`);
}
