// Endpoints that describe what can be granted: permissions, divisions, products.
import { apiPrefix, type ApiRequest, type ApiRoute, parameter } from "./apiRoute";
import { divisionEntity } from "./entities";
import { askedPage } from "./page";
import { collectionsOf, type PermissionCollection } from "./permissionCatalogue";
import { fitsName, list, single } from "./queryParameters";
import { badRequest } from "./simulatorError";

const permissionsPath = "/authorization/permissions";
const divisionsPath = "/authorization/divisions";

/** Genesys's default limit of divisions. */
const divisionLimit = 70;

/** Products of the sandbox organisation. */
const products = ["genesysCloud3"];

function askedCollections({ organization, query }: ApiRequest): readonly PermissionCollection[] {
  const { catalogue } = organization.roles;
  const asked = list(query, "query");
  const queryType = single(query, "queryType");
  if (queryType !== undefined && queryType !== "domain" && queryType !== "permission") {
    throw badRequest(
      "invalid.query.param.value",
      `Value [${queryType}] is not valid for the query parameter queryType.`,
    );
  }
  if (asked.length === 0) {
    return collectionsOf(catalogue);
  }
  return collectionsOf(
    catalogue.filter((one) =>
      queryType === "permission"
        ? asked.includes(`${one.domain}:${one.entityType}:${one.action}`)
        : asked.includes(one.domain),
    ),
  ).map((collection) => ({
    ...collection,
    selfUri: `${apiPrefix}${permissionsPath}?queryType=domain&query=${collection.domain}`,
  }));
}

/** The endpoints. */
export const catalogueRoutes: readonly ApiRoute[] = [
  {
    method: "GET",
    path: permissionsPath,
    handle: (request) =>
      askedPage(
        askedCollections(request),
        `${apiPrefix}${permissionsPath}`,
        request.query,
        request.organization.store.switches,
      ),
  },
  {
    method: "GET",
    path: divisionsPath,
    handle: ({ organization, query }) => {
      const ids = list(query, "id");
      const name = single(query, "name");
      const divisions = organization.divisions
        .list()
        .filter((one) => fitsName(one.name, name) && (ids.length === 0 || ids.includes(one.id)))
        .map(divisionEntity);
      return askedPage(divisions, `${apiPrefix}${divisionsPath}`, query, organization.store.switches);
    },
  },
  {
    method: "GET",
    path: `${divisionsPath}/home`,
    handle: ({ organization }) => divisionEntity(organization.divisions.home()),
  },
  { method: "GET", path: `${divisionsPath}/limit`, handle: () => divisionLimit },
  {
    method: "GET",
    path: `${divisionsPath}/:divisionId`,
    handle: (request) => divisionEntity(request.organization.divisions.get(parameter(request, "divisionId"))),
  },
  {
    method: "GET",
    path: "/authorization/products",
    handle: () => ({
      entities: products.map((id) => ({ id })),
      total: products.length,
      pageSize: products.length,
      pageNumber: 1,
      pageCount: 1,
    }),
  },
];
