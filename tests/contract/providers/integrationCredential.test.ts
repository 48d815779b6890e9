// The life of an integration credential against the simulated organisation: every method, every request counted, never a blank secret.
import { integrationInputs, recordedIntegration } from "../../providerWorld";
import { dropVersion, putText, secretArn } from "../../storedSecrets";
import {
  credentialsPath,
  existingId,
  fields,
  IntegrationScene,
  other,
  otherFields,
} from "./integrationScene";

let scene: IntegrationScene;
const first = integrationInputs().versionId!;
const blank = JSON.stringify({ ...fields, clientSecret: "", tokenUrl: "x", apiUrl: "x" });
beforeEach(async () => {
  scene = await IntegrationScene.create();
});
afterEach(() => scene.stop());

describe("creating", () => {
  it("reads the pair from AWS, looks at the names, sends one POST and reads it back", async () => {
    const { id, outs } = await scene.world.newRun().integrationCredentials.create(integrationInputs());
    expect(scene.requests()).toEqual([
      `GET ${credentialsPath}/listing`,
      `POST ${credentialsPath}`,
      `GET ${credentialsPath}/${id}`,
    ]);
    expect(scene.awsRequests()).toEqual(["GetSecretValue"]);
    const { name, clientId, credentialType } = integrationInputs();
    expect(scene.live()).toMatchObject([{ id, name, typeName: credentialType, fields }]);
    expect(outs).toMatchObject({
      credentialId: id,
      isTakenOver: false,
      clientId,
      __provider: "the provider",
    });
    expect(JSON.stringify(outs)).not.toContain(fields.clientSecret);
    expect(outs).not.toHaveProperty("clientSecret");
  });

  it("shares the list among all of a run", async () => {
    const run = scene.world.newRun();
    await run.integrationCredentials.create(integrationInputs());
    scene.requests();
    await run.integrationCredentials.create(integrationInputs({ name: "second" }));
    expect(scene.requests()).toHaveLength(2);
  });

  it.each<[string, () => object]>([
    ["no version", () => ({ versionId: undefined })],
    ["a version that AWS has removed", () => (dropVersion(scene.world.secretsManager, first), {})],
    ["a version of another client", () => ({ versionId: other.versionId })],
    ["a text that is no pair", () => ({ versionId: putText(scene.world.secretsManager, "{}") })],
    ["a pair without a secret", () => ({ versionId: putText(scene.world.secretsManager, blank) })],
    ["a secret that is gone", () => ({ secretArn: `${secretArn}x` })],
  ])("with %s sends nothing", async (_name, arrange) => {
    const inputs = integrationInputs(arrange());
    const creation = scene.world.newRun().integrationCredentials.create(inputs);
    await expect(creation).rejects.toThrow(
      /^Creating integration credential .* holds the pair of OAuth client .*; nothing was sent\. Run `pulumi up --refresh`.*\[INTEGRATION_CREDENTIAL_SECRET\]$/,
    );
    expect(scene.requests()).toEqual([]);
  });

  it("says so where AWS does not let it read the pair", async () => {
    scene.world.secretsManager.faults.arm({ kind: "accessDenied", operation: "GetSecretValue" });
    const creation = scene.world.newRun().integrationCredentials.create(integrationInputs());
    await expect(creation).rejects.toThrow(
      /^Creating integration credential "Data actions: nightly report": GetSecretValue of .*\[AWS_DENIED\]$/,
    );
    expect(scene.requests()).toEqual([]);
  });

  it("never takes one by its name", async () => {
    scene.seedExisting({ name: integrationInputs().name });
    const creation = scene.world.newRun().integrationCredentials.create(integrationInputs());
    await expect(creation).rejects.toThrow(
      new RegExp(`${existingId}.*add id: ${existingId} to take it over.*INTEGRATION_CREDENTIAL_NAME_TAKEN`),
    );
    expect(scene.live()).toMatchObject([{ fields: { clientSecret: "canary-somebody" } }]);
  });

  it("by id takes over, and says what is wrong with the id", async () => {
    scene.seedExisting();
    const { id, outs } = await scene.world
      .newRun()
      .integrationCredentials.create(integrationInputs({ existingId }));
    expect(scene.requests()).toEqual([
      `GET ${credentialsPath}/${existingId}`,
      `PUT ${credentialsPath}/${existingId}`,
      `GET ${credentialsPath}/${existingId}`,
    ]);
    expect(id).toBe(existingId);
    expect(outs).toMatchObject({ isTakenOver: true, existingId });
    expect(scene.live()).toMatchObject([
      { id, name: integrationInputs().name, fields: { clientId: outs["clientId"] } },
    ]);
    const none = scene.world
      .newRun()
      .integrationCredentials.create(integrationInputs({ existingId: "none" }));
    await expect(none).rejects.toThrow(/no integration credential with the id none.*_UNUSABLE/);
    scene.seedExisting({ typeName: "basicAuth", fields: { clientSecret: "canary-basic" } });
    const foreign = scene.world.newRun().integrationCredentials.create(integrationInputs({ existingId }));
    await expect(foreign).rejects.toThrow(/of the type basicAuth.*_UNUSABLE/);
  });

  it("where Genesys wants names to be unique says that it is taken", async () => {
    scene.world.simulator.organization.setSwitches({ duplicateCredentialName: "conflict" });
    scene.seedExisting({ name: integrationInputs().name });
    scene.world.simulator.organization.seed({
      integrationCredentials: [{ id: "second", name: "Second", fields: { clientSecret: "canary-second" } }],
    });
    const inputs = integrationInputs({ existingId: "second" });
    await expect(scene.world.newRun().integrationCredentials.create(inputs)).rejects.toThrow(/_NAME_TAKEN/);
  });
});

