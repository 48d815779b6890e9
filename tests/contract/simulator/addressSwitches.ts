// What is unknown of allowed addresses: whether there is a field, what it is called, whether it must be there, and what it does.
import { type Answer, type SimulatorWorld } from "./simulatorWorld";
import { type Case, put, statusAndCode } from "./switchCase";

/** The caller's own address in these tests lies in the second list only. */
const elsewhere = { allowedIps: ["203.0.113.0/24", "2001:db8::/32"] };
const here = { allowedIps: ["203.0.113.0/24", "127.0.0.0/8"] };

const field = "allowedIps";

/** What an answer shows in the field. */
function shownIn(answer: Answer): unknown {
  return (answer.body as unknown as Record<string, unknown>)[field];
}

async function minted(world: SimulatorWorld, changes: object): Promise<unknown> {
  const client = await world.createClient({ ...changes });
  const { status, body } = await world.mint(client.id, client.secret);
  return [status, body.error];
}

/** The cases, by the name of their switch. */
export const addressSwitches = {
  allowedAddresses: {
    probe: async (world) => {
      const client = await world.createClient(elsewhere);
      const without = await world.call("POST", "/oauth/clients", {
        name: "none",
        authorizedGrantType: "CODE",
      });
      return {
        stored: shownIn(await world.call("GET", `/oauth/clients/${client.id}`)),
        leftOut: shownIn(await put(world, client.id, {})),
        wrong: statusAndCode(await put(world, client.id, { [field]: ["office"] })),
        creation: await minted(world, {}),
        ofPeople: without.status,
        fromElsewhere: await minted(world, elsewhere),
        fromHere: await minted(world, here),
      };
    },
    outcomes: [
      [
        { unknownFields: "ignored" },
        {
          stored: undefined,
          leftOut: undefined,
          wrong: [200, undefined],
          creation: [200, undefined],
          ofPeople: 200,
          fromElsewhere: [200, undefined],
          fromHere: [200, undefined],
        },
      ],
      [
        { allowedAddresses: { field, required: false } },
        {
          stored: elsewhere.allowedIps,
          leftOut: undefined,
          wrong: [400, "invalid.value"],
          creation: [200, undefined],
          ofPeople: 200,
          fromElsewhere: [200, undefined],
          fromHere: [200, undefined],
        },
      ],
      [
        { allowedAddresses: { field, required: true, enforced: true }, missingFieldsOnPut: "keep" },
        {
          stored: elsewhere.allowedIps,
          leftOut: elsewhere.allowedIps,
          wrong: [400, "invalid.value"],
          creation: [400, "invalid_client"], // refused, so that there is nothing to sign in with
          ofPeople: 200,
          fromElsewhere: [400, "unauthorized_client"],
          fromHere: [200, undefined],
        },
      ],
    ],
  },
  refusedAddressStatus: {
    probe: async (world) => {
      world.simulator.organization.setSwitches({
        allowedAddresses: { field, required: false, enforced: true },
      });
      return minted(world, elsewhere);
    },
    outcomes: [
      [{}, [400, "unauthorized_client"]],
      [{ refusedAddressStatus: 401 }, [401, "unauthorized_client"]],
      [{ refusedAddressStatus: 403 }, [403, "unauthorized_client"]],
    ],
  },
} satisfies Readonly<Record<string, Case>>;
