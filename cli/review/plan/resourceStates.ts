// What a review reads of OAuth clients and roles: their states, typed, from what Pulumi recorded or plans. No secret.
import { z } from "zod";
import { defined } from "../../../common/defined";
import { type PermissionPolicyRequest } from "../../../genesys/knowledge/permissionPolicies";
import { type ResourceState, unknownValue } from "./preview";

/** One role in one division; the role by id, by name, or by its key in this stack. */
export interface RoleUse {
  readonly roleId?: string;
  readonly roleName?: string;
  readonly roleKey?: string;
  readonly division: string;
}

/** Whose an object says that it is. */
export interface Mark {
  /** Not known while the identity is yet to be made. */
  readonly identity?: string;
  readonly owner?: string;
}

/** One OAuth client. Absent fields are not known. */
export interface ClientState {
  /** The client id. */
  readonly id?: string;
  readonly generation?: number;
  readonly isActive: boolean;
  readonly name?: string;
  readonly description?: string;
  readonly validitySeconds?: number;
  readonly grantType?: string;
  readonly type?: string;
  /** `scim` where nothing else uses it. */
  readonly usedFor?: string;
  readonly organization?: string;
  readonly roleUses: readonly RoleUse[];
  /** URNs of the declared roles that it holds. */
  readonly roleUrns: readonly string[];
  /** What each role use stood for when it was last applied, in the same order. */
  readonly resolved: readonly { readonly roleId: string; readonly divisionId: string }[];
  /** ISO instant. */
  readonly createdAt?: string;
  /** The live client that is taken over instead of making one, and what becomes of its secret: `keep` or `regenerate`. */
  readonly adopt?: { readonly clientId: string; readonly secret: string };
  readonly mark: Mark;
  /** Whether rotations keep the client and give it another secret. */
  readonly isKept: boolean;
  /** Whether its secret is in the state, as it was before the secret left Pulumi. */
  readonly holdsSecret: boolean;
  /** Absent where every address is allowed. */
  readonly allowedAddresses?: readonly string[];
  /** Genesys's field in which they are sent; absent while they are only stored. */
  readonly allowedAddressesField?: string;
  /** Lists in which an additional entry allows more: `allow`, `scope`, `registeredRedirectUri`. */
  readonly lists: Readonly<Record<string, readonly string[]>>;
  /** Inputs of which the review knows nothing, by name: canonical JSON. Absent where the preview does not show the client. */
  readonly others?: Readonly<Record<string, string>>;
}

/** One role of the stack. */
export interface RoleState {
  readonly id?: string;
  readonly name?: string;
  readonly description?: string;
  readonly policies: readonly PolicyState[];
  /** Declared as `domain:entity:action` with `*`; what they stood for is in the policies where it is known. */
  readonly wildcards: readonly string[];
  /** Names without a domain. */
  readonly generalPermissions: readonly string[];
  /** Permissions that are declared although the organisation's catalogue does not list them. */
  readonly unlisted: readonly string[];
  readonly divisions: readonly string[];
  readonly isGivenToDeployer: boolean;
  /** Id of the live role that is taken over instead of making one. */
  readonly adoptedId?: string;
  readonly mark: Mark;
  /** Inputs of which the review knows nothing, by name: canonical JSON. Absent where the preview does not show the role. */
  readonly others?: Readonly<Record<string, string>>;
}

/** Actions on one entity. */
export interface PolicyState {
  readonly domain: string;
  readonly entity: string;
  readonly actions: readonly string[];
  /** Canonical JSON of the condition; absent when the actions are allowed unconditionally. */
  readonly condition?: string;
}

export const text = z.string().optional().catch(undefined);
export const number = z.number().optional().catch(undefined);
const texts = z.array(z.string()).catch([]);
const roleUse = z.looseObject({ roleId: text, roleName: text, division: z.string().catch(unknownValue) });
const clientInputs = z.looseObject({
  name: text,
  description: text,
  generation: number,
  state: z.string().catch("active"),
  accessTokenValiditySeconds: number,
  authorizedGrantType: text,
  type: text,
  usedFor: text,
  organization: z.looseObject({ id: text, region: text }).optional().catch(undefined),
  // A list that is not known yet says nothing; its roles are then taken from the dependencies.
  roleDivisions: z
    .array(roleUse.catch({ roleId: unknownValue, roleName: undefined, division: unknownValue }))
    .catch([]),
  adopt: z.looseObject({ clientId: z.string(), secret: z.string() }).optional().catch(undefined),
  rotation: z.looseObject({ clients: text }).optional().catch(undefined),
  allow: texts,
  scope: texts,
  registeredRedirectUri: texts,
  allowedAddresses: z.array(z.string()).optional().catch(undefined),
  allowedAddressesField: text,
});
const resolvedUses = z.array(z.looseObject({ roleId: z.string(), divisionId: z.string() })).catch([]);

