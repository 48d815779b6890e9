// Special situations of a rotation, each with the outcome that docs/rotation.md tells.
import { writeFileSync } from "node:fs";

import { canSeeProcesses, interruptUpdate, processesOf, unlock } from "./interruption";
import { credential, impatience, mustSucceed, RotationScene, until } from "./rotationScene";
import { describeEngine, engineTestTimeoutMs } from "./world";

jest.setTimeout(engineTestTimeoutMs);

const clientPath = "/api/v2/oauth/clients/[0-9a-f-]{36}$";
const always = 100;

const urnInCredential = "urn:pulumi:dev::genesys-credentials::genesys-credentials:index:Credential$";
const clientSecretUrn = `${urnInCredential}pulumi-nodejs:dynamic/genesys:ClientSecret::${credential}`;

const driftGate = ["refresh", "--preview-only", "--expect-no-changes"];
/** The exit code of the drift gate when something drifted. */
const driftExitCode = 7;

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
      await scene.mustShowNoDrift();
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
      await scene.mustShowNoDrift();
    });
  });

  describe("somebody else's PutSecretValue", () => {
    const foreignText = JSON.stringify({ clientId: "canary-foreign", clientSecret: "canary-foreign" });

    it("is seen by the drift gate, left alone by a plain update, and put right by a refresh", async () => {
      const ours = scene.current();
      const foreign = scene.putByHand(foreignText);
      const gate = await scene.pulumi([...driftGate, "--diff"]);
      expect(gate.exitCode).toBe(driftExitCode);
      expect(gate.stdout).toMatch(/versionStage *: "AWSCURRENT" => "AWSPREVIOUS"/);
      await expect(scene.mustShowNoDrift()).rejects.toThrow("versionStage"); // which sees without the engine what that sees
      mustSucceed(await scene.up());
      expect(scene.current().versionId).toBe(foreign);
      const both = await scene.pulumi(["preview", "--refresh", "--expect-no-changes"]);
      expect(both.exitCode).toBe(driftExitCode); // the gate of mustBeSettled sees what the drift gate sees
      scene.clearLogs();
      mustSucceed(await scene.up({}, "--refresh"));
      expect(scene.current()).toEqual(ours);
      expect(scene.stored("AWSPREVIOUS")?.versionId).toBe(foreign);
      expect(scene.puts()).toBe(0);
      await scene.mustShowNoDrift();
    });

    it("is replaced by the next rotation; the client of before still works", async () => {
      const ours = scene.current();
      const foreign = scene.putByHand(foreignText);
      await scene.apply({ [credential]: { generation: 7 } });
      expect(scene.stored("AWSPREVIOUS")?.versionId).toBe(foreign);
      expect(await scene.works(ours)).toBe(true);
      await mustBeFinished();
      await scene.mustShowNoDrift();
    });

    it("gives way to the stored pair when the client's secret is replaced by force", async () => {
      const ours = scene.current();
      scene.putByHand(foreignText);
      scene.clearLogs();
      mustSucceed(await scene.up({}, "--target-replace", clientSecretUrn));
      expect(scene.current()).toEqual(ours);
      expect(scene.puts()).toBe(0);
      await mustBeFinished();
      await scene.mustShowNoDrift();
    });
  });

  describe("a secret of the client that a person made in Genesys", () => {
    it("goes unseen, since nobody can ask for it; a forced replacement makes AWSCURRENT work again", async () => {
      const { clientId } = scene.current();
      scene.simulator.organization.seed({ clients: [{ id: clientId, secret: "canary-made-by-hand" }] });
      expect(await scene.works(scene.current())).toBe(false);
      mustSucceed(await scene.up());
      expect(await scene.works(scene.current())).toBe(false);
      mustSucceed(await scene.up({ env: impatience }, "--target-replace", clientSecretUrn));
      expect(scene.current().clientId).toBe(clientId);
      await mustBeFinished();
      await scene.mustShowNoDrift();
    });
  });

  describe("an entry that is removed", () => {
    it("takes its clients and its secret along, also with --refresh", async () => {
      const before = ids();
      await scene.apply({ [credential]: { generation: 7 }, "crm-sync": { generation: 1 } });
      expect(ids()).toHaveLength(4);
      scene.declare({ [credential]: { generation: 7 } });
      mustSucceed(await scene.up({}, "--refresh"));
      expect(ids()).toEqual(before);
      expect(scene.secret("crm-sync")).toBeUndefined();
      await scene.mustShowNoDrift();
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
          whileRunning ??= scene.up({ startsHosts: true }).finally(() => {
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

    it("may leave the attributes of the state empty: the file goes, and nothing is lost", async () => {
      writeFileSync(`${scene.world.stateFile("dev")}.attrs`, "");
      expect((await scene.up()).stderr).toContain("failed to load checkpoint: EOF");
      expect(await unlock(scene)).toBe(false);
      await scene.mustBeSettled();
    });
  });
});
