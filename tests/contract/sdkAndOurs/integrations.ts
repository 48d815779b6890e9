// Integration credentials, by the SDK and by our client.
import platformClient from "purecloud-platform-client-v2";

import { IntegrationCredentials } from "../../../genesys/integrationCredentials";
import type { ComparedArea } from "./comparedArea";

const integrations = new platformClient.IntegrationsApi();

const request = {
  name: "crm",
  type: { name: "pureCloudOAuthClient" },
  credentialFields: { clientId: "an-id", clientSecret: "canary-integration-secret" },
};

export const integrationAreas: readonly ComparedArea[] = [
  {
    name: "an integration credential's life",
    requests: [
      "POST /api/v2/integrations/credentials",
      "GET /api/v2/integrations/credentials/{id}",
      "GET /api/v2/integrations/credentials/listing",
      "PUT /api/v2/integrations/credentials/{id}",
      "DELETE /api/v2/integrations/credentials/{id}",
    ],
    bySdk: async () => {
      const created = await integrations.postIntegrationsCredentials({ body: request });
      const id = created.id!;
      const seen = [
        created,
        await integrations.getIntegrationsCredential(id),
        (await integrations.getIntegrationsCredentialsListing({ pageSize: "200" })).entities,
        await integrations.putIntegrationsCredential(id, { body: { ...request, name: "crm-2" } }),
      ];
      await integrations.deleteIntegrationsCredential(id);
      return seen;
    },
    byOurs: async (client) => {
      const credentials = new IntegrationCredentials(client);
      const created = await credentials.create(request);
      const seen = [
        created,
        await credentials.get(created.id),
        await credentials.list(),
        await credentials.update(created.id, { ...request, name: "crm-2" }),
      ];
      await credentials.delete(created.id);
      return seen;
    },
  },
];
