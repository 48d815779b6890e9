// What is known of one role: its inputs as declared, its outputs as stored, and the drift that follows from them.

import type { RoleEntity, RoleRequest } from "../../genesys/wire";
import { describeWithMarker, descriptionWithoutMarker } from "../../genesys/marker";
import {
  normalizePermissionPolicies,
  type PermissionPolicyRequest,
} from "../../genesys/knowledge/permissionPolicies";
import type { PinnedWildcards } from "./allowance";
import type { OrganizationInput } from "../engine/organization";

/** The inputs of a role, in Genesys's words; from `wildcards` on they are ours. */
export interface RoleInputs {
  readonly organization: OrganizationInput;
  readonly name: string;
  readonly description: string;
  readonly permissionPolicies: readonly PermissionPolicyRequest[];
  /** The declared wildcards and what each stood for when it was declared, which is in `permissionPolicies` too; absent without any. */
  readonly wildcards?: PinnedWildcards;
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

export function roleRequest(
  inputs: Pick<RoleInputs, "name" | "description" | "permissionPolicies">,
  marker: string,
): RoleRequest {
  return {
    name: inputs.name,
    description: describeWithMarker(inputs.description, marker),
    permissionPolicies: inputs.permissionPolicies,
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

/** What of a record is no input. */
export const roleOutputNames = [
  "roleId",
  "marker",
  "organizationId",
  "deployerGrants",
  "createdAt",
] as const satisfies readonly (keyof RoleOutputs)[];
