// Endpoints of roles: /authorization/roles.
import { apiPrefix, type ApiRequest, type ApiRoute, NoBody, parameter } from "./apiRoute";
import { bodyObject, optionalText, optionalTexts, requiredTexts } from "./bodyFields";
import { type Entity, holderEntity, roleEntity, userReference } from "./entities";
import { askedPage, cutPage } from "./page";
import { policyGives } from "./permissionCatalogue";
import { fitsName, list, single } from "./queryParameters";
import { readRoleIds, readRoleRequest } from "./roleRequest";
import { type RoleReading } from "./roles";
import { badRequest } from "./simulatorError";
import { type StoredRole } from "./state";
import { Subjects } from "./subjects";

const rolesPath = "/authorization/roles";
const rolePath = "/authorization/roles/:roleId";

/** Source: API description. */
const maximumRoleIds = 100;

function isUserCountShown({ query }: ApiRequest): boolean {
  return single(query, "userCount") !== "false";
}

/** The role as the caller of a write sees it, whatever late readers see. */
function written({ organization }: ApiRequest, role: StoredRole): Entity {
  return roleEntity(organization, { role, version: role.version });
}

function listRoles(request: ApiRequest): unknown {
  const { organization, query } = request;
  const ids = list(query, "id");
  if (ids.length > maximumRoleIds) {
    throw badRequest("max.role.ids", `At most ${maximumRoleIds} role ids can be asked for at once.`);
  }
  const defaultIds = list(query, "defaultRoleId");
  const permissions = list(query, "permission");
  const name = single(query, "name");
  const isAsked = ({ role, version }: RoleReading): boolean =>
    fitsName(version.name, name) &&
    (ids.length === 0 || ids.includes(role.id)) &&
    (defaultIds.length === 0 || defaultIds.includes(role.defaultRoleId ?? "")) &&
    permissions.every((asked) => version.permissionPolicies.some((policy) => policyGives(policy, asked)));
  const userCount = isUserCountShown(request);
  const page = askedPage(
    organization.roles.list().filter(isAsked),
    `${apiPrefix}${rolesPath}`,
    query,
    organization.store.switches,
  );
  return { ...page, entities: page.entities.map((one) => roleEntity(organization, one, { userCount })) };
}

function restored(request: ApiRequest, ids?: readonly string[]): unknown {
  const roles = request.organization.roles.restoreDefaults(ids).map((role) => written(request, role));
  return cutPage(roles, `${apiPrefix}${rolesPath}/default`, {}, Math.max(1, roles.length), 1);
}

/** `POST /authorization/roles/{id}`: the role for several subjects in several divisions. */
function grantInBulk(request: ApiRequest): NoBody {
  const { organization, caller, query } = request;
  const body = bodyObject(request.body);
  const roleId = parameter(request, "roleId");
  const type = Subjects.typeOf(single(query, "subjectType"));
  const divisionIds = optionalTexts(body, "divisionIds") ?? [];
  for (const subjectId of optionalTexts(body, "subjectIds") ?? []) {
    const pairs = divisionIds.map((divisionId) => ({ roleId, divisionId }));
    organization.subjects.add(caller, subjectId, type, pairs);
  }
  return new NoBody(organization.store.switches.bulkStatus);
}

/** Those who hold the role, as `subjectgrants` lists them: also groups, and OAuth clients where the switch lets them be seen. */
function listHolders(request: ApiRequest): unknown {
  const { organization, query } = request;
  const roleId = parameter(request, "roleId");
  const { switches } = organization.store;
  const holders = organization.subjects
    .holdersOf(roleId)
    .filter(({ type }) => type !== "PC_OAUTH_CLIENT" || switches.shownHolders !== "withoutClients")
    .map((one) => holderEntity(organization, one));
  return askedPage(holders, `${apiPrefix}${rolesPath}/${roleId}/subjectgrants`, query, switches);
}

