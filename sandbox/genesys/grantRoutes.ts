// Endpoints of grants: /authorization/subjects.
import { type ApiRequest, type ApiRoute, NoBody, parameter } from "./apiRoute";
import { bodyObject, optionalRoleDivisions } from "./bodyFields";
import { type Entity, subjectEntity } from "./entities";
import { list, single } from "./queryParameters";
import { badRequest } from "./simulatorError";
import { type RoleDivision } from "./state";
import { Subjects } from "./subjects";

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

function pathPair(request: ApiRequest): RoleDivision {
  return { roleId: parameter(request, "roleId"), divisionId: parameter(request, "divisionId") };
}

function done(request: ApiRequest): NoBody {
  return new NoBody(request.organization.store.switches.bulkStatus);
}

function show(request: ApiRequest, subjectId: string): Entity {
  return subjectEntity(request.organization, request.organization.subjects.get(subjectId));
}

/** The endpoints. */
export const grantRoutes: readonly ApiRoute[] = [
  {
    method: "GET",
    path: "/authorization/subjects/me",
    handle: (request) => show(request, request.caller.clientId),
  },
  {
    method: "GET",
    path: "/authorization/subjects/rolecounts",
    permission: "authorization:grant:view",
    handle: (request) => {
      const { grants } = request.organization;
      const count = (id: string): number => new Set(grants.of(id, "subject").map((one) => one.roleId)).size;
      return Object.fromEntries(list(request.query, "id").map((id) => [id, count(id)]));
    },
  },
  {
    method: "GET",
    path: subjectPath,
    permission: "authorization:grant:view",
    handle: (request) => show(request, parameter(request, "subjectId")),
  },
  {
    method: "POST",
    path: `${subjectPath}/bulkadd`,
    permission: addPermission,
    handle: (request) => {
      const type = Subjects.typeOf(single(request.query, "subjectType"));
      const { organization, caller } = request;
      organization.subjects.add(caller, parameter(request, "subjectId"), type, askedPairs(request));
      return done(request);
    },
  },
  {
    method: "POST",
    path: `${subjectPath}/bulkreplace`,
    permission: addPermission,
    alsoPermission: deletePermission,
    handle: (request) => {
      const type = Subjects.typeOf(single(request.query, "subjectType"));
      const { organization, caller } = request;
      organization.subjects.replace(caller, parameter(request, "subjectId"), type, askedPairs(request));
      return done(request);
    },
  },
  {
    method: "POST",
    path: `${subjectPath}/bulkremove`,
    permission: deletePermission,
    handle: (request) => {
      request.organization.subjects.remove(parameter(request, "subjectId"), askedPairs(request));
      return done(request);
    },
  },
  {
    method: "POST",
    path: grantPath,
    permission: addPermission,
    handle: (request) => {
      const type = Subjects.typeOf(single(request.query, "subjectType"));
      const { organization, caller } = request;
      organization.subjects.add(caller, parameter(request, "subjectId"), type, [pathPair(request)]);
      return done(request);
    },
  },
  {
    method: "DELETE",
    path: grantPath,
    permission: deletePermission,
    handle: (request) => {
      request.organization.subjects.remove(parameter(request, "subjectId"), [pathPair(request)]);
      return done(request);
    },
  },
];
