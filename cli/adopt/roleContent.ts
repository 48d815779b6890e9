// What is written of a live role that is taken over, or why that cannot be written (pure).
import { normalizeConditionNode } from "../../common/conditionNode";
import { permissionText } from "../../common/permission";
import { type PermissionCatalogue } from "../../genesys/knowledge/catalogueRules";
import { isUnread } from "../../genesys/answered";
import { generalPermissionsIn } from "../../genesys/knowledge/generalPermissions";
import { isLimitedToNamedResources } from "../../genesys/knowledge/undeclarableRole";
import { type RoleEntity } from "../../genesys/wire";
import { isUnlisted } from "./cataloguePermissions";
import { declarableDescription, type DeclarableText } from "./liveText";
import { writtenCondition } from "./writtenCondition";

/** What is written of a role that is taken over. */
export interface RoleContent {
  readonly name: string;
  readonly description: DeclarableText;
  /** As written: texts, or maps with a condition or the word that they are not listed; sorted. */
  readonly permissions: readonly unknown[];
  /** Names without a domain, sorted. */
  readonly generalPermissions: readonly string[];
  readonly hasWildcards: boolean;
  /** Those of the permissions that the catalogue does not list, sorted. */
  readonly unlisted: readonly string[];
}

/** What would be written, or why it cannot: a PUT replaces, so what cannot be written would be lost. */
export function roleContent(live: RoleEntity, catalogue: PermissionCatalogue): RoleContent | string {
  if (isUnread(live, "permissions")) {
    return "it holds general permissions in a form that is not known, which cannot be declared";
  }
  const generalPermissions = generalPermissionsIn(live) ?? [];
  const policies = live.permissionPolicies;
  if (policies === undefined || policies.length + generalPermissions.length === 0) {
    return "it has no permissions that could be declared";
  }
  if (isLimitedToNamedResources(live)) {
    return "it has policies that are limited to named resources, which cannot be declared";
  }
  const permissions = new Map<string, unknown>();
  const unlisted = new Set<string>();
  for (const { domain, entityName = "", actionSet = [], resourceConditionNode } of policies) {
    const isConditional = normalizeConditionNode(resourceConditionNode) !== undefined;
    const when = isConditional ? writtenCondition(resourceConditionNode) : undefined;
    if (isConditional && when === undefined) {
      return `the condition on ${domain}:${entityName} has a form that cannot be declared`;
    }
    for (const action of actionSet) {
      const parts = { domain, entityName, action };
      const permission = permissionText(parts);
      const isUnknown = isUnlisted(parts, catalogue);
      if (isUnknown) {
        unlisted.add(permission);
      }
      const written =
        when === undefined && !isUnknown
          ? permission
          : {
              permission,
              ...(when === undefined ? {} : { when }),
              ...(isUnknown ? { unlisted: true } : {}),
            };
      permissions.set(JSON.stringify([permission, written]), written);
    }
  }
  const sorted = [...permissions].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, written]) => written);
  return {
    name: live.name ?? "",
    description: declarableDescription(live.description),
    permissions: sorted,
    generalPermissions,
    hasWildcards: sorted.some((written) => typeof written === "string" && written.includes("*")),
    unlisted: [...unlisted].sort(),
  };
}

/** The entry of a role, without its key and what it adopts. */
export function roleEntry({
  name,
  description,
  permissions,
  generalPermissions,
  hasWildcards,
}: RoleContent): {
  readonly name: string;
  readonly [field: string]: unknown;
} {
  return {
    name,
    ...(description.text === "" ? {} : { description: description.text }),
    ...(permissions.length === 0 ? {} : { permissions }),
    ...(generalPermissions.length === 0 ? {} : { generalPermissions }),
    ...(hasWildcards ? { allowWildcards: true } : {}),
  };
}
