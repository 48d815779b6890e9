// The search for secrets sees one where there is one: what it does not see proves nothing otherwise.
import axios from "axios";

import { secretOutput } from "../../providers/engine/outputs";
import { deployerClientId, deployerClientSecret } from "../../sandbox/genesys/seed";
import { clientInputs, createProviderWorld, type ProviderWorld, recordedClient } from "../providerWorld";
import { SecretCollection, textsOf } from "./leaks";

let world: ProviderWorld;
let secrets: SecretCollection;
beforeEach(async () => {
  world = await createProviderWorld();
  secrets = new SecretCollection(world.simulator);
});
afterEach(() => world.stop());

function isSeenIn(thrown: unknown): boolean {
  return textsOf(thrown).some((text) => secrets.foundIn(text).length > 0);
}

const pair = Buffer.from(`${deployerClientId}:${deployerClientSecret}`).toString("base64");

it.each<[string, () => unknown]>([
  ["in a message", () => new Error(`refused ${deployerClientSecret}`)],
  ["in a cause", () => new Error("refused", { cause: { header: `Basic ${pair}` } })],
  ["in a hidden property", () => Object.defineProperty(new Error("x"), "config", { value: { pair } })],
  [
    "in a reason",
    () => Object.assign(new Error("x"), { reasons: [encodeURIComponent(deployerClientSecret)] }),
  ],
  ["in properties without an envelope", () => ({ properties: { clientSecret: deployerClientSecret } })],
  ["deep within a list", () => ({ a: [{ b: [new Error(deployerClientSecret)] }] })],
])("a secret %s is seen", (_name, make) => {
  expect(isSeenIn(make())).toBe(true);
});

it("a secret in the engine's envelope is where it belongs", () => {
  expect(isSeenIn({ properties: { clientSecret: secretOutput(deployerClientSecret) } })).toBe(false);
});

it("the error of the HTTP library would show the token, had the transport let it out", async () => {
  const failure: unknown = await axios
    .get(`${world.simulator.url}/nowhere`, { headers: { Authorization: `Basic ${pair}` } })
    .catch((error: unknown) => error);
  expect(isSeenIn(failure)).toBe(true);
});

it("the secret of a client and a token are known to the search as soon as they exist", async () => {
  const { outs } = await world.newRun().oauthClients.create(clientInputs());
  const secret = recordedClient(outs).clientSecret!;
  expect(secrets.foundIn(secret)).toEqual([]);
  secrets.collect();
  expect(secrets.foundIn(`shown: ${secret}`)).toContain(secret);
  const [token] = world.simulator.organization.store.state.tokens;
  expect(secrets.foundIn(`Bearer ${token!.value}`)).toContain(token!.value);
});
