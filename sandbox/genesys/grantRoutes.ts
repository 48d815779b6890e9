// Endpoints of grants: /authorization/subjects.
import { type ApiRequest, type ApiRoute, endpoint, NoBody } from "./apiRoute";
import { bodyObject, optionalRoleDivisions } from "./bodyFields";
import { type Entity, subjectEntity } from "./entities";
import { list, single, subjectTypeOf } from "./queryParameters";
import { badRequest } from "./simulatorError";
import { type RoleDivision } from "./state";

const subjectPath = "/authorization/subjects/:subjectId";
const grantPath = `${subjectPath}/divisions/:divisionId/roles/:roleId`;

const addPermission = "authorization:grant:add";
const deletePermission = "authorization:grant:delete";

function askedPairs(request: ApiRequest): RoleDivision[] {
  const pairs = optionalRoleDivisions(bodyObject(request.body), "grants");
  if (pairs === undefined) {
    throw badRequest("constraint.validation", 'The field "grants" is required.');
  }
  return pairs;
}

function done(request: ApiRequest): NoBody {
  return new NoBody(request.organization.store.switches.bulkStatus);
}

function show(request: ApiRequest, subjectId: string): Entity {
  const { organization, query } = request;
  const { grantPolicies } = organization.store.switches;
  const isAsked = single(query, "includeFullRoles") === "true";
  const showsPolicies = grantPolicies === "always" || (grantPolicies === "whenAsked" && isAsked);
  return subjectEntity(organization, organization.subjects.get(subjectId), showsPolicies);
}

/** The endpoints. */
export const grantRoutes: readonly ApiRoute[] = [
  endpoint("GET", "/authorization/subjects/me", undefined, (request) =>
    show(request, request.caller.clientId),
  ),
  endpoint("GET", "/authorization/subjects/rolecounts", "authorization:grant:view", (request) => {
    const { grants } = request.organization;
    const count = (id: string): number => new Set(grants.of(id, "subject").map((one) => one.roleId)).size;
    return Object.fromEntries(list(request.query, "id").map((id) => [id, count(id)]));
  }),
  endpoint("GET", subjectPath, "authorization:grant:view", show),
  endpoint("POST", `${subjectPath}/bulkadd`, addPermission, (request, id) => {
    const { organization, caller } = request;
    organization.subjects.add(caller, id, subjectTypeOf(request.query), askedPairs(request));
    return done(request);
  }),
  endpoint(
    "POST",
    `${subjectPath}/bulkreplace`,
    addPermission,
    (request, id) => {
      const { organization, caller } = request;
      organization.subjects.replace(caller, id, subjectTypeOf(request.query), askedPairs(request));
      return done(request);
    },
    deletePermission,
  ),
  endpoint("POST", `${subjectPath}/bulkremove`, deletePermission, (request, id) => {
    request.organization.subjects.remove(id, askedPairs(request));
    return done(request);
  }),
  endpoint("POST", grantPath, addPermission, (request, id, divisionId, roleId) => {
    const { organization, caller } = request;
    organization.subjects.add(caller, id, subjectTypeOf(request.query), [{ roleId, divisionId }]);
    return done(request);
  }),
  endpoint("DELETE", grantPath, deletePermission, (request, id, divisionId, roleId) => {
    request.organization.subjects.remove(id, [{ roleId, divisionId }]);
    return done(request);
  }),
];
