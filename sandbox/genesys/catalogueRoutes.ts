// Endpoints that describe what can be granted: permissions, divisions, products.
import { apiPrefix, type ApiRequest, type ApiRoute, endpoint } from "./apiRoute";
import { divisionEntity } from "./entities";
import { askedPage } from "./page";
import { collectionsOf, type PermissionCollection, withLicences } from "./permissionCatalogue";
import { fitsName, invalidParameter, list, single } from "./queryParameters";

const permissionsPath = "/authorization/permissions";
const divisionsPath = "/authorization/divisions";

/** Genesys's default limit of divisions. */
const divisionLimit = 70;

/** Products of the sandbox organisation. */
const products = ["genesysCloud3"];

function askedCollections({ organization, query }: ApiRequest): readonly PermissionCollection[] {
  const { permissionLicenses } = organization.store.switches;
  const catalogue =
    permissionLicenses === "told" ? withLicences(organization.roles.catalogue) : organization.roles.catalogue;
  const asked = list(query, "query");
  const queryType = single(query, "queryType");
  if (queryType !== undefined && queryType !== "domain" && queryType !== "permission") {
    throw invalidParameter("queryType", queryType);
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
  endpoint("GET", permissionsPath, undefined, (request) => askedPage(request, askedCollections(request))),
  endpoint("GET", divisionsPath, undefined, (request) => {
    const { organization, query } = request;
    const ids = list(query, "id");
    const name = single(query, "name");
    const divisions = organization.store.state.divisions
      .filter((one) => fitsName(one.name, name) && (ids.length === 0 || ids.includes(one.id)))
      .map(divisionEntity);
    return askedPage(request, divisions);
  }),
  endpoint("GET", `${divisionsPath}/home`, undefined, ({ organization }) =>
    divisionEntity(organization.divisions.home()),
  ),
  endpoint("GET", `${divisionsPath}/limit`, undefined, () => divisionLimit),
  endpoint("GET", `${divisionsPath}/:divisionId`, undefined, ({ organization }, id) =>
    divisionEntity(organization.divisions.get(id)),
  ),
  endpoint("GET", "/authorization/products", undefined, () => ({
    entities: products.map((id) => ({ id })),
    total: products.length,
    pageSize: products.length,
    pageNumber: 1,
    pageCount: 1,
  })),
];
