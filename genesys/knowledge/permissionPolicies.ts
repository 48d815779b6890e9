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
  const policies = loose.map((policy) => ({
    ...policy,
    resourceConditionNode: normalizeConditionNode(policy.resourceConditionNode),
  }));
  const merged = new Map<string, { policy: LoosePermissionPolicy; actions: Set<string> }>();
  for (const policy of policies) {
    const key = policyKey(policy);
    const entry = merged.get(key) ?? { policy, actions: new Set<string>() };
    for (const action of policy.actionSet ?? []) {
      entry.actions.add(action);
    }
    merged.set(key, entry);
  }
  return [...merged.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { policy, actions }]) => ({
      domain: policy.domain,
      entityName: policy.entityName ?? "",
      actionSet: [...actions].sort(),
      ...defined({ resourceConditionNode: policy.resourceConditionNode }),
    }));
}

function policyKey(policy: LoosePermissionPolicy): string {
  const condition =
    policy.resourceConditionNode === undefined ? "" : JSON.stringify(policy.resourceConditionNode);
  return [policy.domain, policy.entityName ?? "", condition].join("\u0000");
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
      condition: resourceConditionNode === undefined ? "" : JSON.stringify(resourceConditionNode),
    })),
  );
}

/** Policies that allow these permissions, `domain:entity:action`, without conditions. */
export function policiesOf(permissions: readonly Permission[]): LoosePermissionPolicy[] {
  return permissions.map(({ domain, entityName, action }) => ({ domain, entityName, actionSet: [action] }));
}
