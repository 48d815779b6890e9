// What a seed makes of a role or a client: what it does not name stays as it was, or becomes the usual. Pure.
import { defined } from "../../common/defined";
import { withOther } from "./bodyFields";
import { clientCredentialsGrant, versionOf } from "./clientRequest";
import { type OrganizationSeed } from "./organizationSeed";
import { policiesOf } from "./permissionCatalogue";
import { type ClientVersion, type OtherFields, type RoleVersion } from "./state";

/** A role in a seed. */
export type RoleSeed = NonNullable<OrganizationSeed["roles"]>[number];

/** A client in a seed. */
export type ClientSeed = NonNullable<OrganizationSeed["clients"]>[number];

/** @throws Error when a new role has no name */
export function seededRole(seed: RoleSeed, before: RoleVersion | undefined): RoleVersion {
  return {
    name: seed.name ?? before?.name ?? missingName("role", seed.id),
    ...defined({ description: seed.description ?? before?.description }),
    permissions: seed.generalPermissions ?? before?.permissions ?? [],
    permissionPolicies:
      seed.permissions === undefined && seed.permissionPolicies === undefined
        ? (before?.permissionPolicies ?? [])
        : [
            ...policiesOf(seed.permissions ?? []),
            ...(seed.permissionPolicies ?? []).map((policy) => ({ allowConditions: false, ...policy })),
          ],
    ...withOther(changedOther(before?.other, seed.otherFields)),
  };
}

/**
 * @param modifiedAt milliseconds since the epoch
 * @throws Error when a new client has no name
 */
export function seededClient(
  seed: ClientSeed,
  before: ClientVersion | undefined,
  modifiedAt: number,
): ClientVersion {
  const state = seed.state ?? before?.state ?? "active";
  const planned = seed.dateToDelete === undefined ? before?.dateToDelete : Date.parse(seed.dateToDelete);
  const { dateToDelete: _planned, other: _other, ...kept } = before ?? {};
  const request = {
    name: seed.name ?? before?.name ?? missingName("client", seed.id),
    authorizedGrantType: seed.authorizedGrantType ?? before?.authorizedGrantType ?? clientCredentialsGrant,
    description: seed.description,
    accessTokenValiditySeconds: seed.accessTokenValiditySeconds,
    allowedAddresses: seed.allowedAddresses,
    state,
    dateToDelete: state === "active" ? undefined : planned,
    other: changedOther(before?.other, seed.otherFields),
  };
  return versionOf(request, kept, { modifiedAt });
}

/** The unknown fields after a change: null takes one away. */
function changedOther(before: OtherFields = {}, changes: OtherFields = {}): OtherFields {
  return Object.fromEntries(Object.entries({ ...before, ...changes }).filter(([, value]) => value !== null));
}

/** Refuses a new object without a name. */
export function missingName(kind: string, id: string): never {
  throw new Error(`Seeding the ${kind} ${id}: it does not exist yet and has no name; give it one.`);
}
