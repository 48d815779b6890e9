// What becomes of a stored secret later: moved, spelt otherwise, of a client that is inactive, restored, given up.
import type { ClientSecretInputs } from "../../../providers/clientSecret/record";
import { clientSecretInputs, recordedSecret } from "../../providerWorld";
import { makeSecret, region, secretArn, versionLabelled, versionsOf } from "../../storedSecrets";
import { ClientSecretScene, proof, type Stored, versionId } from "./clientSecretScene";

let scene: ClientSecretScene;
beforeEach(async () => {
  scene = await ClientSecretScene.create();
});
afterEach(() => scene.stop());

/** What the engine does with changed inputs: the plan, then the update where it is one. */
async function updated(
  { id, inputs, record }: Stored,
  changes: Partial<ClientSecretInputs>,
): Promise<Stored> {
  const run = await scene.laterRun();
  const news = { ...inputs, ...changes };
  expect(await run.clientSecrets.diff(id, record, news)).toEqual({ replaces: [] });
  const { outs } = await run.clientSecrets.update(id, record, news);
  return { id, inputs: news, record: recordedSecret(outs) };
}

describe("an update", () => {
  it.each<[string, Partial<ClientSecretInputs>, RegExp]>([
    ["another spelling", { keys: "environment" }, /GENESYSCLOUD_OAUTHCLIENT_SECRET/],
    [
      "other endpoints",
      { apiUrl: "https://api.mypurecloud.de", tokenUrl: "https://login.mypurecloud.de/oauth/token" },
      /mypurecloud\.de/,
    ],
  ])("with %s stores the same pair anew, proven, without a new secret", async (_name, changes, text) => {
    const stored = await scene.stored();
    const { payload, id } = scene.current();
    const { inputs, record } = await updated(stored, changes);
    expect(scene.genesysRequests()).toEqual(proof);
    expect(scene.current()).toMatchObject({
      id: versionId(inputs),
      text: expect.stringMatching(text) as string,
    });
    expect(scene.current().payload?.clientSecret).toBe(payload?.clientSecret);
    expect(scene.labels()).toMatchObject({ [id]: ["AWSPREVIOUS"] });
    expect(record).toMatchObject({ ...changes, versionId: versionId(inputs) });
    expect(record.fingerprint).not.toBe(stored.record.fingerprint);
    scene.expectWorking();
    scene.clearLogs();
    await updated(
      { ...stored, inputs, record },
      { keys: "camel", apiUrl: stored.inputs.apiUrl, tokenUrl: stored.inputs.tokenUrl },
    );
    expect(scene.current().id).toBe(id); // the former spelling is still there
    expect(scene.awsRequests()).not.toContain("PutSecretValue");
  });

  it.each<[string, Partial<ClientSecretInputs>]>([
    ["the owner", { owner: "genesys-credentials/dev/renamed" }],
    ["the key", { kmsKeyId: "alias/other" }],
    ["the way to AWS", { aws: { region, profile: "other" } }],
    ["the state alone", { state: "inactive" }],
  ])("of %s asks nobody, and keeps what is on record", async (_name, changes) => {
    const stored = await scene.stored();
    const { record } = await updated(stored, changes);
    expect([...scene.awsRequests(), ...scene.genesysRequests()]).toEqual([]);
    expect(record).toEqual({ ...stored.record, ...changes });
  });

  it("without a key any more leaves none on record", async () => {
    const stored = await scene.stored({ kmsKeyId: "alias/other" });
    const { kmsKeyId: _former, ...inputs } = stored.inputs;
    const { outs } = await scene.world.newRun().clientSecrets.update(stored.id, stored.record, inputs);
    expect(outs).not.toHaveProperty("kmsKeyId");
  });
});

