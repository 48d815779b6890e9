// The fence lets through what concerns the probe's own objects, and nothing else.
import type { ApiRequest } from "../../../genesys/client";
import { FenceError, requireAllowed } from "../../../probe/fence";
import { Ledger } from "../../../probe/ledger";
import { nameOf } from "../../../probe/mark";

const runId = "0123456789ab";
const deployerId = "deployer-1";
const own = { client: "client-1", role: "role-1", credential: "credential-1" };
const strange = "stranger-1";
const marked = { name: nameOf(runId, "made") };
const clients = "/api/v2/oauth/clients";
const roles = "/api/v2/authorization/roles";
const credentials = "/api/v2/integrations/credentials";
const subjects = "/api/v2/authorization/subjects";
const ofClients = { subjectType: "PC_OAUTH_CLIENT" };

function grants(...roleIds: readonly string[]) {
  return { grants: roleIds.map((roleId) => ({ roleId, divisionId: "home" })) };
}

const ledger = new Ledger(runId, deployerId);
const nobody = ledger.nobodysId;

function isAllowed(request: ApiRequest): boolean {
  ledger.add({ kind: "client", id: own.client, name: marked.name });
  ledger.add({ kind: "role", id: own.role, name: marked.name });
  ledger.add({ kind: "client", id: deployerId, name: marked.name }); // as an answer might say
  ledger.add({ kind: "integration credential", id: own.credential, name: marked.name });
  try {
    requireAllowed(request, ledger);
    return true;
  } catch (error) {
    expect(error).toBeInstanceOf(FenceError);
    return false;
  }
}

const allowed: readonly ApiRequest[] = [
  { method: "GET", path: `${clients}/${strange}` },
  { method: "POST", path: clients, body: marked },
  { method: "POST", path: roles, body: marked },
  { method: "POST", path: credentials, body: marked },
  { method: "PUT", path: `${clients}/${own.client}`, body: marked },
  { method: "DELETE", path: `${clients}/${own.client}` },
  { method: "POST", path: `${clients}/${own.client}/secret` },
  { method: "PUT", path: `${roles}/${own.role}`, body: marked },
  { method: "DELETE", path: `${credentials}/${own.credential}` },
  { method: "POST", path: `${subjects}/${own.client}/bulkadd`, query: ofClients, body: grants("any-role") },
  { method: "POST", path: `${subjects}/${deployerId}/bulkadd`, query: ofClients, body: grants(own.role) },
  { method: "POST", path: `${subjects}/${deployerId}/bulkremove`, body: grants(own.role) },
  { method: "POST", path: "/api/v2/usage/aggregates/query/jobs", body: {} },
  { method: "DELETE", path: `${clients}/${nobody}` },
  { method: "POST", path: `${subjects}/${deployerId}/bulkremove`, body: grants(nobody) },
];

const refused: readonly ApiRequest[] = [
  { method: "POST", path: clients, body: { name: "nightly-report" } },
  { method: "POST", path: clients, body: { name: nameOf("ffffffffffff", "of-another-run") } },
  { method: "POST", path: roles },
  { method: "PUT", path: `${clients}/${strange}`, body: marked },
  { method: "PUT", path: `${clients}/${deployerId}`, body: marked },
  { method: "PUT", path: `${clients}/${own.client}`, body: { name: "the mark is gone" } },
  { method: "DELETE", path: `${clients}/${strange}` },
  { method: "DELETE", path: `${clients}/${own.role}` },
  { method: "DELETE", path: `${roles}/${strange}` },
  { method: "DELETE", path: clients },
  { method: "DELETE", path: `${clients}/${deployerId}` },
  { method: "POST", path: `${clients}/${nobody}/secret` },
  { method: "POST", path: `${subjects}/${deployerId}/bulkadd`, query: ofClients, body: grants(nobody) },
  { method: "DELETE", path: `${clients}/${own.client}/secret` },
  { method: "POST", path: `${clients}/${strange}/secret` },
  { method: "POST", path: `${clients}/${deployerId}/secret` },
  { method: "POST", path: `${roles}/${own.role}`, body: { subjectIds: [strange] } },
  { method: "POST", path: `${subjects}/${strange}/bulkadd`, query: ofClients, body: grants(own.role) },
  { method: "POST", path: `${subjects}/${own.client}/bulkadd`, body: grants(own.role) },
  { method: "POST", path: `${subjects}/${deployerId}/bulkadd`, query: ofClients, body: grants("admin") },
  {
    method: "POST",
    path: `${subjects}/${deployerId}/bulkadd`,
    query: ofClients,
    body: grants(own.role, "admin"),
  },
  { method: "POST", path: `${subjects}/${deployerId}/bulkadd`, query: ofClients, body: {} },
  { method: "POST", path: `${subjects}/${deployerId}/bulkremove`, body: grants("deployers-own-role") },
  { method: "POST", path: `${subjects}/${strange}/bulkremove`, body: grants(own.role) },
  { method: "POST", path: `${subjects}/${own.client}/bulkreplace`, query: ofClients, body: grants(own.role) },
  { method: "DELETE", path: "/api/v2/tokens/me" },
  { method: "POST", path: "/api/v2/authorization/divisions", body: marked },
];

const named = (requests: readonly ApiRequest[]) =>
  requests.map(
    (request) =>
      [`${request.method} ${request.path} ${JSON.stringify(request.body ?? "")}`, request] as const,
  );

it.each(named(allowed))("%s is allowed", (_name, request) => {
  expect(isAllowed(request)).toBe(true);
});

it.each(named(refused))("%s is refused", (_name, request) => {
  expect(isAllowed(request)).toBe(false);
});
