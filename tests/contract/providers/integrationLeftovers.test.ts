// Integration credentials after an interruption, whatever Genesys shows of their fields: one and no more, and never somebody else's.
import type { IntegrationCredential } from "../../../sandbox/genesys/state";
import { integrationInputs, recordedIntegration, stackIdentity } from "../../providerWorld";
import { credentialsPath, existingId, IntegrationScene, other, otherFields } from "./integrationScene";

let scene: IntegrationScene;
beforeEach(async () => {
  scene = await IntegrationScene.create();
});
afterEach(() => scene.stop());

describe.each([["secretsBlank"], ["allBlank"], ["nulls"], ["empty"], ["absent"]] as const)(
  "where Genesys shows %s of the fields",
  (shownCredentialFields) => {
    beforeEach(() => {
      scene.world.simulator.organization.setSwitches({ shownCredentialFields });
    });

    it("a whole life goes well", async () => {
      const { run, id, record } = await scene.made();
      const read = await scene.world.newRun().integrationCredentials.read(id, record);
      const { inputs } = await run.integrationCredentials.check({}, { ...integrationInputs() });
      const { __provider: _provider, ...declared } = inputs;
      expect(recordedIntegration(read.inputs ?? {})).toEqual(declared);
      expect(recordedIntegration(read.props ?? {})).toEqual(record);
      const { outs } = await run.integrationCredentials.update(id, record, integrationInputs(other));
      expect(scene.live()).toMatchObject([{ id, fields: otherFields }]);
      await run.integrationCredentials.delete(id, recordedIntegration(outs));
      expect(scene.live()).toEqual([]);
    });

    it("a lost answer to the creation leaves one", async () => {
      scene.world.simulator.faults.arm({
        match: { method: "POST", path: `${credentialsPath}$` },
        kind: "reset",
        phase: "after",
      });
      const { id } = await scene.made();
      expect(scene.live()).toMatchObject([{ id, fields: { clientId: integrationInputs().clientId } }]);
    });

    it("what a run left that died before saving is found again, where its client can be told", async () => {
      await scene.made();
      const again = scene.world.newRun().integrationCredentials.create(integrationInputs());
      if (shownCredentialFields === "secretsBlank") {
        const { id } = await again;
        expect(scene.live().map((one) => one.id)).toEqual([id]);
        return;
      }
      // Nobody can tell whose it is: the message names the way on, which works.
      await expect(again).rejects.toThrow(/add id: \S+ to take it over/);
      const [{ id: left }] = scene.live() as [IntegrationCredential];
      await scene.world.newRun().integrationCredentials.create(integrationInputs({ existingId: left }));
      expect(scene.live()).toMatchObject([{ id: left, fields: { clientId: integrationInputs().clientId } }]);
    });
  },
);

describe("what an interrupted run left", () => {
  it("with a client of the same credential from before is taken over", async () => {
    const owner = integrationInputs().owner;
    scene.world.simulator.organization.seed({
      clients: [
        { id: other.clientId, name: "former", description: `x [pulumi:${stackIdentity}/${owner}#0:0a]` },
      ],
    });
    scene.seedExisting({ name: integrationInputs().name, fields: otherFields });
    const { id } = await scene.world.newRun().integrationCredentials.create(integrationInputs());
    expect(id).toBe(existingId);
    expect(scene.live()).toMatchObject([{ fields: { clientId: integrationInputs().clientId } }]);
  });

  it("with a client of another credential is somebody else's", async () => {
    scene.world.simulator.organization.seed({
      clients: [{ id: other.clientId, name: "former", description: "x [pulumi:p/dev/other#0:0a]" }],
    });
    scene.seedExisting({ name: integrationInputs().name, fields: otherFields });
    const creation = scene.world.newRun().integrationCredentials.create(integrationInputs());
    await expect(creation).rejects.toThrow(/_NAME_TAKEN/);
  });

  it("is not looked for when that is switched off", async () => {
    await scene.made();
    const creation = scene.world
      .newRun({ reconcile: false })
      .integrationCredentials.create(integrationInputs());
    await expect(creation).rejects.toThrow(/_NAME_TAKEN/);
  });

  it("twice is reduced to one", async () => {
    const { id } = await scene.made();
    scene.world.simulator.organization.seed({
      integrationCredentials: [
        { id: existingId, name: integrationInputs().name, fields: { ...integrationInputs(other) } },
      ].map((one) => ({
        ...one,
        fields: { clientId: integrationInputs().clientId, clientSecret: "canary-x" },
      })),
    });
    const again = await scene.world.newRun().integrationCredentials.create(integrationInputs());
    expect(scene.live().map((one) => one.id)).toEqual([again.id]);
    expect([id, existingId]).toContain(again.id);
  });

  it("of a taking over by id is taken up again", async () => {
    scene.seedExisting();
    scene.world.simulator.faults.arm({
      match: { method: "PUT", path: existingId },
      kind: "reset",
      phase: "after",
      times: "always",
    });
    const inputs = integrationInputs({ existingId });
    await expect(scene.world.newRun().integrationCredentials.create(inputs)).rejects.toThrow(
      /GENESYS_UNREACHABLE/,
    );
    scene.world.simulator.faults.clear();
    const { id } = await scene.world.newRun().integrationCredentials.create(inputs);
    expect(scene.live()).toMatchObject([{ id, fields: { clientId: inputs.clientId } }]);
  });

  it("while what it made could not be written stays on record", async () => {
    const { faults } = scene.world.simulator;
    const post = { method: "POST", path: "/integrations/credentials$" } as const;
    faults.arm({ match: post, kind: "reset", phase: "after" });
    faults.arm({
      match: { method: "PUT", path: "/integrations/" },
      kind: "status",
      status: 400,
      times: "always",
    });
    const failure = await scene.world
      .newRun()
      .integrationCredentials.create(integrationInputs())
      .catch((error: unknown) => error);
    const [left] = scene.live();
    expect(failure).toMatchObject({
      id: left?.id,
      properties: { credentialId: left?.id, isTakenOver: false },
    });
  });

  it("never makes a second one where the list cannot be had", async () => {
    const { faults } = scene.world.simulator;
    const post = { method: "POST", path: "/integrations/credentials$" } as const;
    faults.arm({ match: post, kind: "reset", phase: "after" });
    faults.arm({
      match: { method: "GET", path: "/listing" },
      kind: "status",
      status: 503,
      skip: 1, // the look at the names before
      times: "always",
    });
    const creation = scene.world.newRun().integrationCredentials.create(integrationInputs());
    await expect(creation).rejects.toThrow(/GENESYS_API/);
    expect(scene.live()).toHaveLength(1);
    faults.clear();
    const { id } = await scene.world.newRun().integrationCredentials.create(integrationInputs());
    expect(scene.live().map((one) => one.id)).toEqual([id]);
  });

  it("made twice by lost answers, with a client that is not told, is left to people", async () => {
    scene.world.simulator.organization.setSwitches({ shownCredentialFields: "absent" });
    scene.world.simulator.organization.setConsistency({ clientVisibleAfterMs: 60_000 });
    const post = { method: "POST", path: "/integrations/credentials$" } as const;
    scene.world.simulator.faults.arm({ match: post, kind: "reset", phase: "after" });
    const { id } = await scene.world.newRun().integrationCredentials.create(integrationInputs());
    const others = scene.live().filter((one) => one.id !== id);
    expect(others).toHaveLength(1);
    expect(scene.world.notices.join()).toContain(
      `(${others[0]?.id ?? ""}), and Genesys does not tell whose client`,
    );
  });
});
