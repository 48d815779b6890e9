// From the permissions of a role as written to permission policies in Genesys's words, and the wildcards apart.
import { type ConditionNode } from "../common/conditionNode";
import { hasWildcard, parsePermission, permissionText } from "../common/permission";
import { conditionNodeOf } from "./conditionSchema";
import { entriesByKey, sorted } from "./order";
import { type RoleDeclaration } from "./schema";

/** Permissions of one domain and entity, in Genesys's words. */
export interface PermissionPolicy {
  readonly domain: string;
  readonly entityName: string;
  /** Sorted, unique. */
  readonly actionSet: readonly string[];
  /** When the policy applies, in one spelling; absent where it always does. */
  readonly resourceConditionNode?: ConditionNode;
}

/** What a role allows. */
export interface RolePermissions {
  /** Sorted by domain, entity and condition; without the wildcards. */
  readonly permissionPolicies: readonly PermissionPolicy[];
  /** The declared wildcards, `domain:entity:action`, sorted, unique; absent where there are none. */
  readonly wildcards?: readonly string[];
}

/** The permissions of a checked role. The order in which they are written makes no difference. */
export function permissionsOf(role: RoleDeclaration): RolePermissions {
  const policies = new Map<string, Omit<PermissionPolicy, "actionSet"> & { actions: Set<string> }>();
  const wildcards: string[] = [];
  for (const entry of role.permissions) {
    const { permission: text, when } =
      typeof entry === "string" ? { permission: entry, when: undefined } : entry;
    const permission = parsePermission(text);
    if (permission === undefined) {
      continue; // the schema takes no such text
    }
    if (hasWildcard(permission)) {
      wildcards.push(permissionText(permission));
      continue;
    }
    const { domain, entityName, action } = permission;
    const node = when === undefined ? {} : { resourceConditionNode: conditionNodeOf(when) };
    const policyKey = `${domain}:${entityName}${when === undefined ? "" : JSON.stringify(node)}`;
    const policy = policies.get(policyKey) ?? { domain, entityName, ...node, actions: new Set<string>() };
    policy.actions.add(action);
    policies.set(policyKey, policy);
  }
  return {
    permissionPolicies: entriesByKey(Object.fromEntries(policies)).map(([, { actions, ...policy }]) => ({
      ...policy,
      actionSet: [...actions].sort(),
    })),
    ...(wildcards.length === 0 ? {} : { wildcards: sorted(wildcards) }),
  };
}
