// What is unknown of the limits and the form of clients.
import { deployerClientId, employeeRoleId } from "../../../sandbox/genesys/seed";
import { clientBody } from "./simulatorWorld";
import { type Case, newRole, put, statusAndCode, withRole } from "./switchCase";

/** The cases, by the name of their switch. */
export const clientFormSwitches = {
  unknownFields: {
    probe: async (world) => {
      const client = await world.createClient({ madeUp: [1] });
      const role = (await newRole(world, { madeUp: [2] })).body;
      const answers = [
        await world.call("GET", `/oauth/clients/${client.id}`),
        await world.call("GET", `/authorization/roles/${role.id}`),
      ];
      return answers.map(({ body }) => (body as unknown as Readonly<Record<string, unknown>>)["madeUp"]);
    },
    outcomes: [
      [{}, [[1], [2]]],
      [{ unknownFields: "ignored" }, [undefined, undefined]],
    ],
  },
  unknownReferenceStatus: {
    probe: async (world) => [
      statusAndCode(await world.call("POST", "/oauth/clients", clientBody(withRole("nowhere")))),
      statusAndCode(
        await world.call("POST", "/oauth/clients", clientBody(withRole(employeeRoleId, "nowhere"))),
      ),
    ],
    outcomes: [
      [
        {},
        [
          [400, "bad.request"],
          [400, "bad.request"],
        ],
      ],
      [
        { unknownReferenceStatus: 404 },
        [
          [404, "not.found"],
          [404, "not.found"],
        ],
      ],
    ],
  },
  validityErrorCode: {
    probe: async (world) => (await world.createClient({ accessTokenValiditySeconds: 299 })).code,
    outcomes: [
      [{}, "invalid.value"],
      [{ validityErrorCode: "bad.request" }, "bad.request"],
      [{ validityErrorCode: "constraint.validation" }, "constraint.validation"],
    ],
  },
  maximumValiditySeconds: {
    probe: async (world) => (await world.createClient({ accessTokenValiditySeconds: 38_880_000 })).code,
    outcomes: [
      [{}, undefined],
      [{ maximumValiditySeconds: 172_800 }, "invalid.value"],
    ],
  },
  maximumClients: {
    probe: async (world) => [(await world.createClient()).code, (await world.createClient()).code],
    outcomes: [
      [{}, [undefined, undefined]],
      [{ maximumClients: 2 }, [undefined, "auth.too.many.clients"]],
    ],
  },
  maximumClientNameLength: {
    probe: async (world) => [
      (await world.createClient({ name: "x".repeat(9) })).code,
      (await world.createClient({ name: "x".repeat(8) })).code,
    ],
    outcomes: [
      [{}, [undefined, undefined]],
      [{ maximumClientNameLength: 8 }, ["constraint.validation", undefined]],
    ],
  },
  duplicateClientName: {
    probe: async (world) => {
      const first = await world.createClient();
      return [(await world.createClient()).code, (await put(world, first.id, {})).status];
    },
    outcomes: [
      [{}, [undefined, 200]],
      [{ duplicateClientName: "conflict" }, ["general.conflict", 200]],
    ],
  },
  clientListPageSize: {
    probe: async (world) => {
      await world.createClient();
      await world.createClient();
      const page = (await world.call("GET", "/oauth/clients?pageSize=1")).body;
      const next = (await world.call("GET", "/oauth/clients?pageNumber=2")).body;
      return [page.entities.length, page.total, page.pageCount, page.nextUri, next.entities.length];
    },
    outcomes: [
      [{}, [3, 3, 1, undefined, 3]],
      [{ clientListPageSize: 2 }, [2, 3, 2, "/api/v2/oauth/clients?pageSize=2&pageNumber=2", 1]],
    ],
  },
  createdByHolds: {
    probe: async (world) => (await world.createClient()).createdBy?.id,
    outcomes: [
      [{}, deployerClientId],
      [{ createdByHolds: "nothing" }, undefined],
    ],
  },
  rolesRequiredOnPut: {
    probe: async (world) => {
      const client = await world.createClient();
      return statusAndCode(await put(world, client.id, { roleDivisions: [] }));
    },
    outcomes: [
      [{}, [200, undefined]],
      [{ rolesRequiredOnPut: true }, [400, "missing.client.roles"]],
    ],
  },
} satisfies Readonly<Record<string, Case>>;
