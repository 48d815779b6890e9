// Endpoints about the caller and its organisation: /tokens/me, /organizations.
import { httpStatus } from "../server/httpStatus";
import { apiPrefix, type ApiRequest, type ApiRoute, endpoint, NoBody } from "./apiRoute";
import { clientCore, type Entity } from "./entities";
import { found } from "./simulatorError";
import { type Switches } from "./switches";

/** Bytes a request body may have. Source: Genesys's limits page. */
export const maximumBodyBytes = 512_000;

/** Redirect URIs of a client. */
const maximumRedirectUris = 125;

function organizationReference({ organization }: ApiRequest): Entity {
  return { id: organization.id, name: organization.name };
}

/** The caller's token, with the roles that count by now. The key `OAuthClient` is spelt as on the real API. */
function tokenInfo(request: ApiRequest): Entity {
  const { organization, caller } = request;
  const owner = organizationReference(request);
  // A token can outlive its client (switch tokenSurvives.delete): the client is then looked up among the deleted.
  const client = found(
    organization.store.state.clients.find((one) => one.id === caller.clientId),
    `OAuth client ${caller.clientId}`,
  );
  return {
    organization: owner,
    homeOrganization: owner,
    authorizedScope: [],
    OAuthClient: {
      ...clientCore(client, client.version),
      roleDivisions: organization.grants.pairsOfCaller(caller),
      organization: owner,
    },
  };
}

function organizationEntity({ organization }: ApiRequest): Entity {
  return {
    id: organization.id,
    name: organization.name,
    defaultLanguage: "en-US",
    defaultCountryCode: "IE",
    thirdPartyOrgName: organization.name.toLowerCase().replace(/[^a-z0-9]+/g, "-"),
    domain: organization.name.toLowerCase().replace(/[^a-z0-9]+/g, "-"),
    version: 1,
    state: "active",
    voicemailEnabled: false,
    productPlatform: "PureCloud",
    features: { realtimeCIC: false, purecloud: true, contactCenter: true, directory: true },
    selfUri: `${apiPrefix}/organizations/me`,
  };
}

/** Limits that the simulator enforces, by Genesys's names where a name is known. */
function limitsOf(switches: Switches): Readonly<Record<string, Readonly<Record<string, number | null>>>> {
  const perMinute = switches.requestsPerMinutePerToken;
  return {
    // Which key is that of OAuth clients is not known: this one is made up. The other one only sounds like it.
    "auth.api": {
      "simulated.oauth.clients.max": switches.maximumClients,
      "client.redirect.uris.max": maximumRedirectUris,
    },
    authorization: { "org.roles.max": switches.maximumRoles },
    integrations: {},
    "platform.api": {
      "client.credentials.token.rate.per.minute": perMinute,
      "token.rate.per.minute": perMinute,
      "request.bytes.max": maximumBodyBytes,
    },
  };
}

function namespaceLimits({ organization }: ApiRequest, namespace: string): Entity {
  const limits = found(limitsOf(organization.store.switches)[namespace], `namespace ${namespace}`);
  return {
    entities: Object.entries(limits)
      .filter(([, value]) => value !== null)
      .map(([key, value]) => ({ key, namespace, value })),
  };
}

/** The endpoints. None needs a permission. */
export const organizationRoutes: readonly ApiRoute[] = [
  endpoint("GET", "/tokens/me", undefined, tokenInfo),
  endpoint("HEAD", "/tokens/me", undefined, () => new NoBody(httpStatus.ok)),
  endpoint("DELETE", "/tokens/me", undefined, ({ organization, caller }) => {
    organization.tokens.revoke(caller.token);
    return new NoBody(httpStatus.ok);
  }),
  endpoint("GET", "/organizations/me", undefined, organizationEntity),
  endpoint("GET", "/organizations/limits/namespaces", undefined, ({ organization }) => ({
    entities: Object.keys(limitsOf(organization.store.switches)),
  })),
  endpoint("GET", "/organizations/limits/namespaces/:namespaceName", undefined, namespaceLimits),
];
