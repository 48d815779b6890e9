// What is known of one role: its inputs as declared, its outputs as stored, and the drift that follows from them.

import { parsePermission } from "../../common/permission";
import type { PermissionPolicyRequest, RoleEntity, RoleRequest } from "../../genesys/wire";
import { describeWithMarker, descriptionWithoutMarker } from "../../genesys/marker";
import type { CheckFailure } from "../engine/checked";
import { formOf } from "../engine/form";
import {
  type LoosePermissionPolicy,
  normalizePermissionPolicies,
} from "../../genesys/knowledge/permissionPolicies";
import type { PinnedWildcards } from "./allowance";
import type { OrganizationInput } from "../engine/organization";
import { inputsIn, outputsIn } from "../engine/record";

/** The inputs of a role, in Genesys's words; from `wildcards` on they are ours. */
export interface RoleInputs {
  readonly organization: OrganizationInput;
  readonly name: string;
  readonly description: string;
  readonly permissionPolicies: readonly PermissionPolicyRequest[];
  /** The declared wildcards and what each stood for when it was declared, which is in `permissionPolicies` too; absent without any. */
  readonly wildcards?: PinnedWildcards;
  /** Give the role to the deployment client, which may hand out only roles that it holds (genesys-api 3.8). */
  readonly grantToDeployer: boolean;
  /** The divisions in which the stack hands the role out: `home`, `*` or names. */
  readonly deployerDivisions: readonly string[];
  /** `<project>/<stack>/<role>`: names for people, in its marker. */
  readonly owner: string;
  /** Of the stack: decides whose the role is. Absent in records of before. */
  readonly identity?: string;
  /** The live role that a creation takes over; absent for a role that is made. */
  readonly adopt?: { readonly roleId: string };
  readonly __provider?: string;
}

/** A grant that this resource gave to a deployment client, and will take back. */
export interface DeployerGrant {
  readonly subjectId: string;
  readonly divisionId: string;
}

/** What state holds. */
export interface RoleOutputs extends RoleInputs {
  readonly roleId: string;
  readonly marker: string;
  readonly organizationId: string;
  readonly deployerGrants: readonly DeployerGrant[];
  /** ISO 8601, by this computer's clock: Genesys does not say when a role was made. Absent in older records. */
  readonly createdAt?: string;
}

/** Roles have no generation; their markers carry this one. */
export const roleGeneration = 0;

export function roleRequest(
  inputs: Pick<RoleInputs, "name" | "description" | "permissionPolicies">,
  marker: string,
): RoleRequest {
  return {
    name: inputs.name,
    description: describeWithMarker(inputs.description, marker),
    permissionPolicies: normalizePermissionPolicies(inputs.permissionPolicies),
  };
}

/** The record after a refresh; equal to the former one exactly when nothing drifted. */
export function refreshedRole(recorded: RoleOutputs, live: RoleEntity): RoleOutputs {
  return {
    ...recorded,
    name: live.name ?? recorded.name,
    description: descriptionWithoutMarker(live.description ?? "", recorded.marker),
    permissionPolicies:
      live.permissionPolicies === undefined
        ? recorded.permissionPolicies
        : normalizePermissionPolicies(live.permissionPolicies),
  };
}

const outputNames = [
  "roleId",
  "marker",
  "organizationId",
  "deployerGrants",
  "createdAt",
] as const satisfies readonly (keyof RoleOutputs)[];

/** The inputs within a record, in exactly the shape that `check` produces. */
export function roleInputsOf(record: RoleInputs): RoleInputs {
  return inputsIn(record, outputNames);
}

/** The record with other inputs: an input that is not declared any more is not in it. */
export function appliedRole(olds: RoleOutputs, news: RoleInputs): RoleOutputs {
  return { ...outputsIn(olds, outputNames), ...news };
}

/** Normalises and validates. Values that a preview does not know yet are left alone. */
export function checkRoleInputs(news: Readonly<Record<string, unknown>>): {
  inputs: Record<string, unknown>;
  failures: CheckFailure[];
} {
  const policies = news["permissionPolicies"];
  const inputs: Record<string, unknown> = {
    ...news,
    organization: news["organization"] ?? {},
    description:
      typeof news["description"] === "string" ? news["description"].trim() : (news["description"] ?? ""),
    permissionPolicies: isPolicies(policies) ? normalizePermissionPolicies(policies) : policies,
    grantToDeployer: news["grantToDeployer"] ?? true,
    deployerDivisions: news["deployerDivisions"] ?? ["home"],
  };
  const { require, failures } = formOf(inputs);
  require("name", (value) =>
    typeof value === "string" && value.trim() !== "", "must be a text that is not empty");
  require("description", (value) => typeof value === "string", "must be a text");
  require("owner", (value) =>
    typeof value === "string" && value !== "", "must name the project, stack and role");
  if (inputs["identity"] === undefined) {
    delete inputs["identity"];
  } else {
    require("identity", (value) => typeof value === "string" && value !== "", "must be a text");
  }
  require("grantToDeployer", (value) => typeof value === "boolean", "must be true or false");
  require("deployerDivisions", (value) =>
    Array.isArray(value) &&
    value.every(
      (division) => typeof division === "string" && division !== "",
    ), "must be a list of divisions");
  const { wildcards } = inputs;
  const hasWildcards = isWildcards(wildcards) && Object.keys(wildcards).length > 0;
  if (wildcards === undefined) {
    delete inputs["wildcards"];
  } else {
    require("wildcards", isWildcards, "must be a map of wildcards, domain:entity:action, each with a list of permissions");
  }
  if (inputs["adopt"] === undefined) {
    delete inputs["adopt"];
  } else {
    require("adopt", isAdoption, "must hold roleId");
  }
  require("permissionPolicies", (value) =>
    isPolicies(value) &&
    (value.length > 0 || hasWildcards) &&
    value.every(
      isComplete,
    ), "must hold at least one policy, each with domain, entityName and at least one action");
  return { inputs, failures };
}

function isPolicies(value: unknown): value is LoosePermissionPolicy[] {
  return (
    Array.isArray(value) &&
    value.every(
      (policy: unknown) =>
        typeof policy === "object" &&
        policy !== null &&
        typeof (policy as LoosePermissionPolicy).domain === "string",
    )
  );
}

function isAdoption(value: unknown): boolean {
  const { roleId } = (value ?? {}) as { readonly roleId?: unknown };
  return typeof roleId === "string" && roleId !== "";
}

function isWildcards(value: unknown): value is PinnedWildcards {
  return (
    typeof value === "object" &&
    value !== null &&
    Object.entries(value).every(
      ([wildcard, permissions]) =>
        parsePermission(wildcard) !== undefined &&
        Array.isArray(permissions) &&
        permissions.every((permission) => typeof permission === "string"),
    )
  );
}

function isComplete(policy: LoosePermissionPolicy): boolean {
  return policy.domain !== "" && (policy.entityName ?? "") !== "" && (policy.actionSet ?? []).length > 0;
}
