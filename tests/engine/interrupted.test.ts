// An update killed at each step of a rotation: the next one ends where it would have ended, nothing is lost and nobody notices.
import { deployerClientId } from "../../sandbox/genesys/seed";
import { canSeeProcesses, interruptUpdate, type Target, targets, unlock } from "./interruption";
import { credential, impatience, mustSucceed, RotationScene } from "./rotationScene";
import { describeEngine } from "./world";

/** Milliseconds: an interrupted update, its repair and the drift gate, on a loaded machine. */
jest.setTimeout(180_000);

/** The environment variable with which every target is stopped at every step; else each step meets one or two of them. */
const everyCell = (process.env["INTERRUPTED_EVERY_CELL"] ?? "") !== "";

const clients = "/api/v2/oauth/clients";
const client = `${clients}/[0-9a-f-]{36}$`;
const byDeployer = { client: deployerClientId };

/** A step is a request that is never answered: `before` the service has done it, or `after`. */
interface Step {
  readonly name: string;
  readonly hold: (scene: RotationScene) => void;
  readonly targets: readonly Target[];
}

const genesysStep = (
  name: string,
  match: { method: string; path: string; client?: string },
  stopped: readonly Target[],
  more: { phase?: "before" | "after"; skip?: number } = {},
): Step => ({
  name,
  targets: stopped,
  hold: ({ simulator }) => {
    simulator.faults.arm({ match, kind: "timeout", times: "always", ...more });
  },
});

const awsStep = (name: string, phase: "before" | "after", stopped: readonly Target[]): Step => ({
  name,
  targets: stopped,
  hold: ({ world }) => {
    world.secretsManager.faults.arm({ operation: "PutSecretValue", kind: "timeout", phase });
  },
});

const steps: readonly Step[] = [
  genesysStep("the deployer's token", { method: "POST", path: "/oauth/token", ...byDeployer }, ["simulator"]),
  genesysStep("the deployer's identity", { method: "GET", path: "/api/v2/tokens/me", ...byDeployer }, [
    "provider",
  ]),
  genesysStep("the role by its name", { method: "GET", path: "/authorization/roles" }, ["engine"]),
  genesysStep("the list of clients", { method: "GET", path: `${clients}$` }, ["language host"]),
  genesysStep("the creation, not done", { method: "POST", path: `${clients}$` }, ["simulator"]),
  genesysStep(
    "the creation, done but not answered",
    { method: "POST", path: `${clients}$` },
    ["engine", "provider", "simulator"],
    { phase: "after" },
  ),
  genesysStep("the new client's token", { method: "POST", path: "/oauth/token" }, ["provider"], { skip: 1 }),
  genesysStep(
    "the new client's identity",
    { method: "GET", path: "/api/v2/tokens/me" },
    ["engine", "simulator"],
    {
      skip: 1,
    },
  ),
  awsStep("the stored secret, not written", "before", ["engine"]),
  awsStep("the stored secret, written but not answered", "after", ["engine"]),
  genesysStep("the old client's deactivation", { method: "PUT", path: client }, ["simulator"], {
    phase: "after",
  }),
  genesysStep("the old client's deletion, not done", { method: "DELETE", path: client }, ["provider"]),
  genesysStep(
    "the old client's deletion, done but not answered",
    { method: "DELETE", path: client },
    ["engine", "language host"],
    { phase: "after" },
  ),
  genesysStep("the proof that the old client is gone", { method: "GET", path: client }, ["engine"]),
];

const cells = steps.flatMap((step) =>
  (everyCell ? targets : step.targets).map((target) => ({ step: step.name, target, hold: step.hold })),
);

if (!canSeeProcesses) {
  process.stderr.write(
    "SKIPPED, no /proc to look for processes in: an update that is killed in a rotation\n",
  );
}

(canSeeProcesses ? describeEngine : describe.skip)("an update that is killed in a rotation", () => {
  let scene: RotationScene;
  let generation = 1;
  beforeAll(async () => {
    scene = await RotationScene.create();
    await scene.apply({ [credential]: { generation } });
  });
  afterAll(async () => {
    await scene.stop();
  });

  const isHeld = (): boolean =>
    scene.simulator.requestLog.entries.some(({ faulted }) => faulted === "timeout") ||
    scene.world.secretsManager.requestLog.some(({ status }) => status === 0);

  it.each(cells)("at $step, by the end of the $target", async ({ target, hold }) => {
    const old = scene.current();
    generation += 1;
    scene.declare({ [credential]: { generation } });
    scene.clearLogs();
    hold(scene);
    expect(await interruptUpdate(scene, target, isHeld)).toBe(true);
    expect(await scene.works(scene.current())).toBe(true);
    expect(await scene.works(old)).toBe(true);

    expect(await unlock(scene)).toBe(target === "engine"); // the one manual step
    mustSucceed(await scene.up({ env: impatience }));
    const current = scene.current();
    expect(current.clientId).not.toBe(old.clientId);
    expect(await scene.works(current)).toBe(true);
    expect(await scene.works(old)).toBe(true);
    expect(scene.stored("AWSPREVIOUS")).toBeDefined();
    expect(scene.unknownClients()).toEqual([]);
    expect(scene.recordedClients()).toEqual(
      [
        { id: current.clientId, generation },
        { id: old.clientId, generation: generation - 1 },
      ].sort((a, b) => a.id.localeCompare(b.id)),
    );
    expect(
      scene
        .clients()
        .map(({ id }) => id)
        .sort(),
    ).toEqual([current.clientId, old.clientId].sort());
    await scene.mustShowNoDrift();
  });
});
