// Endpoints of OAuth clients: /oauth/clients and /oauth/scopes.
import { apiPrefix, type ApiRequest, type ApiRoute, endpoint, NoBody } from "./apiRoute";
import { clientEntity, type Entity } from "./entities";
import { cutPage, wholePage } from "./page";
import { positiveInteger } from "./queryParameters";
import { type StoredClient } from "./state";

const clientsPath = "/oauth/clients";
const clientPath = "/oauth/clients/:clientId";

/** Scopes of user grants, for completeness: a client-credentials token is ruled by its roles alone. */
const scopes: Readonly<Record<string, string>> = {
  authorization: "Manage roles, divisions and grants",
  "authorization:readonly": "View roles, divisions and grants",
  integrations: "Manage integrations",
  "integrations:readonly": "View integrations",
  oauth: "Manage OAuth clients",
  "oauth:readonly": "View OAuth clients",
  "user-basic-info": "View the name and the organisation of the user",
};

/** The client as the caller of a write sees it, whatever late readers see. */
function written({ organization }: ApiRequest, client: StoredClient): Entity {
  return clientEntity(organization, { client, ...organization.clients.current(client), isDeleted: false });
}

function list({ organization, path, query }: ApiRequest): unknown {
  const clients = organization.clients.list().map((shown) => clientEntity(organization, shown));
  const pageSize = organization.store.switches.clientListPageSize;
  // The real list takes no parameters. With a page size of its own it follows pageNumber, which nextUri carries.
  return pageSize === null
    ? wholePage(clients, path)
    : cutPage(clients, path, {}, pageSize, positiveInteger(query, "pageNumber", 1));
}

/** The endpoints. */
export const clientRoutes: readonly ApiRoute[] = [
  endpoint("GET", clientsPath, "oauth:client:view", list),
  endpoint("POST", clientsPath, "oauth:client:add", (request) => {
    const client = request.organization.clients.create(request.caller, request.body);
    return { ...written(request, client), secret: client.secret };
  }),
  endpoint("GET", clientPath, "oauth:client:view", ({ organization }, clientId) =>
    clientEntity(organization, organization.clients.get(clientId)),
  ),
  endpoint("PUT", clientPath, "oauth:client:edit", (request, clientId) =>
    written(request, request.organization.clients.replace(request.caller, clientId, request.body)),
  ),
  endpoint("DELETE", clientPath, "oauth:client:delete", ({ organization }, clientId) => {
    organization.clients.delete(clientId);
    return new NoBody(organization.store.switches.deleteStatus);
  }),
  endpoint("POST", `${clientPath}/secret`, "oauth:client:edit", (request, clientId) => {
    const client = request.organization.clients.resetSecret(request.caller, clientId);
    return { ...written(request, client), secret: client.secret };
  }),
  endpoint("GET", "/oauth/scopes", undefined, () => ({
    total: Object.keys(scopes).length,
    entities: Object.entries(scopes).map(([id, description]) => ({
      id,
      description,
      selfUri: `${apiPrefix}/oauth/scopes/${id}`,
    })),
    selfUri: `${apiPrefix}/oauth/scopes`,
  })),
];
