// The whole of what people write under `genesys-credentials:`; types and the editor schema derive from it.
import { z } from "zod";
import { credentialSchema } from "./credentialSchema";
import { field } from "./field";
import { keyHints } from "./keys";
import { organizationSchema } from "./organization";
import { ringSchema } from "./ring";
import { roleSchema } from "./roleSchema";

/** The declarations of one stack. */
export const declarationsSchema = z.strictObject({
  organization: organizationSchema.prefault({}),
  after: ringSchema.exactOptional(),
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
export type RoleDeclaration = Readonly<Declarations["roles"][string]>;

/** One credential after defaults. */
export type CredentialDeclaration = Readonly<Declarations["credentials"][string]>;