describe("a secret that moves", () => {
  const elsewhere = (): string => makeSecret(scene.world.secretsManager, "genesys/dev/elsewhere");

  it("takes the pair along, proven, without a new secret; the former place keeps it until AWS deletes it", async () => {
    const stored = await scene.stored();
    const { payload } = scene.current();
    const arn = elsewhere();
    await updated(stored, { secretArn: arn, secretName: "genesys/dev/elsewhere" });
    expect(scene.genesysRequests()).toEqual(proof);
    expect(versionLabelled(scene.world.secretsManager, "AWSCURRENT", arn)?.payload).toEqual(payload);
    scene.expectWorking();
  });

  it("gets a new secret where the former place is gone with the pair: nobody can read it there either", async () => {
    const stored = await scene.stored();
    const arn = elsewhere();
    scene.world.secretsManager.vault.delete(region, secretArn, 30, false);
    await updated(stored, { secretArn: arn });
    expect(versionLabelled(scene.world.secretsManager, "AWSCURRENT", arn)?.payload?.clientId).toBe(stored.id);
  });

  it("stays in both places as it is where the former one cannot be read", async () => {
    const stored = await scene.stored();
    const arn = elsewhere();
    scene.world.secretsManager.faults.arm({
      kind: "accessDenied",
      operation: "GetSecretValue",
      secret: stored.inputs.secretName,
    });
    await expect(updated(stored, { secretArn: arn })).rejects.toThrow(
      /^Updating the secret of .*\[AWS_DENIED\]$/,
    );
    expect(versionsOf(scene.world.secretsManager, arn)).toEqual([]);
    expect(scene.genesysRequests()).toEqual([]);
    scene.expectWorking();
    await updated(stored, { secretArn: arn });
    expect(scene.genesysRequests()).toEqual(proof);
  });
});

describe("a client that is inactive", () => {
  it("from the beginning has nothing stored, and gets its secret when it is restored", async () => {
    const id = await scene.client({ state: "inactive" });
    const inputs = clientSecretInputs(id, { state: "inactive" });
    const { record } = await scene.storedBy(await scene.laterRun(), inputs);
    expect(versionsOf(scene.world.secretsManager)).toEqual([]);
    expect(record).not.toHaveProperty("versionId");
    expect(record).not.toHaveProperty("verification");
    expect(await scene.world.newRun().clientSecrets.read(`${id}#0`, record)).toMatchObject({ props: record });
    scene.changeClient(id, { state: "active" });
    const restored = await updated({ id, inputs, record }, { state: "active" });
    expect(restored.record.versionId).toBe(versionId(inputs));
    scene.expectWorking();
  });

  it("is recorded with what AWSCURRENT names of it, and nothing else", async () => {
    const { id, record } = await scene.stored();
    const inputs = clientSecretInputs(id, { state: "inactive" });
    const again = await scene.storedBy(await scene.laterRun(), inputs);
    expect(again.record).toMatchObject({ versionId: record.versionId, fingerprint: record.fingerprint });
    const other = await scene.client({ owner: "genesys-credentials/dev/other", state: "inactive" });
    const none = await scene.storedBy(
      await scene.laterRun(),
      clientSecretInputs(other, { state: "inactive" }),
    );
    expect(none.record).not.toHaveProperty("versionId");
    scene.expectWorking();
  });

  it("whose secret moves has nothing on record there; restored, it gets a new secret", async () => {
    const stored = await scene.stored();
    const arn = makeSecret(scene.world.secretsManager, "genesys/dev/elsewhere");
    const moved = await updated(stored, { state: "inactive", secretArn: arn });
    expect(moved.record).not.toHaveProperty("versionId");
    expect([...scene.awsRequests(), ...scene.genesysRequests()]).toEqual([]);
    await updated(moved, { state: "active" });
    expect(versionLabelled(scene.world.secretsManager, "AWSCURRENT", arn)?.payload?.clientId).toBe(stored.id);
  });
});

it("a deletion does nothing: labels move with the next secret, and versions end with AWS's", async () => {
  await scene.stored();
  const before = scene.labels();
  await scene.world.newRun().clientSecrets.delete();
  expect([...scene.awsRequests(), ...scene.genesysRequests()]).toEqual([]);
  expect(scene.labels()).toEqual(before);
});

it("another organisation is refused before anything is asked of AWS", async () => {
  const inputs = clientSecretInputs("x", { organization: { id: "00000000-0000-4000-8000-00000000f0e1" } });
  await expect(scene.world.newRun().clientSecrets.create(inputs)).rejects.toThrow(/ORGANIZATION_MISMATCH/);
  expect(scene.awsRequests()).toEqual([]);
});
