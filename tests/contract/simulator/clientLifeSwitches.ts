// What is unknown of the life of a client: deletion, deactivation, PUT.
import { deployerClientId, deployerClientSecret } from "../../../sandbox/genesys/seed";
import { dayMs } from "./simulatorWorld";
import { type Case, put, newRole, getAfterDelete, statusAndCode } from "./switchCase";

/** The cases, by the name of their switch. */
export const clientLifeSwitches = {
  getAfterDelete: {
    probe: (world) => getAfterDelete(world),
    outcomes: [
      [{}, [404, undefined]],
      [{ getAfterDelete: "deleted" }, [200, "deleted"]],
    ],
  },
  deletedShownForDays: {
    probe: (world) => getAfterDelete(world, 0.5 * dayMs),
    outcomes: [
      [{ getAfterDelete: "deleted", deletedShownForDays: 1 }, [200, "deleted"]],
      [{ getAfterDelete: "deleted", deletedShownForDays: 0.25 }, [404, undefined]],
    ],
  },
  keepDeletedForDays: {
    probe: async (world) => {
      world.simulator.organization.seed({ clients: [{ id: "old", name: "nightly-report" }] });
      await world.deleteClient({ id: "old", name: "nightly-report" });
      const kept = await world.call("GET", "/oauth/clients/old");
      const young = await getAfterDelete(world);
      world.clock.advance(7 * dayMs);
      const token = (await world.mint(deployerClientId, deployerClientSecret)).body.access_token;
      const later = await world.call("GET", "/oauth/clients/old", undefined, { token });
      return [kept.status, kept.body.state, kept.body.dateToDelete, young, later.status];
    },
    outcomes: [
      [{}, [404, undefined, undefined, [404, undefined], 404]],
      [{ keepDeletedForDays: 7 }, [200, "inactive", "2026-11-08T09:00:00.000Z", [404, undefined], 404]],
    ],
  },
  keptDeletedShowsDate: {
    probe: async (world) => {
      world.simulator.organization.setSwitches({ keepDeletedForDays: 7 });
      world.simulator.organization.seed({ clients: [{ id: "old", name: "nightly-report" }] });
      const first = await world.deleteClient({ id: "old", name: "nightly-report" });
      world.clock.advance(1000);
      const again = await world.call("DELETE", "/oauth/clients/old"); // accepted, and puts nothing off
      const kept = await world.call("GET", "/oauth/clients/old");
      const listed = (await world.call("GET", "/oauth/clients")).body.entities.find(({ id }) => id === "old");
      world.clock.advance(7 * dayMs - 1000);
      const token = (await world.mint(deployerClientId, deployerClientSecret)).body.access_token;
      const later = await world.call("GET", "/oauth/clients/old", undefined, { token });
      return {
        deleted: [first.status, again.status],
        kept: [kept.status, kept.body.state, kept.body.dateToDelete],
        listed: [listed?.state, listed?.dateToDelete],
        later: later.status,
      };
    },
    outcomes: [
      [
        {},
        {
          deleted: [204, 204],
          kept: [200, "inactive", "2026-11-08T09:00:00.000Z"],
          listed: ["inactive", "2026-11-08T09:00:00.000Z"],
          later: 404,
        },
      ],
      [
        { keptDeletedShowsDate: false },
        {
          deleted: [204, 204],
          kept: [200, "inactive", undefined],
          listed: ["inactive", undefined],
          later: 404,
        },
      ],
    ],
  },
  deleteDisabled: {
    probe: async (world) => {
      const client = await world.createClient();
      world.simulator.organization.seed({ clients: [{ id: client.id, state: "disabled" }] });
      const answer = await world.call("DELETE", `/oauth/clients/${client.id}`);
      return [statusAndCode(answer), (await world.call("GET", `/oauth/clients/${client.id}`)).status];
    },
    outcomes: [
      [{}, [[400, "cannot.delete.client"], 200]],
      [{ deleteDisabled: "allowed" }, [[204, undefined], 404]],
    ],
  },
  inactiveSetsDateToDelete: {
    probe: async (world) => {
      const client = await world.createClient();
      const inactive = (await put(world, client.id, { state: "inactive" })).body.dateToDelete;
      // The plan stands: a second PUT does not put it off.
      world.clock.advance(1000);
      const again = (await put(world, client.id, { state: "inactive" })).body.dateToDelete;
      return [inactive, again, (await put(world, client.id, { state: "active" })).body.dateToDelete];
    },
    outcomes: [
      [{}, [undefined, undefined, undefined]],
      [
        { inactiveSetsDateToDelete: true },
        ["2026-11-08T09:00:00.000Z", "2026-11-08T09:00:00.000Z", undefined],
      ],
    ],
  },
  deleteStatus: {
    probe: async (world) => {
      const role = (await newRole(world)).body;
      const deletedRole = await world.call("DELETE", `/authorization/roles/${role.id}`);
      return [
        (await world.deleteClient(await world.createClient())).status,
        deletedRole.status,
        deletedRole.text,
      ];
    },
    outcomes: [
      [{}, [204, 204, ""]],
      [{ deleteStatus: 200 }, [200, 200, ""]],
    ],
  },
  customersMaySetDisabled: {
    probe: async (world) => {
      const client = await world.createClientWithToken();
      const { status } = await put(world, client.id, { state: "disabled" });
      return [
        status,
        await world.tokenStatus(client.token),
        (await world.mint(client.id, client.secret)).status,
      ];
    },
    outcomes: [
      [{}, [400, 200, 200]],
      [{ customersMaySetDisabled: true }, [200, 401, 400]],
    ],
  },
  missingFieldsOnPut: {
    probe: async (world) => {
      const client = await world.createClient({
        description: "Kept?",
        accessTokenValiditySeconds: 600,
        state: "inactive",
      });
      const { body } = await put(world, client.id, { roleDivisions: undefined });
      return [body.description, body.accessTokenValiditySeconds, body.state, body.roleDivisions.length];
    },
    outcomes: [
      [{}, [undefined, 86_400, "active", 0]],
      [{ missingFieldsOnPut: "keep" }, ["Kept?", 600, "inactive", 1]],
    ],
  },
} satisfies Readonly<Record<string, Case>>;
