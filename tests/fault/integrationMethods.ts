// The rows of the matrix about integration credentials.
import { integrationInputs, type ProviderWorld } from "../providerWorld";
import { integrationPairs, storeIntegrationPairs } from "../storedSecrets";
import { deleteIntegration, refreshIntegration, upIntegration } from "./engine";
import { held, identity, main, type MatrixMethod, token } from "./matrixMethod";

const integration = integrationInputs();
const { clientId, versionId } = integrationPairs[1];
const movedIntegration = integrationInputs({ clientId, versionId });
const prepare = ({ secretsManager }: ProviderWorld): void => {
  storeIntegrationPairs(secretsManager);
};
/** How the pair is read. */
const awsRequests = [{ operation: "GetSecretValue", isMain: true }] as const;
const listingPath = "/integrations/credentials/listing";
const integrationPath = "/integrations/credentials/(?!listing)[^/?]+$";

/** In the order of the table. */
export const integrationMethods: readonly MatrixMethod[] = [
  {
    name: "IntegrationCredential create",
    prepare,
    before: {},
    declared: { integration },
    step: (run, state) => upIntegration(run, state, integration),
    awsRequests,
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
    prepare,
    before: { integration },
    declared: { integration },
    step: refreshIntegration,
    requests: [token, identity, main("GET", "GET", integrationPath)],
  },
  {
    name: "IntegrationCredential update, as by a rotation",
    prepare,
    before: { integration },
    declared: { integration: movedIntegration },
    step: (run, state) => upIntegration(run, state, movedIntegration),
    awsRequests,
    requests: [
      token,
      identity,
      main("PUT", "PUT", integrationPath),
      { label: "comparing GET", method: "GET", path: integrationPath },
    ],
  },
  {
    name: "IntegrationCredential delete",
    prepare,
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
    prepare,
    before: {},
    declared: {},
    step: async (run) => {
      await run.integrationCredentials.check({}, { ...integration });
    },
    requests: [token, identity, held, main("list", "GET", listingPath)],
  },
  {
    name: "IntegrationCredential check of another pair",
    prepare,
    before: { integration },
    declared: { integration },
    step: async (run) => {
      await run.integrationCredentials.check({ ...integration }, { ...movedIntegration });
    },
    requests: [],
  },
];
