// Role: a Genesys Cloud role as a Pulumi resource.
import type * as pulumi from "@pulumi/pulumi";

import type { ResolvedRole } from "../declarations/resolve";
import { OwnResource } from "./ownResource";
import type { StackFacts, StackNames } from "./stackIdentity";

/** Inputs in Genesys's own names but for `generalPermissions`; from `wildcards` on they are ours. */
export interface RoleArgs {
  /** The organisation to which the role belongs; any other one is refused. */
  readonly organization: pulumi.Input<{ id?: string; region?: string }>;
  readonly name: pulumi.Input<string>;
  readonly description: pulumi.Input<string>;
  /** Genesys's `permissions`: names without a domain; left out for a role without any. */
  readonly generalPermissions?: pulumi.Input<readonly string[]>;
  readonly permissionPolicies: pulumi.Input<ResolvedRole["permissionPolicies"]>;
  /** Wildcards, `domain:entity:action`, each with an empty list: the provider fills in what it stands for and keeps that. */
  readonly wildcards?: pulumi.Input<Readonly<Record<string, readonly string[]>>>;
  /** Permissions, `domain:entity:action`, that the organisation's catalogue need not list. */
  readonly unlisted?: pulumi.Input<readonly string[]>;
  /** Give the role to the deployer: Genesys lets a client hand out only roles that it holds. */
  readonly grantToDeployer: pulumi.Input<boolean>;
  /** Where the deployer needs the role: `home`, `*` or division names. */
  readonly deployerDivisions: pulumi.Input<readonly string[]>;
  /** `<project>/<stack>/<role>`: goes into the marker in the description. */
  readonly owner: pulumi.Input<string>;
  /** Of the stack: decides whose the role is. */
  readonly identity: pulumi.Input<string>;
  /** What the names of divisions stand for. Told to the check and kept by nobody. */
  readonly names?: pulumi.Input<StackNames>;
  /** The live role that is taken over instead of making one. */
  readonly adopt?: pulumi.Input<{ roleId: string }>;
}

/**
 * A role; its Pulumi id is the role id.
 * @example
 * new Role("reporting-reader", { organization, name: "reporting-reader", description: "", grantToDeployer: true,
 *   permissionPolicies: [{ domain: "routing", entityName: "queue", actionSet: ["view"] }],
 *   deployerDivisions: ["home"], owner: "genesys-credentials/dev/reporting-reader",
 *   identity: identity.id });
 */
export class Role extends OwnResource {
  constructor(name: string, args: RoleArgs, options?: pulumi.CustomResourceOptions) {
    super("Role", name, args, [], options);
  }
}

/** The role as declared in the stack file. */
export function declareRole(
  role: ResolvedRole,
  organization: { readonly id?: string; readonly region?: string },
  stackFacts: StackFacts,
): Role {
  const { key, marker, wildcards, formerly, ...inputs } = role;
  const unexpanded = Object.fromEntries((wildcards ?? []).map((wildcard) => [wildcard, []]));
  return new Role(
    key,
    {
      organization,
      ...inputs,
      ...(wildcards === undefined ? {} : { wildcards: unexpanded }),
      owner: marker,
      ...stackFacts,
    },
    formerly === undefined ? {} : { aliases: [{ name: formerly }] },
  );
}
