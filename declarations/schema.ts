// The whole of what people write under `genesys-credentials:`; types and the editor schema derive from it.
import { z } from "zod";
import { nearestName } from "../common/nearestName";
import { normalizeRegion, regionNames } from "../common/regions";
import { credentialSchema } from "./credentialSchema";
import { field, text } from "./field";
import { ringSchema } from "./ringSchema";
import { roleSchema } from "./roleSchema";
import { keyPattern, type Mistake } from "./textRules";

/** Genesys's ids are UUIDs; anything of letters, digits and `._-` is taken, the provider compares it with the real one. */
const organizationIdPattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** The rule for keys, which the editor checks; the program checks it in references.ts. */
const keyHints = { propertyNames: { pattern: keyPattern.source } };

const organizationSchema = field(
  z.strictObject({
    id: field(
      text((id) => (organizationIdPattern.test(id) ? undefined : { problem: "is not an organisation's id" })),
      "The id of the Genesys organisation; nothing is written to any other one.",
      "write the organisation's id as Genesys shows it (Admin, Organization Details), in quotes if it is all digits",
      { pattern: organizationIdPattern.source },
    ).optional(),
    region: field(
      text(regionRule),
      "The region, as `eu-west-1` or `mypurecloud.ie`. Default: `GENESYSCLOUD_REGION`; not needed when both URLs are overridden.",
      "write a region such as eu-west-1, or a domain such as mypurecloud.ie",
    ).optional(),
  }),
  "The Genesys organisation that this stack may touch.",
  "write a map, as { id: …, region: eu-west-1 }, or leave it out",
);

/** The declarations of one stack. */
export const declarationsSchema = z.strictObject({
  organization: organizationSchema.prefault({}),
  after: ringSchema.optional(),
  roles: field(
    z.record(z.string(), roleSchema),
    "The roles that this stack manages, by key.",
    "write a map of roles by key, or leave it out",
    keyHints,
  ).prefault({}),
  credentials: field(
    z.record(z.string(), credentialSchema),
    "The credentials that this stack manages, by key.",
    "write a map of credentials by key, or leave it out",
    keyHints,
  ).prefault({}),
});

/** The declarations after defaults, before references are resolved. */
export type Declarations = z.output<typeof declarationsSchema>;

/** One role after defaults. */
export type RoleDeclaration = Declarations["roles"][string];

/** One credential after defaults. */
export type CredentialDeclaration = Declarations["credentials"][string];

function regionRule(region: string): Mistake | undefined {
  if (normalizeRegion(region) !== undefined) {
    return undefined;
  }
  const nearest = nearestName(region.trim().replaceAll("_", "-"), regionNames);
  return {
    problem: "is neither a known region nor a domain",
    ...(nearest === undefined ? {} : { remedy: `did you mean ${nearest}?` }),
  };
}
