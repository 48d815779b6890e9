// What is known of one role: its inputs as declared, its outputs as stored, and the requests and drift that follow from them.

import type { RoleEntity, RoleRequest } from "../../genesys/wire";
import { generalPermissionsIn } from "../../genesys/knowledge/generalPermissions";
import { roleRequestFrom } from "../../genesys/roles";
import { describeWithMarker, descriptionWithoutMarker } from "../../genesys/marker";
import {
  normalizePermissionPolicies,
  type PermissionPolicyRequest,
} from "../../genesys/knowledge/permissionPolicies";
import { isChanged } from "../engine/changes";
import { inputsIn, without } from "../engine/record";
import type { PinnedWildcards } from "./allowance";
import type { OrganizationInput } from "../engine/organization";

/** The inputs of a role, in Genesys's words but for `generalPermissions`; from `wildcards` on they are ours. */
export interface RoleInputs {
  readonly organization: OrganizationInput;
  readonly name: string;
  readonly description: string;
  /** Names without a domain, sorted, each once; absent for a role without any. */
  readonly generalPermissions?: readonly string[];
  readonly permissionPolicies: readonly PermissionPolicyRequest[];
  /** The declared wildcards and what each stood for when it was declared, which is in `permissionPolicies` too; absent without any. */
  readonly wildcards?: PinnedWildcards;
  /** Permissions that the catalogue need not list, sorted, each once; absent without any. Kept here so that a review sees them. */
  readonly unlisted?: readonly string[];
  /** Give the role to the deployer, which may hand out only roles that it holds (docs/genesys-api.md 3.8). */
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

/** A grant that this resource gave to a deployer, and will take back. */
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

/** What of the inputs is in a request. */
type SentInputs = Pick<RoleInputs, "name" | "description" | "generalPermissions" | "permissionPolicies">;

/** The request that makes a role. */
export function roleRequest(inputs: SentInputs, marker: string): RoleRequest {
  const { name, description, generalPermissions, permissionPolicies } = inputs;
  return {
    name,
    description: describeWithMarker(description, marker),
    ...(generalPermissions === undefined ? {} : { permissions: generalPermissions }),
    permissionPolicies,
  };
}

/**
 * The request that makes a live role the declared one.
 * @param known General permissions that it is known to have: those go that are not declared. What nobody knows of is carried over, and drift
 * after the next refresh.
 */
export function changingRequest(
  live: RoleEntity,
  inputs: SentInputs,
  marker: string,
  known: readonly string[] = [],
): RoleRequest {
  const none = known.length > 0 ? { permissions: [] } : {};
  return roleRequestFrom(live, { ...none, ...roleRequest(inputs, marker) });
}

/** The fields of an answer that a refresh compares. */
export const roleFields = ["name", "description", "permissions", "permissionPolicies"] as const;

/** The record after a refresh; equal to the former one exactly when nothing drifted. */
export function refreshedRole(recorded: RoleOutputs, live: RoleEntity): RoleOutputs {
  const { generalPermissions: declared, ...others } = recorded;
  const generalPermissions = generalPermissionsIn(live) ?? declared ?? [];
  return {
    ...others,
    name: live.name ?? recorded.name,
    description: descriptionWithoutMarker(live.description ?? "", recorded.marker),
    ...(generalPermissions.length === 0 ? {} : { generalPermissions }),
    permissionPolicies:
      live.permissionPolicies === undefined
        ? recorded.permissionPolicies
        : normalizePermissionPolicies(live.permissionPolicies),
  };
}

/** What of a record is no input. */
export const roleOutputNames = [
  "roleId",
  "marker",
  "organizationId",
  "deployerGrants",
  "createdAt",
] as const satisfies readonly (keyof RoleOutputs)[];

/** Whether a change is none of the role in Genesys: its deployer gets or loses it, or a word for the catalogue's check comes or goes. */
export function isForDeployerOnly(recorded: RoleOutputs, declared: RoleInputs): boolean {
  const own = ["grantToDeployer", "deployerDivisions", "unlisted"] as const;
  return !isChanged(without(inputsIn(recorded, roleOutputNames), own), without(declared, own));
}
