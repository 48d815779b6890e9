// Endpoints of integration credentials: /integrations/credentials.
import { type ApiRoute, endpoint, NoBody } from "./apiRoute";
import { credentialEntity, credentialInfoEntity } from "./entities";
import { credentialTypes } from "./integrationCredentials";
import { askedPage } from "./page";
import { invalidParameter, positiveInteger, single } from "./queryParameters";

const credentialsPath = "/integrations/credentials";
const credentialPath = "/integrations/credentials/:credentialId";
const viewPermission = "integrations:integration:view";

/** Credentials on a page of the listing when the caller asks for no size. */
const usualPageSize = 100;

/** The largest page of the listing. Source: API description. */
const largestListingPage = 200;

/** The endpoints. */
export const integrationRoutes: readonly ApiRoute[] = [
  endpoint("GET", credentialsPath, viewPermission, (request) =>
    askedPage(request, request.organization.integrationCredentials.list().map(credentialInfoEntity)),
  ),
  endpoint("GET", `${credentialsPath}/listing`, viewPermission, ({ organization, path, query }) => {
    // The cursor is the id of the last credential that was shown.
    const all = organization.integrationCredentials.list();
    const { credentialListPages: pages } = organization.store.switches;
    const after = pages === "sameAgain" ? undefined : single(query, "after");
    const start = after === undefined ? 0 : all.findIndex((one) => one.id === after) + 1;
    const pageSize = positiveInteger(query, "pageSize", usualPageSize);
    if (pageSize > largestListingPage) {
      throw invalidParameter("pageSize", String(pageSize));
    }
    const shown = all.slice(start, start + pageSize);
    const last = shown[shown.length - 1];
    const isLinked = pages === "linked" && last !== undefined && start + pageSize < all.length;
    const selfUri = `${path}?pageSize=${pageSize}`;
    return {
      entities: shown.map(credentialInfoEntity),
      selfUri,
      ...(isLinked ? { nextUri: `${selfUri}&after=${last.id}` } : {}),
    };
  }),
  endpoint("GET", `${credentialsPath}/types`, viewPermission, () =>
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
  ),
  endpoint("POST", credentialsPath, "integrations:integration:add", ({ organization, body }) =>
    credentialInfoEntity(organization.integrationCredentials.create(body)),
  ),
  endpoint("GET", credentialPath, viewPermission, ({ organization }, id) =>
    credentialEntity(organization, organization.integrationCredentials.get(id)),
  ),
  endpoint("PUT", credentialPath, "integrations:integration:edit", ({ organization, body }, id) =>
    credentialInfoEntity(organization.integrationCredentials.replace(id, body)),
  ),
  endpoint("DELETE", credentialPath, "integrations:integration:delete", ({ organization }, id) => {
    organization.integrationCredentials.delete(id);
    return new NoBody(organization.store.switches.deleteStatus);
  }),
];
