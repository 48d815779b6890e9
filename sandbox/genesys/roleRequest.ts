// The body of POST and PUT /authorization/roles. Unknown fields are kept; those that only the server sets are let through and ignored.
import { defined } from "../../common/defined";
import { bodyObject, optionalText, optionalTexts, otherFields, requiredText, withOther } from "./bodyFields";
import { badRequest, invalidValue } from "./simulatorError";
import { type PermissionPolicy, type RoleVersion } from "./state";
import { type Switches } from "./switches";

/** Fields of a role that have a meaning here, or that only the server sets. */
const knownFields: ReadonlySet<string> = new Set([
  "id",
  "name",
  "description",
  "defaultRoleId",
  "permissions",
  "permissionPolicies",
  "unusedPermissions",
  "userCount",
  "roleNeedsUpdate",
  "baseLicense",
  "addonLicenses",
  "dateLicenseLastUpdated",
  "default",
  "base",
  "selfUri",
]);

function readPolicy(value: unknown): PermissionPolicy {
  const policy = bodyObject(value);
  const actionSet = optionalTexts(policy, "actionSet") ?? [];
  if (actionSet.length === 0) {
    throw badRequest(
      "constraint.validation",
      'The field "actionSet" of a permission policy must not be empty.',
    );
  }
  return {
    ...policy,
    domain: requiredText(policy, "domain"),
    entityName: requiredText(policy, "entityName"),
    actionSet: [...new Set(actionSet)],
    allowConditions: policy["allowConditions"] === true,
  };
}

/** Reads a body. @throws SimulatorError 400 */
export function readRoleRequest(body: unknown, { unknownFields }: Switches): RoleVersion {
  const given = bodyObject(body);
  const policies = given["permissionPolicies"] ?? [];
  if (!Array.isArray(policies)) {
    throw invalidValue(policies, "List<DomainPermissionPolicy>");
  }
  return {
    name: requiredText(given, "name"),
    ...defined({ description: optionalText(given, "description") }),
    permissions: optionalTexts(given, "permissions") ?? [],
    permissionPolicies: policies.map(readPolicy),
    ...(unknownFields === "stored" ? withOther(otherFields(given, knownFields)) : {}),
  };
}

/** The ids of `PUT /authorization/roles/default`: a list of roles, of which only the id counts. @throws SimulatorError 400 */
export function readRoleIds(body: unknown): string[] {
  if (!Array.isArray(body)) {
    throw invalidValue(body ?? null, "List<DomainOrganizationRole>");
  }
  return body.map((one) => requiredText(bodyObject(one), "id"));
}
