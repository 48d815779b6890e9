// The search for secrets sees one where there is one: what it does not see proves nothing otherwise.
import { specialSecretSig, specialSigKey } from "@pulumi/pulumi/runtime";
import axios from "axios";

import { deployerClientId, deployerClientSecret } from "../../sandbox/genesys/seed";
import { renderSecretPayload } from "../../secrets/payload";
import { awsKeys, clientInputs, createProviderWorld, type ProviderWorld } from "../providerWorld";
import { endpoints, putText } from "../storedSecrets";
import { SecretCollection, textsOf } from "./leaks";

let world: ProviderWorld;
let secrets: SecretCollection;
beforeEach(async () => {
  world = await createProviderWorld();
  secrets = new SecretCollection(world);
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
  ["in properties", () => ({ properties: { clientSecret: deployerClientSecret } })],
  [
    "in the engine's envelope, where none belongs any more",
    () => ({
      properties: { clientSecret: { [specialSigKey]: specialSecretSig, value: deployerClientSecret } },
    }),
  ],
  ["of AWS", () => new Error(`signed with ${awsKeys.secretAccessKey}`)],
  ["deep within a list", () => ({ a: [{ b: [new Error(deployerClientSecret)] }] })],
])("a secret %s is seen", (_name, make) => {
  expect(isSeenIn(make())).toBe(true);
});

it("the error of the HTTP library would show the token, had the transport let it out", async () => {
  const failure: unknown = await axios
    .get(`${world.simulator.url}/nowhere`, { headers: { Authorization: `Basic ${pair}` } })
    .catch((error: unknown) => error);
  expect(isSeenIn(failure)).toBe(true);
});

it("the secret of a client and a token are known to the search as soon as they exist", async () => {
  const { id } = await world.newRun().oauthClients.create(clientInputs());
  const { clients } = world.simulator.organization.store.state;
  const { secret } = clients.find((client) => client.id === id)!;
  expect(secrets.foundIn(secret)).toEqual([]);
  secrets.collect();
  expect(secrets.foundIn(`shown: ${secret}`)).toContain(secret);
  const [token] = world.simulator.organization.store.state.tokens;
  expect(secrets.foundIn(`Bearer ${token!.value}`)).toContain(token!.value);
});

it("what is stored in AWS is known to the search, as the secret in it and as the whole text", () => {
  const clientSecret = "canary-stored-by-somebody";
  const text = renderSecretPayload("snake", { clientId: "somebody", clientSecret, ...endpoints });
  putText(world.secretsManager, text);
  secrets.collect();
  expect(secrets.foundIn(`got ${clientSecret}`)).toContain(clientSecret);
  expect(secrets.foundIn(JSON.stringify({ SecretString: text }))).toContain(clientSecret);
});