export function clientState(state: ResourceState): ClientState {
  const inputs = clientInputs.parse(state.inputs);
  const { allow, scope, registeredRedirectUri } = inputs;
  return defined({
    id: state.id,
    generation: inputs.generation,
    isActive: inputs.state === "active",
    name: inputs.name,
    description: inputs.description,
    validitySeconds: inputs.accessTokenValiditySeconds,
    grantType: inputs.authorizedGrantType,
    type: inputs.type,
    usedFor: inputs.usedFor,
    organization: text.parse(state.outputs["organizationId"]) ?? inputs.organization?.id,
    roleUses: inputs.roleDivisions.map(({ roleId, roleName, division }) =>
      defined({ roleId, roleName, division }),
    ),
    roleUrns: state.propertyDependencies["roleDivisions"] ?? [],
    resolved: resolvedUses.parse(state.outputs["resolvedRoleDivisions"]),
    createdAt: text.parse(state.outputs["dateCreated"]),
    adopt: inputs.adopt,
    mark: markIn(state),
    isKept: inputs.rotation?.clients === "keep",
    holdsSecret: state.outputs["clientSecret"] !== undefined,
    allowedAddresses: inputs.allowedAddresses,
    allowedAddressesField: inputs.allowedAddressesField,
    lists: { allow, scope, registeredRedirectUri },
    others: othersIn(state, clientInputs.shape),
  });
}

const policy = z.looseObject({
  domain: z.string(),
  entityName: z.string().catch("*"),
  actionSet: z.array(z.string()).catch(["*"]),
  resourceConditionNode: z.unknown().optional(),
});
const everything = { domain: "*", entityName: "*", actionSet: ["*"], resourceConditionNode: undefined };
const roleInputs = z.looseObject({
  name: text,
  description: text,
  // A policy that cannot be read might allow everything.
  permissionPolicies: z.array(policy.catch(everything)).catch([everything]),
  // A map from each wildcard to what it stands for; the permissions are among the policies too.
  wildcards: z.record(z.string(), z.unknown()).catch({}),
  generalPermissions: z.array(z.string()).default([]).catch(["that is not known yet"]),
  unlisted: texts,
  deployerDivisions: texts,
  grantToDeployer: z.boolean().catch(true),
  adopt: z.looseObject({ roleId: z.string() }).optional().catch(undefined),
});

export function roleState(state: ResourceState): RoleState {
  const inputs = roleInputs.parse(state.inputs);
  return defined({
    id: state.id,
    name: inputs.name,
    description: inputs.description,
    policies: inputs.permissionPolicies.map(policyState),
    wildcards: Object.keys(inputs.wildcards),
    generalPermissions: inputs.generalPermissions,
    unlisted: inputs.unlisted,
    divisions: inputs.deployerDivisions,
    isGivenToDeployer: inputs.grantToDeployer,
    adoptedId: inputs.adopt?.roleId,
    mark: markIn(state),
    others: othersIn(state, roleInputs.shape),
  });
}

/** A policy of Genesys, in the words of a review. */
export function policyState({
  domain,
  entityName: entity,
  actionSet: actions,
  resourceConditionNode: node,
}: Omit<PermissionPolicyRequest, "resourceConditionNode"> & {
  readonly resourceConditionNode?: unknown;
}): PolicyState {
  return defined({ domain, entity, actions, condition: node == null ? undefined : canonicalJson(node) });
}

function markIn({ inputs }: ResourceState): Mark {
  return defined({ identity: text.parse(inputs["identity"]), owner: text.parse(inputs["owner"]) });
}

/** Inputs that say nothing of the object itself: whose it is, where (clients tell another organisation), and who provides it. */
const besideTheObject = ["identity", "owner", "organization", "storedIn", "__provider"];

function othersIn({ inputs }: ResourceState, known: object): Record<string, string> {
  const others = Object.entries(inputs).filter(
    ([name]) => !Object.hasOwn(known, name) && !besideTheObject.includes(name),
  );
  return Object.fromEntries(
    others.map(([name, value]) => [name, value === unknownValue ? unknownValue : canonicalJson(value)]),
  );
}

/** JSON with sorted keys, so that an order says nothing. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
