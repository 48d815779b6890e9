// Usage by all three ways, by the SDK and by our client.
import platformClient from "purecloud-platform-client-v2";

import { Usage } from "../../../genesys/usage";
import { UsageJobs } from "../../../genesys/usageJobs";
import type { Organization } from "../../../sandbox/genesys/organization";
import { deployerClientId } from "../../../sandbox/genesys/seed";
import type { ComparedArea } from "./comparedArea";

const oauth = new platformClient.OAuthApi();
const api = new platformClient.UsageApi();

const interval = { from: "2026-10-01T00:00:00Z", to: "2026-10-31T00:00:00Z" };
const intervalText = `${interval.from}/${interval.to}`;
const day = "2026-10-30";

function withRows(organization: Organization): void {
  organization.seed({
    usageRows: [
      { clientId: deployerClientId, date: `${day}T00:00:00.000Z`, requests: 7, status200: 7 },
      { clientId: "another-client", date: `${day}T00:00:00.000Z`, requests: 5, status200: 5 },
    ],
  });
}

export const usageAreas: readonly ComparedArea[] = [
  {
    name: "one client, by the former way",
    requests: [
      "POST /api/v2/oauth/clients/{id}/usage/query",
      "GET /api/v2/oauth/clients/{id}/usage/query/results/{id}",
    ],
    prepare: withRows,
    bySdk: async () => {
      const { executionId } = await oauth.postOauthClientUsageQuery(deployerClientId, {
        interval: intervalText,
        granularity: "Day",
      });
      const { results } = await oauth.getOauthClientUsageQueryResult(executionId!, deployerClientId);
      return results!.map(({ date, requests }) => ({ date, requests }));
    },
    byOurs: async (client) => {
      const usage = new Usage(client);
      return usage.collect(deployerClientId, await usage.start(deployerClientId, interval));
    },
  },
  {
    name: "all clients, by a job",
    requests: ["POST /api/v2/usage/aggregates/query/jobs", "GET /api/v2/usage/aggregates/query/jobs/{id}"],
    prepare: withRows,
    bySdk: async () => {
      const body = { interval: intervalText, granularity: "Day", groupBy: ["OauthClientId"] };
      const { id } = await api.postUsageAggregatesQueryJobs(body);
      const { entities } = await api.getUsageAggregatesQueryJob(id, { pageSize: 1000 });
      return entities!.map(({ oauthClient, date, requestCount }) => ({
        owner: { clientId: oauthClient!.id },
        date,
        requests: requestCount,
      }));
    },
    byOurs: async (client) => {
      const jobs = new UsageJobs(client);
      return jobs.collectOfOrganization(await jobs.startOfOrganization(interval));
    },
  },
  {
    name: "one client, by a job",
    requests: [
      "POST /api/v2/usage/client/{id}/aggregates/query/jobs",
      "GET /api/v2/usage/client/{id}/aggregates/query/jobs/{id}",
    ],
    prepare: withRows,
    bySdk: async () => {
      const body = { interval: intervalText, granularity: "Day" };
      const { id } = await api.postUsageClientClientIdAggregatesQueryJobs(deployerClientId, body);
      const page = await api.getUsageClientClientIdAggregatesQueryJob(deployerClientId, id);
      return page.entities!.map(({ date, requestCount }) => ({
        owner: "no client",
        date,
        requests: requestCount,
      }));
    },
    byOurs: async (client) => {
      const jobs = new UsageJobs(client);
      return jobs.collectOfClient(deployerClientId, await jobs.startOfClient(deployerClientId, interval));
    },
  },
];
