// A client used for SCIM alone: its long-lived tokens reach Genesys, come back as no drift, and no other client gets them.
import { type StackState, up } from "../../fault/engine";
import { clientInputs, createProviderWorld, type ProviderWorld, recordedClient } from "../../providerWorld";
import { requestsOf } from "./adoptionScene";

const longest = 38_880_000;

let world: ProviderWorld;
beforeEach(async () => {
  world = await createProviderWorld();
});
afterEach(async () => {
  await world.stop();
});

const checked = async (changes: object) => {
  const { inputs, failures } = await world
    .newRun()
    .oauthClients.check({}, { ...clientInputs(), accessTokenValiditySeconds: longest, ...changes });
  return { inputs, failures: failures.map(({ reason }) => reason) };
};

it("is made with tokens of 450 days and reads back unchanged; the next update asks nobody", async () => {
  const declared = clientInputs({ accessTokenValiditySeconds: longest, usedFor: "scim" });
  const state: StackState = {};
  await up(world.newRun(), state, { client: declared });
  expect(
    world.simulator.organization.describe().clients.find(({ id }) => id === state.client!.id),
  ).toMatchObject({ accessTokenValiditySeconds: longest });
  const record = recordedClient(state.client!.outs);
  expect((await world.newRun().oauthClients.read(state.client!.id, record)).props).toEqual(
    state.client!.outs,
  );
  world.simulator.requestLog.clear();
  await up(world.newRun(), state, { client: declared });
  expect(requestsOf(world)).toEqual([]);
});

it("says so to the provider as well, which refuses the number otherwise", async () => {
  expect((await checked({ usedFor: "scim" })).failures).toEqual([]);
  expect((await checked({})).failures).toEqual([
    "accessTokenValiditySeconds must be a whole number of seconds from 300 to 172800",
  ]);
  expect((await checked({ usedFor: "scim", accessTokenValiditySeconds: longest + 1 })).failures).toEqual([
    "accessTokenValiditySeconds must be a whole number of seconds from 300 to 38880000",
  ]);
});

it("the word alone is an input that Genesys is not told of: no request", async () => {
  const state: StackState = {};
  await up(world.newRun(), state, { client: clientInputs() });
  world.simulator.requestLog.clear();
  await up(world.newRun(), state, { client: clientInputs({ usedFor: "scim" }) });
  expect(
    requestsOf(world).filter((request) => !request.startsWith("GET") && !request.includes("oauth/token")),
  ).toEqual([]);
});
