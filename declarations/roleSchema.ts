// The shape of one entry under `roles`.
import { z } from "zod";
import { field, text } from "./field";
import {
  descriptionLengthLimit,
  descriptionRule,
  nameLengthLimit,
  nameRule,
  permissionRule,
} from "./textRules";

const descriptionRemedy = `write one line of at most ${descriptionLengthLimit} characters`;

/** The description that roles and credentials share, without its default. */
export const descriptionSchema = field(
  text(descriptionRule),
  "One line that says what it is for; stored in Genesys, followed by a marker that names this stack.",
  descriptionRemedy,
  { maxLength: descriptionLengthLimit },
);

/** One permission. */
const permissionSchema = field(
  text(permissionRule),
  "One permission, `domain:entity:action`, as `analytics:conversationDetail:view`. No wildcards.",
  "write domain:entity:action, without spaces, as analytics:conversationDetail:view",
  { pattern: "^[A-Za-z0-9_.-]+:[A-Za-z0-9_.-]+:[A-Za-z0-9_.-]+$" },
);

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
      "What the role allows: every action by its name. The order does not matter.",
      "write a list of at least one permission, as [analytics:conversationDetail:view]",
    ),
    grantToDeployer: field(
      z.boolean(),
      "Whether the deploying client grants the role to itself: Genesys lets nobody hand out a role they do not hold.",
      "write true or false, or leave it out for true",
    ).default(true),
  }),
  "A role that this stack creates and owns in Genesys.",
  "write the role's settings below its key, at least permissions",
);
