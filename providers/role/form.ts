// The form of a role's inputs: normalised, with defaults, and every wrong value named.
import { z } from "zod";

import { parsePermission } from "../../common/permission";
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

const form: Form = {
  organization: optionalSettings,
  name: filledText,
  description: z.string().trim().default("").describe("must be a text"),
  owner: text.describe("must name the project, stack and role"),
  identity: text.optional().describe("must be a text"),
  grantToDeployer: z.boolean().default(true).describe("must be true or false"),
  deployerDivisions: z.array(text).default(["home"]).describe("must be a list of divisions"),
  wildcards,
  adopt: z.object({ roleId: text }).optional().describe("must hold roleId"),
};

/** Normalises and validates. Values that a preview does not know yet are left alone. */
export function checkRoleInputs(news: Inputs): Checked {
  const hasWildcards = Object.keys(wildcards.safeParse(news["wildcards"]).data ?? {}).length > 0;
  const permissionPolicies = z
    .array(policy)
    .min(hasWildcards ? 0 : 1)
    .transform(normalizePermissionPolicies)
    .describe("must hold at least one policy, each with domain, entityName and at least one action");
  return checkForm({ ...form, permissionPolicies }, news);
}
