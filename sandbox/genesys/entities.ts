// The objects of the organisation as Genesys writes them in JSON, which leaves out what is undefined.
import { apiPrefix } from "./apiRoute";
import { type ShownClient } from "./clients";
import { type Organization } from "./organization";
import { wildcard } from "./permissionCatalogue";
import { type RoleReading } from "./roles";
import {
  type ClientVersion,
  type Division,
  type Grant,
  type IntegrationCredential,
  type PermissionPolicy,
  type StoredClient,
} from "./state";
import { type Subject } from "./subjects";

/** A JSON object. */
export type Entity = Readonly<Record<string, unknown>>;

/** ISO 8601, UTC. */
function isoDate(time: number): string {
  return new Date(time).toISOString();
}

function clientReference(id: string | undefined): Entity | undefined {
  return id === undefined ? undefined : { id, selfUri: `${apiPrefix}/oauth/clients/${id}` };
}

/** What a client's own entity and the `OAuthClient` of `/tokens/me` have in common. */
export function clientCore(client: StoredClient, version: ClientVersion): Entity {
  return {
    id: client.id,
    name: version.name,
    dateCreated: isoDate(client.createdAt),
    dateModified: isoDate(version.modifiedAt),
    createdBy: clientReference(client.createdBy),
    modifiedBy: clientReference(version.modifiedBy),
    authorizedGrantType: version.authorizedGrantType,
    scope: version.scope,
    state: version.state,
    dateToDelete: version.dateToDelete && isoDate(version.dateToDelete),
  };
}

/** An OAuth client; never with its secret. */
export function clientEntity(
  organization: Organization,
  { client, version, roleDivisions, isDeleted }: ShownClient,
): Entity {
  const { allowedAddresses } = organization.store.switches;
  return {
    ...version.other,
    ...clientCore(client, version),
    ...(allowedAddresses === null || version.allowedAddresses === undefined
      ? {}
      : { [allowedAddresses.field]: version.allowedAddresses }),
    description: version.description,
    accessTokenValiditySeconds: version.accessTokenValiditySeconds,
    registeredRedirectUri: version.registeredRedirectUri,
    roleIds: [...new Set(roleDivisions.map((pair) => pair.roleId))],
    roleDivisions,
    ...(isDeleted ? { state: "deleted" } : {}),
    selfUri: `${apiPrefix}/oauth/clients/${client.id}`,
  };
}

function policyEntities(policies: readonly PermissionPolicy[], isReversed: boolean): PermissionPolicy[] {
  return isReversed
    ? [...policies].reverse().map((policy) => ({ ...policy, actionSet: [...policy.actionSet].reverse() }))
    : [...policies];
}

/** A role. `userCount` is left out on request; unused permissions are shown on request. */
export function roleEntity(
  organization: Organization,
  { role, version }: RoleReading,
  show: { readonly userCount: boolean; readonly unusedPermissions?: boolean } = { userCount: true },
): Entity {
  const users = organization.store.state.grants.filter(
    (grant) => grant.roleId === role.id && grant.subjectType === "PC_USER",
  );
  const { policyOrder } = organization.store.switches;
  return {
    ...version.other,
    id: role.id,
    name: version.name,
    description: version.description,
    defaultRoleId: role.defaultRoleId,
    permissions: version.permissions,
    unusedPermissions:
      show.unusedPermissions === true
        ? (role.unusedPermissions ?? organization.roles.permissionsOf(version))
        : undefined,
    permissionPolicies: policyEntities(version.permissionPolicies, policyOrder === "reversed"),
    ...(show.userCount ? { userCount: new Set(users.map((grant) => grant.subjectId)).size } : {}),
    roleNeedsUpdate: false,
    default: role.isDefault,
    base: role.isBase,
    selfUri: `${apiPrefix}/authorization/roles/${role.id}`,
  };
}

/** A division; "all divisions" has no name. */
export function divisionEntity(division: Omit<Division, "name"> & { readonly name?: string }): Entity {
  return {
    id: division.id,
    name: division.name,
    description: division.description,
    homeDivision: division.isHome,
    selfUri: `${apiPrefix}/authorization/divisions/${division.id}`,
  };
}

/** As seen on a real organisation. */
const allDivisions = { id: wildcard, description: "", isHome: false };

function grantDivision(organization: Organization, id: string): Entity {
  return divisionEntity(id === wildcard ? allDivisions : organization.divisions.get(id));
}

function grantEntity(organization: Organization, grant: Grant, showsPolicies: boolean): Entity {
  const role = organization.store.state.roles.find((one) => one.id === grant.roleId);
  return {
    subjectId: grant.subjectId,
    division: grantDivision(organization, grant.divisionId),
    role: {
      id: grant.roleId,
      name: role?.version.name,
      description: role?.version.description,
      policies: showsPolicies
        ? role?.version.permissionPolicies.map(({ domain, entityName, actionSet }) => ({
            domain,
            entityName,
            actions: actionSet,
          }))
        : undefined,
      default: role?.isDefault,
      selfUri: `${apiPrefix}/authorization/roles/${grant.roleId}`,
    },
    grantMadeAt: isoDate(grant.madeAt),
  };
}

/** A subject with its grants. @param showsPolicies Whether their roles have their policies. */
export function subjectEntity(organization: Organization, subject: Subject, showsPolicies: boolean): Entity {
  return {
    id: subject.id,
    name: subject.name,
    grants: subject.grants.map((grant) => grantEntity(organization, grant, showsPolicies)),
    version: 1,
    selfUri: `${apiPrefix}/authorization/subjects/${subject.id}`,
  };
}

/** A person as the list of a role's users shows one: without a name, as in the API description. */
export function userReference(subject: Subject): Entity {
  return { id: subject.id, selfUri: `${apiPrefix}/users/${subject.id}` };
}

/** A division as the holders of a role have it: a smaller model than the division's own. */
function divisionReference({ id, name, selfUri }: Entity): Entity {
  return { id, name, selfUri };
}

/** A holder of a role, with the divisions it holds it in. */
export function holderEntity(organization: Organization, subject: Subject): Entity {
  const divisionIds = [...new Set(subject.grants.map((grant) => grant.divisionId))];
  return {
    id: subject.id,
    ...(organization.store.switches.shownHolders === "unnamed" ? {} : { name: subject.name }),
    divisions: divisionIds.map((id) => divisionReference(grantDivision(organization, id))),
    type: subject.type,
    selfUri: `${apiPrefix}/authorization/subjects/${subject.id}`,
  };
}

/** An integration credential without its fields. */
export function credentialInfoEntity(credential: IntegrationCredential): Entity {
  return {
    id: credential.id,
    name: credential.name,
    createdDate: isoDate(credential.createdAt),
    modifiedDate: isoDate(credential.modifiedAt),
    type: { id: credential.typeName, name: credential.typeName },
    selfUri: `${apiPrefix}/integrations/credentials/${credential.id}`,
  };
}

/** An integration credential with the fields that may be read. */
export function credentialEntity(organization: Organization, credential: IntegrationCredential): Entity {
  const { createdDate: _created, modifiedDate: _modified, ...rest } = credentialInfoEntity(credential);
  return { ...rest, credentialFields: organization.integrationCredentials.readableFields(credential) };
}
