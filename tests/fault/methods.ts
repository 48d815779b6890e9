// The rows of the matrix about OAuth clients and roles.
import { inputsOf } from "../../providers/oauthClient/record";
import { clientInputs, recordedClient, roleInputs } from "../providerWorld";
import {
  type Declared,
  deleteClient,
  deleteRole,
  refreshClient,
  refreshRole,
  upClient,
  upRole,
} from "./engine";
import { held, identity, main, type MatrixMethod, type StruckRequest, token } from "./matrixMethod";

const role = roleInputs();
const client = clientInputs();
const changedRole = roleInputs({
  description: "Reads reports and queues",
  permissionPolicies: [{ domain: "routing", entityName: "queue", actionSet: ["add", "view"] }],
  deployerDivisions: ["Sales"],
});
const changedClient = clientInputs({ name: "nightly-report-renamed", accessTokenValiditySeconds: 600 });
const keptClient = (generation: number) =>
  clientInputs({ generation, rotation: { clients: "keep", generation: Math.max(1, generation) } });
const both: Declared = { role, client };

const catalogue: StruckRequest = { label: "catalogue", method: "GET", path: "/authorization/permissions\\?" };
const home: StruckRequest = { label: "home division", method: "GET", path: "/divisions/home$" };
const clientPath = "^/api/v2/oauth/clients/[^/]+$";
const rolePath = "^/api/v2/authorization/roles/[^/]+$";
const bulkAdd: StruckRequest = { label: "bulkadd", method: "POST", path: "/bulkadd", isBodiless: true };
const bulkRemove: StruckRequest = {
  label: "bulkremove",
  method: "POST",
  path: "/bulkremove",
  isBodiless: true,
};

const oauthClientMethods: readonly MatrixMethod[] = [
  {
    name: "OAuthClient create",
    before: { role },
    declared: both,
    step: (run, state) => upClient(run, state, client),
    requests: [
      token,
      identity,
      { label: "role by name", method: "GET", path: "/authorization/roles\\?.*name=" },
      held,
      home,
      { label: "list", method: "GET", path: "^/api/v2/oauth/clients$" },
      main("POST", "POST", "^/api/v2/oauth/clients$"),
    ],
  },
  {
    name: "OAuthClient read",
    before: both,
    declared: both,
    step: refreshClient,
    requests: [token, identity, main("GET", "GET", clientPath)],
  },
  {
    name: "OAuthClient update",
    before: both,
    declared: { role, client: changedClient },
    step: (run, state) => upClient(run, state, changedClient),
    requests: [token, identity, held, main("PUT", "PUT", clientPath)],
  },
  {
    name: "OAuthClient update by a rotation that keeps it",
    before: { role, client: keptClient(0) },
    declared: { role, client: keptClient(2) },
    step: (run, state) => upClient(run, state, keptClient(2)),
    requests: [],
  },
  {
    name: "OAuthClient delete",
    before: both,
    declared: { role },
    step: deleteClient,
    requests: [
      token,
      identity,
      held,
      { label: "PUT inactive", method: "PUT", path: clientPath },
      { ...main("DELETE", "DELETE", clientPath), isBodiless: true },
      { label: "confirming GET", method: "GET", path: clientPath },
    ],
  },
];

const roleMethods: readonly MatrixMethod[] = [
  {
    name: "Role create",
    before: {},
    declared: { role },
    step: (run, state) => upRole(run, state, role),
    requests: [
      token,
      identity,
      catalogue,
      held,
      { label: "list", method: "GET", path: "^/api/v2/authorization/roles\\?" },
      main("POST", "POST", "^/api/v2/authorization/roles$"),
      home,
      bulkAdd,
    ],
  },
  {
    name: "Role read",
    before: { role },
    declared: { role },
    step: refreshRole,
    requests: [token, identity, main("GET", "GET", rolePath)],
  },
  {
    name: "Role update",
    before: both,
    declared: { role: changedRole, client },
    step: (run, state) => upRole(run, state, changedRole),
    requests: [
      token,
      identity,
      catalogue,
      held,
      main("PUT", "PUT", rolePath),
      { label: "divisions", method: "GET", path: "/authorization/divisions\\?" },
      bulkAdd,
      bulkRemove,
    ],
  },
  {
    name: "Role delete",
    before: { role },
    declared: {},
    step: deleteRole,
    requests: [
      token,
      identity,
      held,
      bulkRemove,
      { ...main("DELETE", "DELETE", rolePath), isBodiless: true },
      { label: "confirming GET", method: "GET", path: rolePath },
    ],
  },
];

/** `check` asks only about what is new; `diff` sends nothing: whatever is wrong with Genesys, a preview of the known works. */
const previewMethods: readonly MatrixMethod[] = [
  {
    name: "OAuthClient check",
    before: { role },
    declared: { role },
    step: async (run) => {
      await run.oauthClients.check({}, { ...client });
    },
    requests: [token, identity, main("role by name", "GET", "/authorization/roles\\?.*name="), held],
  },
  {
    name: "OAuthClient check of known names",
    before: both,
    declared: both,
    step: async (run) => {
      await run.oauthClients.check({ ...client }, { ...client });
    },
    requests: [],
  },
  {
    name: "OAuthClient diff",
    before: both,
    declared: both,
    step: async (run, state) => {
      const recorded = recordedClient(state.client?.outs ?? {});
      await run.oauthClients.diff(recorded.clientId, recorded, inputsOf(recorded));
    },
    requests: [],
  },
  {
    name: "Role check",
    before: { role },
    declared: { role },
    step: async (run) => {
      await run.roles.check({ ...role }, { ...changedRole });
    },
    requests: [token, identity, catalogue, main("divisions", "GET", "/authorization/divisions\\?"), held],
  },
  {
    name: "Role check of known names",
    before: { role },
    declared: { role },
    step: async (run) => {
      await run.roles.check({ ...role }, { ...role });
    },
    requests: [],
  },
  {
    name: "Role diff",
    before: { role },
    declared: { role },
    step: async (run, state) => {
      await run.roles.diff("", state.role?.outs ?? {}, role);
    },
    requests: [],
  },
];

export const matrixMethods: readonly MatrixMethod[] = [
  ...oauthClientMethods,
  ...roleMethods,
  ...previewMethods,
];
