// Special situations of a rotation, each with the outcome that docs/rotation.md tells.
import { canSeeProcesses, interruptUpdate, processesOf, unlock } from "./interruption";
import { credential, impatience, mustSucceed, RotationScene, until } from "./rotationScene";
import { describeEngine, engineTestTimeoutMs } from "./world";

jest.setTimeout(engineTestTimeoutMs);

const clientPath = "/api/v2/oauth/clients/[0-9a-f-]{36}$";
const always = 100;

const urnInCredential = "urn:pulumi:dev::genesys-credentials::genesys-credentials:index:Credential$";
const secretVersionUrn = `${urnInCredential}aws:secretsmanager/secretVersion:SecretVersion::${credential}`;

/** The URN of a slot's client. */
function urnOf(slot: "a" | "b"): string {
  return `${urnInCredential}pulumi-nodejs:dynamic/genesys:OAuthClient::${credential}-${slot}`;
}

describeEngine("a special situation", () => {
  let scene: RotationScene;
  beforeAll(async () => {
    scene = await RotationScene.create();
    await scene.apply({ [credential]: { generation: 1 } });
  });
  afterAll(async () => {
    await scene.stop();
  });

  const ids = (): string[] =>
    scene
      .clients()
      .map(({ id }) => id)
      .sort();
  const mustBeFinished = async (): Promise<void> => {
    expect(await scene.works(scene.current())).toBe(true);
    expect(scene.stored("AWSPREVIOUS")).toBeDefined();
    expect(scene.unknownClients()).toEqual([]);
    expect(ids()).toEqual(scene.recordedClients().map(({ id }) => id));
    expect(ids()).toHaveLength(2);
  };

  describe("pulumi up --target on the client of one slot", () => {
    it("replaces the idle client and leaves the secret; a plain update stores the new one", async () => {
      const current = scene.current();
      scene.declare({ [credential]: { generation: 2 } });
      mustSucceed(await scene.up({}, "--target", urnOf("a")));
      expect(scene.current()).toEqual(current);
      expect(await scene.works(current)).toBe(true);
      expect(ids()).toContain(current.clientId);
      mustSucceed(await scene.up());
      expect(scene.stored("AWSPREVIOUS")).toEqual(current);
      expect(await scene.works(current)).toBe(true);
      await mustBeFinished();
    });

    it("with a rotation by two, takes the client away that the secret names, until a plain update", async () => {
      const current = scene.current();
      scene.declare({ [credential]: { generation: 4 } });
      mustSucceed(await scene.up({}, "--target", urnOf("a")));
      expect(scene.current()).toEqual(current);
      expect(await scene.works(current)).toBe(false);
      mustSucceed(await scene.up());
      await mustBeFinished();
    });
  });

  describe("pulumi up --refresh in the middle of a rotation", () => {
    it("finishes it when the secret could not be written", async () => {
      const old = scene.current();
      scene.declare({ [credential]: { generation: 5 } });
      const { faults } = scene.world.secretsManager;
      faults.arm({ operation: "PutSecretValue", kind: "accessDenied", times: always });
      expect((await scene.up({ env: impatience })).exitCode).not.toBe(0);
      faults.clear();
      mustSucceed(await scene.up({ env: impatience }, "--refresh"));
      expect(scene.stored("AWSPREVIOUS")).toEqual(old);
      expect(await scene.works(old)).toBe(true);
      await mustBeFinished();
      await scene.mustBeSettled();
    });

    it("finishes it when the old client could not be deleted, and AWSPREVIOUS stays", async () => {
      const old = scene.current();
      scene.declare({ [credential]: { generation: 6 } });
      const { faults } = scene.simulator;
      faults.arm({
        match: { method: "PUT", path: clientPath },
        kind: "status",
        status: 403,
        times: "always",
      });
      expect((await scene.up({ env: impatience })).exitCode).not.toBe(0);
      faults.clear();
      expect(scene.current().clientId).not.toBe(old.clientId);
      mustSucceed(await scene.up({ env: impatience }, "--refresh"));
      expect(scene.stored("AWSPREVIOUS")).toEqual(old);
      expect(await scene.works(old)).toBe(true);
      await mustBeFinished();
      await scene.mustBeSettled();
    });
  });

  describe("somebody else's PutSecretValue", () => {
    const foreignText = JSON.stringify({ clientId: "canary-foreign", clientSecret: "canary-foreign" });

    it("goes unseen by the drift gate, and survives a plain update and a refresh", async () => {
      const ours = scene.current();
      const foreign = scene.putByHand(foreignText);
      await scene.mustShowNoDrift(); // labels are outputs only: it takes `credentials verify` to see this
      mustSucceed(await scene.up());
      expect(scene.current().versionId).toBe(foreign);
      mustSucceed(await scene.up({}, "--refresh"));
      expect(scene.current().versionId).toBe(foreign);
      expect(scene.stored("AWSPREVIOUS")).toEqual(ours);
      expect(await scene.works(ours)).toBe(true);
    });

    it("is replaced by the next rotation; the client of before still works", async () => {
      const ours = scene.stored("AWSPREVIOUS");
      const foreign = scene.current().versionId;
      await scene.apply({ [credential]: { generation: 7 } });
      expect(scene.stored("AWSPREVIOUS")?.versionId).toBe(foreign);
      expect(ours === undefined ? false : await scene.works(ours)).toBe(true);
      await mustBeFinished();
      await scene.mustBeSettled();
    });

    it("gives way to the stored client when the secret version is replaced", async () => {
      const ours = scene.current();
      scene.putByHand(foreignText);
      mustSucceed(await scene.up({}, "--target-replace", secretVersionUrn));
      const { clientId, clientSecret } = scene.current();
      expect({ clientId, clientSecret }).toEqual({
        clientId: ours.clientId,
        clientSecret: ours.clientSecret,
      });
      await mustBeFinished();
      await scene.mustBeSettled();
    });
  });

  if (!canSeeProcesses) {
    process.stderr.write("SKIPPED, no /proc to look for processes in: a killed update and its lock\n");
  }
  (canSeeProcesses ? describe : describe.skip)("an update that was killed", () => {
    it("keeps the stack locked, as one that runs does, until pulumi cancel", async () => {
      const old = scene.current();
      scene.declare({ [credential]: { generation: 8 } });
      scene.clearLogs();
      scene.simulator.faults.arm({
        match: { method: "POST", path: "/api/v2/oauth/clients$" },
        kind: "timeout",
        phase: "after",
      });
      let whileRunning: Promise<{ exitCode: number; stderr: string }> | undefined;
      let isRefused = false;
      const isHeldAndTried = (): boolean => {
        if (scene.simulator.requestLog.count({ method: "POST", path: "/api/v2/oauth/clients" }) > 0) {
          whileRunning ??= scene.pulumi(["up", "--yes", "--skip-preview"], {}).finally(() => {
            isRefused = true;
          });
        }
        return isRefused;
      };
      expect(await interruptUpdate(scene, "engine", isHeldAndTried)).toBe(true);
      expect(await whileRunning).toMatchObject({ stderr: expect.stringContaining("locked") as string });
      expect((await whileRunning)?.exitCode).not.toBe(0);

      const refused = await scene.up();
      expect(refused.exitCode).not.toBe(0);
      expect(refused.stderr).toContain("locked");
      expect(await unlock(scene)).toBe(true);
      mustSucceed(await scene.up({ env: impatience }));
      expect(scene.stored("AWSPREVIOUS")?.clientId).toBe(old.clientId);
      await until("every process to end", () => processesOf(scene).length === 0);
      await mustBeFinished();
      await scene.mustBeSettled();
    });
  });
});
