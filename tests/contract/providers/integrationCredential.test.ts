// The life of an integration credential against the simulated organisation: every method, every request counted, never a blank secret.
import { unknownValue } from "@pulumi/pulumi/runtime";

import { integrationInputs, recordedIntegration } from "../../providerWorld";
import { credentialsPath, existingId, IntegrationScene, other } from "./integrationScene";

let scene: IntegrationScene;
beforeEach(async () => {
  scene = await IntegrationScene.create();
});
afterEach(() => scene.stop());

describe("creating", () => {
  it("looks at the names, sends one POST and reads it back", async () => {
    const { id, outs } = await scene.world.newRun().integrationCredentials.create(integrationInputs());
    expect(scene.requests()).toEqual([
      `GET ${credentialsPath}/listing`,
      `POST ${credentialsPath}`,
      `GET ${credentialsPath}/${id}`,
    ]);
    const { name, clientId, clientSecret, credentialType } = integrationInputs();
    expect(scene.live()).toMatchObject([
      { id, name, typeName: credentialType, fields: { clientId, clientSecret } },
    ]);
    expect(outs).toMatchObject({
      credentialId: id,
      isTakenOver: false,
      clientId,
      __provider: "the provider",
    });
    expect(JSON.stringify({ ...outs, clientSecret: "" })).not.toContain("canary");
  });

  it("shares the list among all of a run", async () => {
    const run = scene.world.newRun();
    await run.integrationCredentials.create(integrationInputs());
    scene.requests();
    await run.integrationCredentials.create(integrationInputs({ name: "second" }));
    expect(scene.requests()).toHaveLength(2);
  });

  it.each([[""], ["  "], [unknownValue], [undefined]])("with the secret %j sends nothing", async (secret) => {
    const inputs = { ...integrationInputs(), clientSecret: secret } as ReturnType<typeof integrationInputs>;
    const creation = scene.world.newRun().integrationCredentials.create(inputs);
    await expect(creation).rejects.toThrow(/empty or not known.*\[INTEGRATION_CREDENTIAL_SECRET\]/);
    expect(scene.world.simulator.requestLog.count()).toBe(0);
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
  it("is one PUT with both fields and one GET", async () => {
    const { run, id, record } = await scene.made();
    const { outs } = await run.integrationCredentials.update(id, record, integrationInputs(other));
    expect(scene.requests()).toEqual([`PUT ${credentialsPath}/${id}`, `GET ${credentialsPath}/${id}`]);
    expect(scene.live()).toMatchObject([{ id, fields: other }]);
    expect(recordedIntegration(outs)).toMatchObject({ ...other, isTakenOver: false, credentialId: id });
  });

  it("of the name alone carries the secret that state knows", async () => {
    const { run, id, record } = await scene.made();
    await run.integrationCredentials.update(id, record, integrationInputs({ name: "renamed" }));
    expect(scene.live()).toMatchObject([
      { name: "renamed", fields: { clientSecret: "canary-integration-secret" } },
    ]);
  });

  it.each([[""], [unknownValue]])("with the secret %j sends nothing", async (clientSecret) => {
    const { run, id, record } = await scene.made();
    const update = run.integrationCredentials.update(id, record, integrationInputs({ clientSecret }));
    await expect(update).rejects.toThrow(/\[INTEGRATION_CREDENTIAL_SECRET\]/);
    expect(scene.requests()).toEqual([]);
    expect(scene.live()).toMatchObject([{ fields: { clientSecret: "canary-integration-secret" } }]);
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
          fields: { ...other, clientSecret: "canary-by-hand" },
        },
      ],
    });
    const { inputs } = await scene.world.newRun().integrationCredentials.read(id, record);
    expect(inputs).toMatchObject({
      name: "by hand",
      credentialType: "userDefined",
      clientId: other.clientId,
    });
    expect(recordedIntegration(inputs ?? {}).clientSecret).toBe("canary-integration-secret");
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
    expect(scene.live()).toMatchObject([{ id, fields: { clientSecret: "canary-integration-secret" } }]);
    expect(scene.world.notices.join()).toMatch(/taken over and not made by this stack: it stays in Genesys/);
  });

  it("leaves what another entry has taken over meanwhile", async () => {
    const { id, record } = await scene.made();
    // The entry got another key: its new resource took the object over by id, then the update failed elsewhere.
    const renamed = integrationInputs({ ...other, existingId: id, owner: "genesys-credentials/dev/renamed" });
    await scene.world.newRun().integrationCredentials.create(renamed);
    await scene.world.newRun().integrationCredentials.delete(id, record);
    expect(scene.live()).toMatchObject([{ id, fields: other }]);
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
