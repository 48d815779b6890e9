// The shape of one entry under `roles`.
import { z } from "zod";
import { roleAdoptionSchema } from "./adoption";
import { field, flag } from "./field";
import { generalPermissionsSchema } from "./generalPermissions";
import { formerKeySchema } from "./keys";
import { permissionsSchema } from "./permissions";
import { descriptionSchema, nameField } from "./textFields";

/** The editor refuses a role without any permission, and wildcards where the role does not allow them. */
const permissionHints = {
  allOf: [{ anyOf: [{ required: ["permissions"] }, { required: ["generalPermissions"] }] }],
  if: { properties: { allowWildcards: { const: true } }, required: ["allowWildcards"] },
  else: { properties: { permissions: { items: { not: { type: "string", pattern: "\\*" } } } } },
};

/** What people write about a role. */
export const roleSchema = field(
  z.strictObject({
    name: nameField(
      "The role's name in Genesys. Default: the key of this entry.",
      ", or leave it out for the key",
    ).exactOptional(),
    description: descriptionSchema.default(""),
    permissions: permissionsSchema.exactOptional(),
    generalPermissions: generalPermissionsSchema.exactOptional(),
    allowWildcards: flag(
      "`true` accepts wildcards in `permissions`. They are expanded when they are declared, and stay at what they stood for then.",
      false,
    ),
    grantToDeployer: flag(
      "Whether the deployer grants the role to itself: Genesys lets nobody hand out a role they do not hold.",
      true,
    ),
    formerly: formerKeySchema.exactOptional(),
    adopt: roleAdoptionSchema.exactOptional(),
  }),
  "A role that this stack creates and owns in Genesys.",
  "write the role's settings below its key, at least permissions",
  permissionHints,
);