describe("updating", () => {
  it("is one PUT with both fields between two GETs", async () => {
    const { run, id, record } = await scene.made();
    const { outs } = await run.integrationCredentials.update(id, record, integrationInputs(other));
    expect(scene.requests()).toEqual([
      `GET ${credentialsPath}/${id}`,
      `PUT ${credentialsPath}/${id}`,
      `GET ${credentialsPath}/${id}`,
    ]);
    expect(scene.awsRequests()).toEqual(["GetSecretValue"]);
    expect(scene.live()).toMatchObject([{ id, fields: otherFields }]);
    expect(recordedIntegration(outs)).toMatchObject({ ...other, isTakenOver: false, credentialId: id });
  });

  it("of the name alone carries the secret that AWS holds", async () => {
    const { run, id, record } = await scene.made();
    await run.integrationCredentials.update(id, record, integrationInputs({ name: "renamed" }));
    expect(scene.live()).toMatchObject([{ name: "renamed", fields: { clientSecret: fields.clientSecret } }]);
  });

  it("without the pair in AWS sends nothing", async () => {
    const { run, id, record } = await scene.made();
    const lost = integrationInputs({ versionId: "5e000000-0000-5000-8000-0000000000ff" });
    const update = run.integrationCredentials.update(id, record, lost);
    await expect(update).rejects.toThrow(/\[INTEGRATION_CREDENTIAL_SECRET\]/);
    expect(scene.requests()).toEqual([]);
    expect(scene.live()).toMatchObject([{ fields }]);
  });

  it("of a client that is inactive, of which nothing is stored, asks nobody", async () => {
    const { run, id, record } = await scene.made();
    const { versionId: _version, ...none } = integrationInputs();
    const { outs } = await run.integrationCredentials.update(id, record, none);
    expect(outs).not.toHaveProperty("versionId");
    expect(outs).toMatchObject({ credentialId: id });
    expect([...scene.requests(), ...scene.awsRequests()]).toEqual([]);
    expect(scene.live()).toMatchObject([{ fields }]);
  });

  it("of a record of before the secret left Pulumi takes the secret out of it", async () => {
    const { run, id, record } = await scene.made();
    const former = recordedIntegration({ ...record, clientSecret: "canary-former" });
    const { outs } = await run.integrationCredentials.update(id, former, integrationInputs());
    expect(outs).not.toHaveProperty("clientSecret");
    const read = await run.integrationCredentials.read(id, former);
    expect(JSON.stringify(read)).not.toContain("canary-former");
  });

  it("of what is gone says so", async () => {
    const { run, id, record } = await scene.made();
    await run.session.integrationCredentials.delete(id);
    const update = run.integrationCredentials.update(id, record, integrationInputs(other));
    await expect(update).rejects.toThrow(/up --refresh.*\[INTEGRATION_CREDENTIAL_GONE\]/);
  });

  it("whose outcome is not known stays on record, so that the next update sends what is declared then", async () => {
    const { id, record } = await scene.made();
    scene.world.simulator.faults.arm({
      match: { method: "PUT", path: credentialsPath },
      kind: "status",
      status: 504,
      phase: "after",
      times: "always",
    });
    const update = scene.world.newRun().integrationCredentials.update(id, record, integrationInputs(other));
    const failure = await update.catch((error: unknown) => error as { properties: Record<string, unknown> });
    expect(failure).toMatchObject({ id, properties: { clientId: other.clientId } });
    scene.world.simulator.faults.clear();
    const left = recordedIntegration((failure as { properties: Record<string, unknown> }).properties);
    await scene.world.newRun().integrationCredentials.update(id, left, integrationInputs());
    expect(scene.live()).toMatchObject([{ fields: { clientId: integrationInputs().clientId } }]);
  });

  it("that is refused leaves the record as it was", async () => {
    const { run, id, record } = await scene.made();
    scene.world.simulator.faults.arm({
      match: { method: "PUT", path: credentialsPath },
      kind: "status",
      status: 400,
    });
    const update = run.integrationCredentials.update(id, record, integrationInputs(other));
    const failure = await update.catch((error: unknown) => error);
    expect(failure).not.toHaveProperty("properties");
  });

  it("that somebody writes over is not called done", async () => {
    const { id, record } = await scene.made();
    scene.world.simulator.organization.setConsistency({ staleReadAfterPutMs: 600_000 });
    const update = scene.world.newRun().integrationCredentials.update(id, record, integrationInputs(other));
    await expect(update).rejects.toThrow(
      /still shows the client id .*\[INTEGRATION_CREDENTIAL_UNCONFIRMED\]/,
    );
    expect(scene.world.notices.join()).toMatch(/Waiting up to 300 s for integration credential/);
  });
});

