// What is unknown of tokens: refusals, limits, what they outlive; and of usage queries.
import { deployerClientId, employeeRoleId, homeDivisionId } from "../../../sandbox/genesys/seed";
import { type Case, put, tokenAfter } from "./switchCase";

const usageQuestion = { interval: "2026-10-01T00:00:00Z/2026-10-31T23:59:59Z", granularity: "Day" };

/** The cases, by the name of their switch. */
export const tokenSwitches = {
  tokenSurvives: {
    probe: async (world) => ({
      inactive: await tokenAfter(world, (client) => put(world, client.id, { state: "inactive" })),
      secretReset: await tokenAfter(world, (client) =>
        world.call("POST", `/oauth/clients/${client.id}/secret`),
      ),
      delete: await tokenAfter(world, (client) => world.deleteClient(client)),
      roleRemoval: await tokenAfter(world, (client) =>
        world.call("POST", `/authorization/subjects/${client.id}/bulkremove`, {
          grants: [{ roleId: employeeRoleId, divisionId: homeDivisionId }],
        }),
      ),
    }),
    outcomes: [
      [{}, { inactive: 200, secretReset: 200, delete: 401, roleRemoval: 200 }],
      [
        { tokenSurvives: { inactive: false, secretReset: false, delete: true, roleRemoval: false } },
        { inactive: 401, secretReset: 401, delete: 401, roleRemoval: 401 },
      ],
      [
        { tokenSurvives: { delete: true } },
        { inactive: 200, secretReset: 200, delete: 200, roleRemoval: 200 },
      ],
    ],
  },
  refusedInactiveStatus: {
    probe: async (world) => {
      const client = await world.createClient({ state: "inactive" });
      const { status, body } = await world.mint(client.id, client.secret);
      return [status, body.error];
    },
    outcomes: [
      [{}, [400, "invalid_client"]],
      [{ refusedInactiveStatus: 401 }, [401, "invalid_client"]],
    ],
  },
  refusedGrantTypeStatus: {
    probe: async (world) => {
      const client = await world.createClient({ authorizedGrantType: "CODE" });
      return (await world.mint(client.id, client.secret)).status;
    },
    outcomes: [
      [{}, 400],
      [{ refusedGrantTypeStatus: 401 }, 401],
    ],
  },
  mintingLimitPerMinute: {
    probe: async (world) => {
      const client = await world.createClient();
      const answers = [];
      for (let number = 0; number < 3; number += 1) {
        answers.push(await world.mint(client.id, client.secret));
      }
      world.clock.advance(60_000);
      answers.push(await world.mint(client.id, client.secret));
      return answers.map(({ status, body }) => [status, body.error, body.description?.split(";")[0]]);
    },
    outcomes: [
      [{}, Array(4).fill([200, undefined, undefined])],
      [
        { mintingLimitPerMinute: 2 },
        [
          [200, undefined, undefined],
          [200, undefined, undefined],
          [400, "invalid_request", "rate limit exceeded"],
          [200, undefined, undefined],
        ],
      ],
    ],
  },
  requestsPerMinutePerToken: {
    probe: async (world) => {
      const statuses = [];
      for (let number = 0; number < 3; number += 1) {
        statuses.push((await world.call("GET", "/organizations/me")).status);
      }
      return statuses;
    },
    outcomes: [
      [{}, [200, 200, 200]],
      [{ requestsPerMinutePerToken: 2 }, [200, 200, 429]],
    ],
  },
  requestLimitCounts: {
    probe: async (world) => {
      const client = await world.createClientWithToken();
      const other = (await world.mint(client.id, client.secret)).body.access_token;
      world.simulator.organization.setSwitches({ requestsPerMinutePerToken: 1 });
      return [await world.tokenStatus(client.token), await world.tokenStatus(other)];
    },
    outcomes: [
      [{}, [200, 200]],
      [{ requestLimitCounts: "client" }, [200, 429]],
    ],
  },
  usageRunningPolls: {
    probe: async (world) => {
      const started = (await world.call("GET", `/oauth/clients/${deployerClientId}/usage/summary`)).body;
      const path = started.resultsUri.replace("/api/v2", "");
      const statuses = [];
      for (let number = 0; number < 2; number += 1) {
        statuses.push((await world.call("GET", path)).body.queryStatus);
      }
      return statuses;
    },
    outcomes: [
      [{}, ["Complete", "Complete"]],
      [{ usageRunningPolls: 1 }, ["Running", "Complete"]],
    ],
  },
  usageEndpoints: {
    probe: async (world) => {
      const job = await world.call("POST", "/usage/aggregates/query/jobs", usageQuestion);
      const query = await world.call("POST", `/oauth/clients/${deployerClientId}/usage/query`, usageQuestion);
      return [job.status, query.status];
    },
    outcomes: [
      [{}, [200, 200]],
      [{ usageEndpoints: "queries" }, [404, 200]],
      [{ usageEndpoints: "jobs" }, [200, 404]],
    ],
  },
  usageJobEnd: {
    probe: async (world) => {
      const { id } = (await world.call("POST", "/usage/aggregates/query/jobs", usageQuestion)).body;
      const { status, body } = await world.call("GET", `/usage/aggregates/query/jobs/${id}`);
      const { queryStatus, entities, errorBody } = body;
      return [status, queryStatus, entities, errorBody?.code];
    },
    outcomes: [
      [{}, [200, "Succeeded", [], undefined]],
      [{ usageJobEnd: "Failed" }, [200, "Failed", undefined, "internal.server.error"]],
      [{ usageJobEnd: "Cancelled" }, [200, "Cancelled", undefined, undefined]],
    ],
  },
} satisfies Readonly<Record<string, Case>>;
