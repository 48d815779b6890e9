// Permission policies in one order, so that sets compare as sets (pure).
import { normalizeConditionNode } from "../../common/conditionNode";
import { defined } from "../../common/defined";
import type { Permission } from "../../common/permission";

/** A permission policy as this program sends it. */
export interface PermissionPolicyRequest {
  readonly domain: string;
  readonly entityName: string;
  readonly actionSet: readonly string[];
  readonly resourceConditionNode?: unknown;
}

/** A policy as it comes from an input or from Genesys. */
export interface LoosePermissionPolicy {
  readonly domain: string;
  readonly entityName?: string | undefined;
  readonly actionSet?: readonly string[] | undefined;
  readonly resourceConditionNode?: unknown;
}

/**
 * One policy for each domain, entity and condition; policies and actions sorted, each action once.
 * Neither order is promised by Genesys (docs/genesys-api.md 4.3).
 */
export function normalizePermissionPolicies(
  loose: readonly LoosePermissionPolicy[],
): PermissionPolicyRequest[] {
  const merged = new Map<string, PermissionPolicyRequest>();
  for (const { domain, entityName = "", actionSet = [], resourceConditionNode: raw } of loose) {
    const resourceConditionNode = normalizeConditionNode(raw);
    const key = [domain, entityName, conditionText(resourceConditionNode)].join("\u0000");
    const actions = new Set([...(merged.get(key)?.actionSet ?? []), ...actionSet]);
    merged.set(key, {
      domain,
      entityName,
      actionSet: [...actions].sort(),
      ...defined({ resourceConditionNode }),
    });
  }
  return [...merged].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, policy]) => policy);
}

/** The condition as one text; empty where there is none. */
function conditionText(condition: unknown): string {
  return condition === undefined ? "" : JSON.stringify(condition);
}

/** One permission of a policy. */
export interface PolicyEntry {
  readonly permission: Permission;
  /** The condition as one text; empty where the permission applies always. */
  readonly condition: string;
}

/** The permissions of normalised policies one by one. */
export function policyEntries(policies: readonly PermissionPolicyRequest[]): PolicyEntry[] {
  return policies.flatMap(({ domain, entityName, actionSet, resourceConditionNode }) =>
    actionSet.map((action) => ({
      permission: { domain, entityName, action },
      condition: conditionText(resourceConditionNode),
    })),
  );
}

/** Policies that allow these permissions, `domain:entity:action`, without conditions. */
export function policiesOf(permissions: readonly Permission[]): LoosePermissionPolicy[] {
  return permissions.map(({ domain, entityName, action }) => ({ domain, entityName, actionSet: [action] }));
}
