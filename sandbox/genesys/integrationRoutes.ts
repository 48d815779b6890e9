// Endpoints of integration credentials: /integrations/credentials.
import { apiPrefix, type ApiRoute, NoBody, parameter } from "./apiRoute";
import { credentialEntity, credentialInfoEntity } from "./entities";
import { credentialTypes } from "./integrationCredentials";
import { askedPage } from "./page";
import { positiveInteger, single } from "./queryParameters";
import { badRequest } from "./simulatorError";

const credentialsPath = "/integrations/credentials";
const credentialPath = "/integrations/credentials/:credentialId";
const viewPermission = "integrations:integration:view";

/** Credentials on a page of the listing when the caller asks for no size. */
const usualPageSize = 100;

/** The largest page of the listing. Source: API description. */
const largestListingPage = 200;

/** The endpoints. */
export const integrationRoutes: readonly ApiRoute[] = [
  {
    method: "GET",
    path: credentialsPath,
    permission: viewPermission,
    handle: ({ organization, query }) =>
      askedPage(
        organization.integrationCredentials.list().map(credentialInfoEntity),
        `${apiPrefix}${credentialsPath}`,
        query,
        organization.store.switches,
      ),
  },
  {
    method: "GET",
    path: `${credentialsPath}/listing`,
    permission: viewPermission,
    handle: ({ organization, query }) => {
      // The cursor is the id of the last credential that was shown.
      const all = organization.integrationCredentials.list();
      const after = single(query, "after");
      const start = after === undefined ? 0 : all.findIndex((one) => one.id === after) + 1;
      const pageSize = positiveInteger(query, "pageSize", usualPageSize);
      if (pageSize > largestListingPage) {
        const text = `Value [${pageSize}] is not valid for the query parameter pageSize.`;
        throw badRequest("invalid.query.param.value", text);
      }
      const shown = all.slice(start, start + pageSize);
      const last = shown[shown.length - 1];
      const hasMore = last !== undefined && start + pageSize < all.length;
      const path = `${apiPrefix}${credentialsPath}/listing?pageSize=${pageSize}`;
      return {
        entities: shown.map(credentialInfoEntity),
        selfUri: path,
        ...(hasMore ? { nextUri: `${path}&after=${last.id}` } : {}),
      };
    },
  },
  {
    method: "GET",
    path: `${credentialsPath}/types`,
    permission: viewPermission,
    handle: () =>
      credentialTypes.map(({ name, required, secret }) => {
        const fields = [...new Set([...required, ...secret])];
        return {
          id: name,
          name,
          properties: Object.fromEntries(fields.map((field) => [field, { type: "string" }])),
          displayOrder: fields,
          required,
        };
      }),
  },
  {
    method: "POST",
    path: credentialsPath,
    permission: "integrations:integration:add",
    handle: ({ organization, body }) =>
      credentialInfoEntity(organization.integrationCredentials.create(body)),
  },
  {
    method: "GET",
    path: credentialPath,
    permission: viewPermission,
    handle: (request) =>
      credentialEntity(
        request.organization,
        request.organization.integrationCredentials.get(parameter(request, "credentialId")),
      ),
  },
  {
    method: "PUT",
    path: credentialPath,
    permission: "integrations:integration:edit",
    handle: (request) =>
      credentialInfoEntity(
        request.organization.integrationCredentials.replace(parameter(request, "credentialId"), request.body),
      ),
  },
  {
    method: "DELETE",
    path: credentialPath,
    permission: "integrations:integration:delete",
    handle: (request) => {
      request.organization.integrationCredentials.delete(parameter(request, "credentialId"));
      return new NoBody(request.organization.store.switches.deleteStatus);
    },
  },
];
