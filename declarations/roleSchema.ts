// The shape of one entry under `roles`.
import { z } from "zod";
import { roleAdoptionSchema } from "./adoptionSchema";
import { conditionSchema } from "./conditionSchema";
import { field, text } from "./field";
import { formerKeySchema } from "./formerKeys";
import {
  descriptionLengthLimit,
  descriptionRule,
  nameLengthLimit,
  nameRule,
  permissionRule,
} from "./textRules";

/** What the editor can check of a permission, with and without wildcards. */
const permissionPattern = "^[A-Za-z0-9_.-]+:(\\*|[A-Za-z0-9_.-]+):(\\*|[A-Za-z0-9_.-]+)$";
const explicitPattern = "^[A-Za-z0-9_.-]+:[A-Za-z0-9_.-]+:[A-Za-z0-9_.-]+$";

const descriptionRemedy = `write one line of at most ${descriptionLengthLimit} characters`;

/** The description that roles and credentials share, without its default. */
export const descriptionSchema = field(
  text(descriptionRule),
  "One line that says what it is for; stored in Genesys, followed by a marker that names this stack.",
  descriptionRemedy,
  { maxLength: descriptionLengthLimit },
);

const permissionRemedy = "write domain:entity:action, without spaces, as analytics:conversationDetail:view";

/** One permission by its name. */
const permissionNameSchema = field(
  text(permissionRule),
  "One permission, `domain:entity:action`, as `analytics:conversationDetail:view`. Wildcards (`domain:*:*`, `domain:entity:*`, " +
    "`domain:*:action`) only with `allowWildcards: true`.",
  permissionRemedy,
  { pattern: permissionPattern },
);

/** One permission: its name, or a map that adds a condition. */
const permissionSchema = field(
  z.union([
    permissionNameSchema,
    z.strictObject({
      permission: field(
        text(permissionRule),
        "One permission, `domain:entity:action`, without a wildcard.",
        permissionRemedy,
        { pattern: explicitPattern },
      ),
      when: conditionSchema.optional(),
    }),
  ]),
  "A permission of the role.",
  `${permissionRemedy}, or { permission: …, when: … } for one under a condition`,
);

/** The editor refuses wildcards where the role does not allow them. */
const wildcardHints = {
  if: { properties: { allowWildcards: { const: true } }, required: ["allowWildcards"] },
  else: { properties: { permissions: { items: { not: { type: "string", pattern: "\\*" } } } } },
};

/** What people write about a role. */
export const roleSchema = field(
  z.strictObject({
    name: field(
      text(nameRule),
      "The role's name in Genesys. Default: the key of this entry.",
      `write a name of one line and at most ${nameLengthLimit} characters, or leave it out for the key`,
      { minLength: 1, maxLength: nameLengthLimit },
    ).optional(),
    description: descriptionSchema.default(""),
    permissions: field(
      z.array(permissionSchema).min(1),
      "What the role allows: every action by its name. The order does not matter. Checked against the organisation's own catalogue " +
        "when it changes.",
      "write a list of at least one permission, as [analytics:conversationDetail:view]",
    ),
    allowWildcards: field(
      z.boolean(),
      "`true` accepts wildcards in `permissions`. They are expanded when they are declared, and stay at what they stood for then.",
      "write true or false, or leave it out for false",
    ).default(false),
    grantToDeployer: field(
      z.boolean(),
      "Whether the deploying client grants the role to itself: Genesys lets nobody hand out a role they do not hold.",
      "write true or false, or leave it out for true",
    ).default(true),
    formerly: formerKeySchema.optional(),
    adopt: roleAdoptionSchema.optional(),
  }),
  "A role that this stack creates and owns in Genesys.",
  "write the role's settings below its key, at least permissions",
  wildcardHints,
);
