// Ten rotations under the eyes of consumers that cache: not one failed call; without overlap there are failed calls, so the test can fail.
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";

import { FakeClock } from "../fakeClock";
import { type CachePolicy, Consumer } from "./consumer";
import { credential, RotationScene } from "./rotationScene";
import { describeEngine, engineTestTimeoutMs } from "./world";

jest.setTimeout(engineTestTimeoutMs);

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** The caches of docs/rotation.md, by default none, Powertools, the Lambda extension and the caching libraries. */
const policies: readonly CachePolicy[] = [
  { name: "no cache", secretMs: 0, keepsToken: false },
  { name: "5 s", secretMs: 5_000, keepsToken: false },
  { name: "300 s", secretMs: 300_000, keepsToken: false },
  { name: "1 h", secretMs: hourMs, keepsToken: false },
  { name: "1 h, the token kept until it expires", secretMs: hourMs, keepsToken: true },
];

/** What `rotate` leaves at least between two rotations, for tokens of 24 hours. */
const minimumOverlapMs = 48 * hourMs;
/** Not a divisor of an hour or of a token's life: caches run out at all phases of the time between two rotations. */
const stepMs = 25 * minuteMs;
const rotations = 10;

describeEngine("consumers with caches", () => {
  let scene: RotationScene;
  let vault: SecretsManagerClient;
  let clock: FakeClock;
  beforeAll(async () => {
    clock = new FakeClock();
    scene = await RotationScene.create({ clock });
    vault = new SecretsManagerClient({
      region: "eu-west-1",
      endpoint: scene.world.secretsManager.url,
      credentials: { accessKeyId: "canary-access-key", secretAccessKey: "canary-secret-key" },
    });
  });
  afterAll(async () => {
    vault.destroy();
    await scene.stop();
  });

  const consumers = (): Consumer[] =>
    policies.map((policy) => new Consumer(policy, vault, `genesys/dev/${credential}`, clock));
  const callAll = (all: readonly Consumer[]): Promise<unknown> =>
    Promise.all(all.map((consumer) => consumer.call()));

  /** Everybody calls while the update runs, and at each step of the time until the next one. */
  async function rotate(
    all: readonly Consumer[],
    generation: number,
    overlap: "previous" | "none",
  ): Promise<void> {
    const progress = { hasEnded: false };
    const update = scene.apply({ [credential]: { generation, overlap } }).finally(() => {
      progress.hasEnded = true;
    });
    do {
      await callAll(all);
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    } while (!progress.hasEnded);
    await update;
    for (let passedMs = 0; passedMs < minimumOverlapMs; passedMs += stepMs) {
      await callAll(all);
      clock.advance(Math.min(stepMs, minimumOverlapMs - passedMs));
    }
  }

  it("see no failed call through ten rotations, and some without overlap", async () => {
    await scene.apply({ [credential]: { generation: 0 } });
    const all = consumers();
    await callAll(all);
    const seen = new Set([scene.current().clientId]);
    for (let generation = 1; generation <= rotations; generation++) {
      await rotate(all, generation, "previous");
      seen.add(scene.current().clientId);
    }
    expect(seen.size).toBe(rotations + 1);
    for (const { policy, calls, failures } of all) {
      expect({ consumer: policy.name, failures }).toEqual({ consumer: policy.name, failures: [] });
      expect(calls).toBeGreaterThan(rotations * (minimumOverlapMs / stepMs));
    }

    await scene.apply({ [credential]: { generation: rotations, overlap: "none" } });
    const withoutOverlap = consumers();
    await callAll(withoutOverlap);
    await rotate(withoutOverlap, rotations + 1, "none");
    const failed = withoutOverlap
      .filter(({ failures }) => failures.length > 0)
      .map(({ policy }) => policy.name);
    expect(failed).toEqual(policies.map(({ name }) => name).slice(1));
  });
});

/** Between two rounds of calls during an update, milliseconds: some forty rounds an update. */
const pauseMs = 100;
