// What is written of a live role that is taken over, or why that cannot be written (pure).
import { normalizeConditionNode } from "../../common/conditionNode";
import { permissionText } from "../../common/permission";
import { holdsGeneralPermissions, isLimitedToNamedResources } from "../../genesys/knowledge/undeclarableRole";
import { type RoleEntity } from "../../genesys/wire";
import { declarableDescription, type DeclarableText } from "./liveText";
import { writtenCondition } from "./writtenCondition";

/** What is written of a role that is taken over. */
export interface RoleContent {
  readonly name: string;
  readonly description: DeclarableText;
  /** As written: texts, or maps with a condition; sorted. */
  readonly permissions: readonly unknown[];
  readonly hasWildcards: boolean;
}

/** What would be written, or why it cannot: a PUT replaces, so what cannot be written would be lost. */
export function roleContent(live: RoleEntity): RoleContent | string {
  if (holdsGeneralPermissions(live)) {
    return "it holds general permissions of the former kind, which cannot be declared";
  }
  const policies = live.permissionPolicies;
  if (policies === undefined || policies.length === 0) {
    return "it has no permissions that could be declared";
  }
  if (isLimitedToNamedResources(live)) {
    return "it has policies that are limited to named resources, which cannot be declared";
  }
  const permissions = new Map<string, unknown>();
  for (const { domain, entityName = "", actionSet = [], resourceConditionNode } of policies) {
    const isConditional = normalizeConditionNode(resourceConditionNode) !== undefined;
    const when = isConditional ? writtenCondition(resourceConditionNode) : undefined;
    if (isConditional && when === undefined) {
      return `the condition on ${domain}:${entityName} has a form that cannot be declared`;
    }
    for (const action of actionSet) {
      const permission = permissionText({ domain, entityName, action });
      const written = when === undefined ? permission : { permission, when };
      permissions.set(JSON.stringify([permission, written]), written);
    }
  }
  const sorted = [...permissions].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, written]) => written);
  return {
    name: live.name ?? "",
    description: declarableDescription(live.description),
    permissions: sorted,
    hasWildcards: sorted.some((written) => typeof written === "string" && written.includes("*")),
  };
}

/** The entry of a role, without its key and what it adopts. */
export function roleEntry({ name, description, permissions, hasWildcards }: RoleContent): {
  readonly name: string;
  readonly [field: string]: unknown;
} {
  return {
    name,
    ...(description.text === "" ? {} : { description: description.text }),
    permissions,
    ...(hasWildcards ? { allowWildcards: true } : {}),
  };
}
