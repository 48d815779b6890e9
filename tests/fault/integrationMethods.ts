// The rows of the matrix about integration credentials.
import { integrationInputs } from "../providerWorld";
import { deleteIntegration, refreshIntegration, upIntegration } from "./engine";
import { held, identity, main, type MatrixMethod, token } from "./methods";

const integration = integrationInputs();
const movedIntegration = integrationInputs({
  clientId: "c1000000-0000-4000-8000-00000000000d",
  clientSecret: "canary-secret-of-the-next-client",
});
const listingPath = "/integrations/credentials/listing";
const integrationPath = "/integrations/credentials/(?!listing)[^/?]+$";

/** In the order of the table. */
export const integrationMethods: readonly MatrixMethod[] = [
  {
    name: "IntegrationCredential create",
    before: {},
    declared: { integration },
    step: (run, state) => upIntegration(run, state, integration),
    requests: [
      token,
      identity,
      held,
      { label: "list", method: "GET", path: listingPath },
      main("POST", "POST", "/integrations/credentials$"),
      { label: "comparing GET", method: "GET", path: integrationPath },
    ],
  },
  {
    name: "IntegrationCredential read",
    before: { integration },
    declared: { integration },
    step: refreshIntegration,
    requests: [token, identity, main("GET", "GET", integrationPath)],
  },
  {
    name: "IntegrationCredential update, as by a rotation",
    before: { integration },
    declared: { integration: movedIntegration },
    step: (run, state) => upIntegration(run, state, movedIntegration),
    requests: [
      token,
      identity,
      main("PUT", "PUT", integrationPath),
      { label: "comparing GET", method: "GET", path: integrationPath },
    ],
  },
  {
    name: "IntegrationCredential delete",
    before: { integration },
    declared: {},
    step: deleteIntegration,
    requests: [
      token,
      identity,
      held,
      { label: "GET", method: "GET", path: integrationPath },
      { ...main("DELETE", "DELETE", integrationPath), isBodiless: true },
      { label: "confirming GET", method: "GET", path: integrationPath, skip: 1 },
    ],
  },
  {
    name: "IntegrationCredential check",
    before: {},
    declared: {},
    step: async (run) => {
      await run.integrationCredentials.check({}, { ...integration });
    },
    requests: [token, identity, held, main("list", "GET", listingPath)],
  },
  {
    name: "IntegrationCredential check of another pair",
    before: { integration },
    declared: { integration },
    step: async (run) => {
      await run.integrationCredentials.check({ ...integration }, { ...movedIntegration });
    },
    requests: [],
  },
];