describe("reading", () => {
  it("shows another name, type or client", async () => {
    const { id, record } = await scene.made();
    scene.world.simulator.organization.seed({
      integrationCredentials: [
        {
          id,
          name: "by hand",
          typeName: "userDefined",
          fields: { clientId: other.clientId, clientSecret: "canary-by-hand" },
        },
      ],
    });
    const { inputs } = await scene.world.newRun().integrationCredentials.read(id, record);
    expect(inputs).toMatchObject({
      name: "by hand",
      credentialType: "userDefined",
      clientId: other.clientId,
    });
  });

  it("of what is gone says that it is gone", async () => {
    const { run, id, record } = await scene.made();
    await run.session.integrationCredentials.delete(id);
    expect(await scene.world.newRun().integrationCredentials.read(id, record)).toEqual({});
  });
});

describe("deleting", () => {
  it("is confirmed, and what is gone already is success", async () => {
    const { run, id, record } = await scene.made();
    const path = `${credentialsPath}/${id}`;
    await run.integrationCredentials.delete(id, record);
    expect(scene.requests()).toEqual([`GET ${path}`, `DELETE ${path}`, `GET ${path}`]);
    expect(scene.live()).toEqual([]);
    await scene.world.newRun().integrationCredentials.delete(id, record);
  });

  it("leaves what was taken over, with its last value, and says so", async () => {
    scene.seedExisting();
    const { id, record } = await scene.made({ existingId });
    await scene.world.newRun().integrationCredentials.delete(id, record);
    expect(scene.requests()).toEqual([]);
    expect(scene.live()).toMatchObject([{ id, fields: { clientSecret: fields.clientSecret } }]);
    expect(scene.world.notices.join()).toMatch(/taken over and not made by this stack: it stays in Genesys/);
  });

  it("leaves what another entry has taken over meanwhile", async () => {
    const { id, record } = await scene.made();
    // The entry got another key: its new resource took the object over by id, then the update failed elsewhere.
    const renamed = integrationInputs({ ...other, existingId: id, owner: "genesys-credentials/dev/renamed" });
    await scene.world.newRun().integrationCredentials.create(renamed);
    await scene.world.newRun().integrationCredentials.delete(id, record);
    expect(scene.live()).toMatchObject([{ id, fields: otherFields }]);
    expect(scene.world.notices.join()).toMatch(/holds another client than this stack gave it/);
  });
});

it("another organisation is refused before any write", async () => {
  const foreign = integrationInputs({ organization: { id: "00000000-0000-4000-8000-00000000f0e1" } });
  await expect(scene.world.newRun().integrationCredentials.create(foreign)).rejects.toThrow(
    /ORGANIZATION_MISMATCH/,
  );
  expect(scene.live()).toEqual([]);
});
