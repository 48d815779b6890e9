// Every provider that reads a stored pair tells the redactor first: nothing that is printed afterwards can hold the secret.
import { recordPublication } from "../../../providers/clientSecret/rotationEvidence";
import { renderSecretPayload } from "../../../secrets/payload";
import { versionIdOf } from "../../../secrets/versionId";
import {
  clientInputs,
  clientSecretInputs,
  createProviderWorld,
  type ProviderWorld,
  recordedClient,
} from "../../providerWorld";
import { endpoints, putText, secretArn, secretName } from "../../storedSecrets";

/** Stored by another process: this one hears of it by reading alone. */
const clientSecret = "canary-of-another-process";

let world: ProviderWorld;
beforeEach(async () => {
  world = await createProviderWorld();
});
afterEach(async () => {
  await world.stop();
});

/** A client on record, and a version with a pair of its own id. */
async function storedClient(changes: Parameters<typeof clientInputs>[0] = {}, versionId?: string) {
  const inputs = clientInputs(changes);
  const { id, outs } = await world.newRun({ reconcile: false }).oauthClients.create(inputs);
  const text = renderSecretPayload("camel", { clientId: id, clientSecret, ...endpoints });
  return { id, inputs, outs, text, versionId: putText(world.secretsManager, text, versionId) };
}

afterEach(() => {
  expect(world.redactor.redact(clientSecret)).toBe("[secret]");
});

it("a creation that looks who is in use", async () => {
  await storedClient();
  await world.newRun().oauthClients.check({}, { ...clientInputs(), storedIn: { secretName } });
});

it("a deletion of clients that were replaced", async () => {
  const { id, inputs, outs } = await storedClient();
  const run = world.newRun();
  await run.oauthClients.check({ ...inputs }, { ...inputs, storedIn: { secretName } });
  await run.oauthClients.update(id, recordedClient({ ...outs, outlivedIds: [id] }), inputs);
});

it("a deletion that asks whether the pair is stored still", async () => {
  const { id, outs } = await storedClient();
  const run = world.newRun();
  const declared = clientSecretInputs(id);
  await run.clientSecrets.check({ ...declared }, { ...declared });
  await expect(run.oauthClients.delete(id, recordedClient(outs))).rejects.toThrow(/CLIENT_STILL_STORED/);
});

it("the evidence of a rotation whose labels an interrupted run has moved", async () => {
  const { id, versionId } = await storedClient();
  const run = world.newRun();
  const published = {
    versionId: "current",
    text: "",
    verification: { clientId: id, authorizedGrantType: "", roleDivisions: [], requests: 0, notProven: "" },
    pair: "stored",
    before: [
      { versionId: "current", labels: ["AWSCURRENT"] },
      { versionId, labels: ["AWSPREVIOUS"] },
    ],
    after: [],
    formerClientId: undefined,
  } as const;
  await recordPublication(
    run.session,
    run.storeFor({}),
    clientSecretInputs(id),
    published,
    undefined,
    "/nowhere",
  );
});

it("a refresh of a stored secret", async () => {
  const { id, text, versionId } = await storedClient();
  const record = { ...clientSecretInputs(id), versionId, fingerprint: "", organizationId: "" };
  const { session, clientSecrets } = world.newRun();
  const { organizationId } = await session.enter("", undefined);
  await clientSecrets.read(`${id}#0`, { ...record, organizationId });
  expect(text).toContain(clientSecret);
});

it("a publication", async () => {
  const { id } = await storedClient();
  const inputs = clientSecretInputs(id, { secretArn });
  putText(
    world.secretsManager,
    renderSecretPayload("camel", { clientId: id, clientSecret, ...endpoints }),
    versionIdOf({ ...inputs, attempt: 0 }),
  );
  await world.newRun().clientSecrets.create(inputs);
});
