// An update killed at each step of a rotation, in either mode, and of the making of a credential: the next one ends where it would have ended, nothing is lost and nobody notices.
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

const awsStep = (
  name: string,
  operation: string,
  phase: "before" | "after",
  stopped: readonly Target[],
): Step => ({
  name,
  targets: stopped,
  hold: ({ world }) => {
    world.secretsManager.faults.arm({ operation, kind: "timeout", phase });
  },
});

const replacing: readonly Step[] = [
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
  awsStep("the look at the stored secret", "DescribeSecret", "before", ["provider"]),
  awsStep("the stored secret, not written", "PutSecretValue", "before", ["engine"]),
  awsStep("the stored secret, written but not answered", "PutSecretValue", "after", ["engine", "provider"]),
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

const keeping: readonly Step[] = [
  genesysStep("the deployer's token", { method: "POST", path: "/oauth/token", ...byDeployer }, ["engine"]),
  genesysStep("the new secret, not made", { method: "POST", path: `${clients}/.*/secret` }, ["provider"]),
  genesysStep(
    "the new secret, made but not answered",
    { method: "POST", path: `${clients}/.*/secret` },
    ["engine", "simulator"],
    { phase: "after" },
  ),
  genesysStep("the token with the new secret", { method: "POST", path: "/oauth/token" }, ["provider"], {
    skip: 1,
  }),
  awsStep("the stored secret, not written", "PutSecretValue", "before", ["language host"]),
  awsStep("the stored secret, written but not answered", "PutSecretValue", "after", ["engine", "provider"]),
];

const cells = (
  [
    ["replace", replacing],
    ["keep", keeping],
  ] as const
).flatMap(([mode, steps]) =>
  steps.flatMap((step) =>
    (everyCell ? targets : step.targets).map((target) => ({
      mode,
      step: step.name,
      target,
      hold: step.hold,
    })),
  ),
);

if (!canSeeProcesses) {
  process.stderr.write(
    "SKIPPED, no /proc to look for processes in: an update that is killed in a rotation\n",
  );
}

(canSeeProcesses ? describeEngine : describe.skip)("an update that is killed in a rotation", () => {
  let scene: RotationScene;
  let generation = 1;
  let declaredMode = "replace";
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

  it.each(cells)("($mode) at $step, by the end of the $target", async ({ mode, target, hold }) => {
    if (mode !== declaredMode) {
      declaredMode = mode;
      await scene.apply({ [credential]: { generation, clients: mode } });
    }
    const before = scene.clients().map(({ id }) => id);
    const old = scene.current();
    generation += 1;
    scene.declare({ [credential]: { generation, clients: mode } });
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
    expect(scene.stored("AWSPREVIOUS")).toEqual(old);
    expect(scene.unknownClients()).toEqual([]);
    expect(scene.recordedClients()).toEqual(
      [
        { id: current.clientId, generation },
        { id: old.clientId, generation: generation - 1 },
      ].sort((a, b) => a.id.localeCompare(b.id)),
    );
    const after = scene.clients().map(({ id }) => id);
    expect(after.sort()).toEqual([current.clientId, old.clientId].sort());
    if (mode === "keep") {
      expect(after).toEqual(before.sort());
    }
    await scene.mustShowNoDrift();
  });

  it("leaves nothing to do in the end", () => scene.mustBeSettled());
});

/** The making of a credential: everything but the container in AWS, which only its plugin can make. */
const making: readonly Step[] = [
  genesysStep(
    "the role, made but not answered",
    { method: "POST", path: "/authorization/roles$" },
    ["engine"],
    { phase: "after" },
  ),
  genesysStep("the client, not made", { method: "POST", path: `${clients}$` }, ["language host"]),
  genesysStep(
    "the client, made but not answered",
    { method: "POST", path: `${clients}$` },
    ["engine", "provider"],
    { phase: "after" },
  ),
  genesysStep("the client's token", { method: "POST", path: "/oauth/token" }, ["provider"], { skip: 1 }),
  awsStep("the stored secret, not written", "PutSecretValue", "before", ["engine"]),
  awsStep("the stored secret, written but not answered", "PutSecretValue", "after", ["engine"]),
];

(canSeeProcesses ? describeEngine : describe.skip)("the making of a credential that is killed", () => {
  let scene: RotationScene;
  const declared: Record<string, { readonly generation: number }> = {};
  beforeAll(async () => {
    scene = await RotationScene.create();
  });
  afterAll(async () => {
    await scene.stop();
  });

  const creations = making.flatMap(({ name, hold, targets: some }) =>
    (everyCell ? targets : some).map((target) => ({ step: name, target, hold })),
  );

  it.each(creations)("at $step, by the end of the $target", async ({ target, hold }) => {
    const isHeld = (): boolean =>
      scene.simulator.requestLog.entries.some(({ faulted }) => faulted === "timeout") ||
      scene.world.secretsManager.requestLog.some(({ status }) => status === 0);
    const key = `report-${Object.keys(declared).length}`;
    declared[key] = { generation: 0 };
    scene.declare(declared);
    scene.clearLogs();
    hold(scene);
    expect(await interruptUpdate(scene, target, isHeld)).toBe(true);
    expect(await unlock(scene)).toBe(target === "engine");
    mustSucceed(await scene.up({ env: impatience }));
    const named = Object.keys(declared).map((one) => scene.current(one).clientId);
    expect(
      scene
        .clients()
        .map(({ id }) => id)
        .sort(),
    ).toEqual(named.sort());
    expect(await scene.works(scene.current(key))).toBe(true);
    expect(scene.unknownClients()).toEqual([]);
    const { roles } = scene.simulator.organization.describe();
    expect(roles.filter(({ name }) => name === "reporting-reader")).toHaveLength(1);
    await scene.mustShowNoDrift();
  });

  it("leaves nothing to do in the end, for any of them", () => scene.mustBeSettled());
});
