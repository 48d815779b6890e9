// Rotations under the eyes of consumers that cache: not one failed call; without overlap there are failed calls, so the test can fail.
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";

import { FakeClock } from "../fakeClock";
import { type CachePolicy, Consumer } from "./consumer";
import { credential, RotationScene } from "./rotationScene";
import { describeEngine, engineTestTimeoutMs } from "./world";

jest.setTimeout(2 * engineTestTimeoutMs);

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
/** How long a rotation stands before it is taken back: some consumers have the new pair by then, others the former one. */
const shortMs = hourMs;
/** One into either slot; `npm run test:crash` watches more of them. */
const usualRotations = 2;
const rotations = Number(process.env["CONSUMER_ROTATIONS"] ?? usualRotations);

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

  /** One credential in each mode. */
  const modes = { [credential]: "replace", "crm-sync": "keep" } as const;
  const keys = Object.keys(modes) as (keyof typeof modes)[];

  const consumersOf = (key: string): Consumer[] =>
    policies.map((policy) => new Consumer(policy, vault, `genesys/dev/${key}`, clock));
  const callAll = (all: readonly Consumer[]): Promise<unknown> =>
    Promise.all(all.map((consumer) => consumer.call()));

  /** Everybody calls while the update runs, and at each step of the time until the next one. */
  async function live(
    all: readonly Consumer[],
    declared: Parameters<RotationScene["apply"]>[0],
    forMs: number,
  ): Promise<void> {
    const progress = { hasEnded: false };
    const update = scene.apply(declared).finally(() => {
      progress.hasEnded = true;
    });
    do {
      await callAll(all);
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    } while (!progress.hasEnded);
    await update;
    for (let passedMs = 0; passedMs < forMs; passedMs += stepMs) {
      await callAll(all);
      clock.advance(Math.min(stepMs, forMs - passedMs));
    }
  }

  const bothAt = (generation: number): Parameters<RotationScene["apply"]>[0] =>
    Object.fromEntries(keys.map((key) => [key, { generation, clients: modes[key] }]));

  it(`see no failed call through ${rotations} rotations in either mode, each taken back once, and some without overlap`, async () => {
    await scene.apply(bothAt(0));
    await live([], bothAt(1), 0); // from here on a credential has both of its clients
    const all = keys.flatMap(consumersOf);
    await callAll(all);
    for (let generation = 2; generation <= rotations + 1; generation++) {
      const former = keys.map((key) => scene.current(key));
      await live(all, bothAt(generation), shortMs);
      scene.clearLogs();
      await live(all, bothAt(generation - 1), minimumOverlapMs); // git revert
      expect(keys.map((key) => scene.current(key))).toEqual(former);
      expect(scene.puts()).toBe(0);
      await live(all, bothAt(generation), minimumOverlapMs);
      for (const [index, key] of keys.entries()) {
        expect(scene.current(key).clientId).not.toBe(former[index]?.clientId);
      }
    }
    for (const { policy, calls, failures } of all) {
      expect({ consumer: policy.name, failures }).toEqual({ consumer: policy.name, failures: [] });
      expect(calls).toBeGreaterThan(rotations * (minimumOverlapMs / stepMs));
    }

    const only = (generation: number): Parameters<RotationScene["apply"]>[0] => ({
      [credential]: { generation, overlap: "none" },
    });
    await scene.apply(only(rotations + 1));
    const withoutOverlap = consumersOf(credential);
    await callAll(withoutOverlap);
    await live(withoutOverlap, only(rotations + 2), minimumOverlapMs);
    const failed = withoutOverlap
      .filter(({ failures }) => failures.length > 0)
      .map(({ policy }) => policy.name);
    expect(failed).toEqual(policies.map(({ name }) => name).slice(1));
  });
});

/** Between two rounds of calls during an update, milliseconds: some forty rounds an update. */
const pauseMs = 100;
