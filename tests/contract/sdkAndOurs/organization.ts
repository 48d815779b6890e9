// Whose token it is, and what its organisation may have, by the SDK and by our client.
import platformClient from "purecloud-platform-client-v2";

import { Identity } from "../../../genesys/identity";
import { Limits } from "../../../genesys/limits";
import { organizationSchema } from "../../../genesys/wire";
import type { ComparedArea } from "./comparedArea";

const tokens = new platformClient.TokensApi();
const organizations = new platformClient.OrganizationApi();

export const organizationAreas: readonly ComparedArea[] = [
  {
    name: "whose token it is",
    requests: ["GET /api/v2/tokens/me"],
    bySdk: async () => {
      const { organization, OAuthClient: owner } = await tokens.getTokensMe();
      return {
        clientId: owner!.id,
        clientName: owner!.name,
        authorizedGrantType: owner!.authorizedGrantType,
        organizationId: organization!.id,
        organizationName: organization!.name,
        roleDivisions: owner!.roleDivisions,
      };
    },
    byOurs: (client) => new Identity(client).read(),
  },
  {
    name: "the organisation",
    requests: ["GET /api/v2/organizations/me"],
    bySdk: () => organizations.getOrganizationsMe(),
    // Asked for only where the token does not tell the organisation.
    byOurs: (client) =>
      client.request({ method: "GET", path: "/api/v2/organizations/me" }, organizationSchema),
  },
  {
    name: "its limits",
    requests: ["GET /api/v2/organizations/limits/namespaces/auth.api"],
    prepare: (organization) => {
      organization.setSwitches({ maximumClients: 50 });
    },
    bySdk: async () => (await organizations.getOrganizationsLimitsNamespace("auth.api")).entities,
    byOurs: (client) => new Limits(client).of("auth.api"),
  },
];
