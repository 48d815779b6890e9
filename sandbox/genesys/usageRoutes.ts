// Endpoints of usage: /oauth/clients/{id}/usage, the former ones, and the jobs of /usage.
import { apiPrefix, type ApiRoute, endpoint } from "./apiRoute";
import { type Entity } from "./entities";

const formerPath = "/oauth/clients/:clientId/usage";
const organizationJobs = "/usage/aggregates/query/jobs";
const clientJobs = "/usage/client/:clientId/aggregates/query/jobs";

const formerPermissions = ["oauth:client:view", "usage:client:view"];
const organizationPermission = "usage:organization:view";
const clientPermission = "usage:client:view";

function queryStarted(execution: { readonly id: string; readonly clientId: string }): Entity {
  return {
    executionId: execution.id,
    resultsUri: `${apiPrefix}/oauth/clients/${execution.clientId}/usage/query/results/${execution.id}`,
  };
}

function jobStarted(id: string, path: string): Entity {
  const uri = `${path}/${id}`;
  return { id, resultsUri: uri, selfUri: uri };
}

/** The endpoints. */
export const usageRoutes: readonly ApiRoute[] = [
  endpoint("GET", `${formerPath}/summary`, formerPermissions, ({ organization, query: { days } }, clientId) =>
    queryStarted(organization.usage.startSummary(clientId, typeof days === "string" ? days : undefined)),
  ),
  endpoint("POST", `${formerPath}/query`, formerPermissions, ({ organization, body }, clientId) =>
    queryStarted(organization.usage.startQuery(clientId, body)),
  ),
  endpoint(
    "GET",
    `${formerPath}/query/results/:executionId`,
    formerPermissions,
    ({ organization }, clientId, executionId) => organization.usage.poll(clientId, executionId),
  ),
  endpoint("POST", organizationJobs, organizationPermission, ({ organization, body, path }) =>
    jobStarted(organization.usageJobs.start(undefined, body).id, path),
  ),
  endpoint(
    "GET",
    `${organizationJobs}/:jobId`,
    organizationPermission,
    ({ organization, path, query }, jobId) => organization.usageJobs.poll(undefined, jobId, path, query),
  ),
  endpoint("POST", clientJobs, clientPermission, ({ organization, body, path }, clientId) =>
    jobStarted(organization.usageJobs.start(clientId, body).id, path),
  ),
  endpoint(
    "GET",
    `${clientJobs}/:jobId`,
    clientPermission,
    ({ organization, path, query }, clientId, jobId) =>
      organization.usageJobs.poll(clientId, jobId, path, query),
  ),
];
