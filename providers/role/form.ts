// The form of a role's inputs: normalised, with defaults, and every wrong value named.
import { unknownValue } from "@pulumi/pulumi/runtime";
import { z } from "zod";

import { hasWildcard, parsePermission } from "../../common/permission";
import { normalizePermissionPolicies } from "../../genesys/knowledge/permissionPolicies";
import type { Checked, Inputs } from "../engine/checked";
import { checkForm, filledText, type Form, optionalSettings } from "../engine/form";

const text = z.string().min(1);

const policy = z.looseObject({ domain: text, entityName: text, actionSet: z.array(z.string()).min(1) });

const wildcards = z
  .record(
    z.string().refine((wildcard) => parsePermission(wildcard) !== undefined),
    z.array(z.string()),
  )
  .optional()
  .describe("must be a map of wildcards, domain:entity:action, each with a list of permissions");

/** Each once, in one order; absent where there are none. */
function namesOf(name: z.ZodString) {
  return z
    .array(name)
    .transform((names) => (names.length === 0 ? undefined : [...new Set(names)].sort()))
    .optional();
}

const generalPermissions = namesOf(text).describe("must be a list of names, or left out");

const unlisted = namesOf(
  text.refine((permission) => {
    const parsed = parsePermission(permission);
    return parsed !== undefined && !hasWildcard(parsed);
  }),
).describe("must be a list of permissions, domain:entity:action, without wildcards");

const form: Form = {
  organization: optionalSettings,
  name: filledText,
  description: z.string().trim().default("").describe("must be a text"),
  owner: text.describe("must name the project, stack and role"),
  identity: text.optional().describe("must be a text"),
  grantToDeployer: z.boolean().default(true).describe("must be true or false"),
  deployerDivisions: z.array(text).default(["home"]).describe("must be a list of divisions"),
  generalPermissions,
  wildcards,
  unlisted,
  adopt: z.object({ roleId: text }).optional().describe("must hold roleId"),
};

/** Normalises and validates. Values that a preview does not know yet are left alone. */
export function checkRoleInputs(news: Inputs): Checked {
  const allowsMore =
    Object.keys(wildcards.safeParse(news["wildcards"]).data ?? {}).length > 0 ||
    news["generalPermissions"] === unknownValue ||
    generalPermissions.safeParse(news["generalPermissions"]).data !== undefined;
  const permissionPolicies = z
    .array(policy)
    .min(allowsMore ? 0 : 1)
    .transform(normalizePermissionPolicies)
    .describe("must hold at least one policy, each with domain, entityName and at least one action");
  return checkForm({ ...form, permissionPolicies }, news);
}
