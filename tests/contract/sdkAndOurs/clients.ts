// OAuth clients, by the SDK and by our client.
import platformClient from "purecloud-platform-client-v2";

import { OAuthClients } from "../../../genesys/oauthClients";
import { employeeRoleId, homeDivisionId } from "../../../sandbox/genesys/seed";
import type { ComparedArea } from "./comparedArea";

const oauth = new platformClient.OAuthApi();

const roleDivisions = [{ roleId: employeeRoleId, divisionId: homeDivisionId }];
const clientRequest = {
  name: "nightly-report",
  description: "Nightly report",
  authorizedGrantType: "CLIENT-CREDENTIALS",
  accessTokenValiditySeconds: 3600,
  roleDivisions,
  state: "active",
} as const;
const inactive = { ...clientRequest, state: "inactive" } as const;

export const clientAreas: readonly ComparedArea[] = [
  {
    name: "a client's life",
    requests: [
      "POST /api/v2/oauth/clients",
      "GET /api/v2/oauth/clients",
      "GET /api/v2/oauth/clients/{id}",
      "POST /api/v2/oauth/clients/{id}/secret",
      "PUT /api/v2/oauth/clients/{id}",
      "DELETE /api/v2/oauth/clients/{id}",
    ],
    bySdk: async () => {
      const created = await oauth.postOauthClients(structuredClone(clientRequest));
      const id = created.id!;
      const seen = [
        created,
        await oauth.getOauthClient(id),
        await oauth.postOauthClientSecret(id),
        (await oauth.getOauthClients()).entities,
        await oauth.putOauthClient(id, structuredClone(inactive)),
      ];
      await oauth.deleteOauthClient(id);
      return seen;
    },
    byOurs: async (client) => {
      const clients = new OAuthClients(client);
      const created = await clients.create(clientRequest);
      const seen = [
        created,
        await clients.get(created.id),
        await clients.regenerateSecret(created.id),
        await clients.list(),
        await clients.update(created.id, inactive),
      ];
      await clients.delete(created.id);
      return seen;
    },
  },
];
