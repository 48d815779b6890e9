// What a role may hold that a declaration cannot say: a PUT of ours would take it away (docs/genesys-api.md 4.2, 4.3; pure).

/** What of a role tells it. */
interface RoleContent {
  readonly permissionPolicies?: readonly { readonly [field: string]: unknown }[] | undefined;
}

/** Policies for single objects, by name. */
export function isLimitedToNamedResources({ permissionPolicies = [] }: RoleContent): boolean {
  return permissionPolicies.some((policy) => isFilled(policy["namedResources"]));
}

/** What is there in a form that is not known counts as there. */
function isFilled(value: unknown): boolean {
  return value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0);
}
