// No wildcard in a permission: it allows what Genesys will invent tomorrow.
import { type ResourceValidationPolicy } from "@pulumi/policy";
import { keysOf, mapsOf, roleType, textsOf } from "./resourceTypes";

const wildcard = "*";

export const noWildcardPermission: ResourceValidationPolicy = {
  name: "no-wildcard-permission",
  description: "Permissions name their domain, entity and action.",
  enforcementLevel: "mandatory",
  validateResource: ({ type, props, name }, report) => {
    if (type !== roleType) {
      return;
    }
    for (const declared of keysOf(props["wildcards"])) {
      report(`Role "${name}" allows ${declared}; name every permission that it needs.`);
    }
    for (const policy of mapsOf(props["permissionPolicies"])) {
      const { domain, entityName } = policy;
      for (const action of textsOf(policy["actionSet"])) {
        const parts = [domain, entityName, action].map(String);
        if (parts.includes(wildcard)) {
          report(`Role "${name}" allows ${parts.join(":")}; name every permission that it needs.`);
        }
      }
    }
  },
};
