// Endpoints of roles: /authorization/roles.
import { apiPrefix, type ApiRequest, type ApiRoute, endpoint, NoBody } from "./apiRoute";
import { bodyObject, optionalText, optionalTexts, requiredTexts } from "./bodyFields";
import { type Entity, holderEntity, roleEntity, userReference } from "./entities";
import { askedPage, wholePage } from "./page";
import { policyGives } from "./permissionCatalogue";
import { fitsName, list, single, subjectTypeOf } from "./queryParameters";
import { readRoleIds, readRoleRequest } from "./roleRequest";
import { type RoleReading } from "./roles";
import { badRequest } from "./simulatorError";
import { type StoredRole } from "./state";

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
  const page = askedPage(request, organization.roles.list().filter(isAsked));
  return { ...page, entities: page.entities.map((one) => roleEntity(organization, one, { userCount })) };
}

function restored(request: ApiRequest, ids?: readonly string[]): unknown {
  const roles = request.organization.roles.restoreDefaults(ids).map((role) => written(request, role));
  return wholePage(roles, request.path);
}

/** `POST /authorization/roles/{id}`: the role for several subjects in several divisions. */
function grantInBulk(request: ApiRequest, roleId: string): NoBody {
  const { organization, caller, query } = request;
  const body = bodyObject(request.body);
  const type = subjectTypeOf(query);
  const divisionIds = optionalTexts(body, "divisionIds") ?? [];
  for (const subjectId of optionalTexts(body, "subjectIds") ?? []) {
    const pairs = divisionIds.map((divisionId) => ({ roleId, divisionId }));
    organization.subjects.add(caller, subjectId, type, pairs);
  }
  return new NoBody(organization.store.switches.bulkStatus);
}

/** Those who hold the role, as `subjectgrants` lists them: also groups, and OAuth clients where the switch lets them be seen. */
function listHolders(request: ApiRequest, roleId: string): unknown {
  const { organization } = request;
  const { shownHolders } = organization.store.switches;
  const holders = organization.subjects
    .holdersOf(roleId)
    .filter(({ type }) => type !== "PC_OAUTH_CLIENT" || shownHolders !== "withoutClients")
    .map((one) => holderEntity(organization, one));
  return askedPage(request, holders);
}

function listUsers(request: ApiRequest, roleId: string): unknown {
  const holders = request.organization.subjects.holdersOf(roleId);
  const users = holders.filter(({ type }) => type === "PC_USER").map(userReference);
  const { entities, pageSize, pageNumber, total, pageCount } = askedPage(request, users);
  return { entities, pageSize, pageNumber, total, pageCount }; // the one list of roles whose envelope has no links
}

/** `PUT /authorization/roles/{id}/users/add` and `…/remove`: people get or lose the role in the home division. */
function changeUsers(
  { organization, caller, body }: ApiRequest,
  roleId: string,
  isAdded: boolean,
): readonly string[] {
  const pair = { roleId, divisionId: organization.divisions.home().id };
  const ids = requiredTexts(body);
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
  endpoint("GET", rolesPath, "authorization:role:view", listRoles),
  endpoint("POST", rolesPath, "authorization:role:add", (request) => {
    const version = readRoleRequest(request.body, request.organization.store.switches);
    const defaultRoleId = optionalText(bodyObject(request.body), "defaultRoleId");
    return written(request, request.organization.roles.create(version, defaultRoleId));
  }),
  endpoint("POST", `${rolesPath}/default`, "authorization:role:edit", (request) => restored(request)),
  endpoint("PUT", `${rolesPath}/default`, "authorization:role:edit", (request) =>
    restored(request, readRoleIds(request.body)),
  ),
  endpoint("GET", `${rolesPath}/settings`, undefined, () => ({
    backfillEnabled: false,
    authorizationGrantDivisionAware: false,
    selfUri: `${apiPrefix}${rolesPath}/settings`,
  })),
  endpoint("GET", rolePath, "authorization:role:view", (request, roleId) =>
    roleEntity(request.organization, request.organization.roles.get(roleId), {
      userCount: isUserCountShown(request),
      unusedPermissions: list(request.query, "expand").includes("unusedPermissions"),
    }),
  ),
  endpoint("PUT", rolePath, "authorization:role:edit", (request, roleId) => {
    const version = readRoleRequest(request.body, request.organization.store.switches);
    return written(request, request.organization.roles.replace(roleId, version));
  }),
  // Documented only for the flag roleNeedsUpdate: it changes nothing else.
  endpoint("PATCH", rolePath, "authorization:role:edit", (request, roleId) =>
    written(request, request.organization.roles.require(roleId)),
  ),
  endpoint("DELETE", rolePath, "authorization:role:delete", ({ organization }, roleId) => {
    organization.subjects.deleteRole(roleId);
    return new NoBody(organization.store.switches.deleteStatus);
  }),
  endpoint("POST", rolePath, "authorization:grant:add", grantInBulk),
  endpoint("GET", `${rolePath}/subjectgrants`, "authorization:role:view", listHolders),
  endpoint("GET", `${rolePath}/users`, undefined, listUsers),
  endpoint("PUT", `${rolePath}/users/add`, "authorization:grant:add", (request, roleId) =>
    changeUsers(request, roleId, true),
  ),
  endpoint("PUT", `${rolePath}/users/remove`, "authorization:grant:delete", (request, roleId) =>
    changeUsers(request, roleId, false),
  ),
];