function listUsers(request: ApiRequest): unknown {
  const { organization, query } = request;
  const roleId = parameter(request, "roleId");
  const users = organization.subjects.holdersOf(roleId).filter(({ type }) => type === "PC_USER");
  const path = `${apiPrefix}${rolesPath}/${roleId}/users`;
  return askedPage(users.map(userReference), path, query, organization.store.switches);
}

/** `PUT /authorization/roles/{id}/users/add` and `…/remove`: people get or lose the role in the home division. */
function changeUsers(request: ApiRequest, isAdded: boolean): readonly string[] {
  const { organization, caller } = request;
  const pair = { roleId: parameter(request, "roleId"), divisionId: organization.divisions.home().id };
  const ids = requiredTexts(request.body);
  for (const id of ids) {
    if (isAdded) {
      organization.subjects.add(caller, id, "PC_USER", [pair]);
    } else {
      organization.subjects.remove(id, [pair]);
    }
  }
  return ids;
}

/** The endpoints. */
export const roleRoutes: readonly ApiRoute[] = [
  { method: "GET", path: rolesPath, permission: "authorization:role:view", handle: listRoles },
  {
    method: "POST",
    path: rolesPath,
    permission: "authorization:role:add",
    handle: (request) => {
      const version = readRoleRequest(request.body, request.organization.store.switches);
      const defaultRoleId = optionalText(bodyObject(request.body), "defaultRoleId");
      return written(request, request.organization.roles.create(version, defaultRoleId));
    },
  },
  {
    method: "POST",
    path: `${rolesPath}/default`,
    permission: "authorization:role:edit",
    handle: (request) => restored(request),
  },
  {
    method: "PUT",
    path: `${rolesPath}/default`,
    permission: "authorization:role:edit",
    handle: (request) => restored(request, readRoleIds(request.body)),
  },
  {
    method: "GET",
    path: `${rolesPath}/settings`,
    handle: () => ({
      backfillEnabled: false,
      authorizationGrantDivisionAware: false,
      selfUri: `${apiPrefix}${rolesPath}/settings`,
    }),
  },
  {
    method: "GET",
    path: rolePath,
    permission: "authorization:role:view",
    handle: (request) =>
      roleEntity(request.organization, request.organization.roles.get(parameter(request, "roleId")), {
        userCount: isUserCountShown(request),
        unusedPermissions: list(request.query, "expand").includes("unusedPermissions"),
      }),
  },
  {
    method: "PUT",
    path: rolePath,
    permission: "authorization:role:edit",
    handle: (request) => {
      const version = readRoleRequest(request.body, request.organization.store.switches);
      return written(request, request.organization.roles.replace(parameter(request, "roleId"), version));
    },
  },
  {
    // Documented only for the flag roleNeedsUpdate: it changes nothing else.
    method: "PATCH",
    path: rolePath,
    permission: "authorization:role:edit",
    handle: (request) => written(request, request.organization.roles.require(parameter(request, "roleId"))),
  },
  {
    method: "DELETE",
    path: rolePath,
    permission: "authorization:role:delete",
    handle: (request) => {
      request.organization.subjects.deleteRole(parameter(request, "roleId"));
      return new NoBody(request.organization.store.switches.deleteStatus);
    },
  },
  { method: "POST", path: rolePath, permission: "authorization:grant:add", handle: grantInBulk },
  {
    method: "GET",
    path: `${rolePath}/subjectgrants`,
    permission: "authorization:role:view",
    handle: listHolders,
  },
  { method: "GET", path: `${rolePath}/users`, handle: listUsers },
  {
    method: "PUT",
    path: `${rolePath}/users/add`,
    permission: "authorization:grant:add",
    handle: (request) => changeUsers(request, true),
  },
  {
    method: "PUT",
    path: `${rolePath}/users/remove`,
    permission: "authorization:grant:delete",
    handle: (request) => changeUsers(request, false),
  },
];
