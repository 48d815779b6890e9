// A bad rotation never reaches a consumer: whatever fails on the way, the secret names a working client and the next plain update finishes.
import { impatience, mustSucceed, credential, RotationScene, type StoredValue } from "./rotationScene";
import { describeEngine, engineTestTimeoutMs } from "./world";

jest.setTimeout(engineTestTimeoutMs);

/** A delay on the organisation's clock that no test outlasts. Milliseconds. */
const forLongMs = 3_600_000;
const secretName = `genesys/dev/${credential}`;

interface Failure {
  readonly name: string;
  readonly arm: (scene: RotationScene) => void;
  /** What the update says; absent where it is to succeed in spite of the failure. */
  readonly says?: RegExp;
  /** Which client the secret names after the failed update. */
  readonly leaves?: "old" | "verified new";
  /** What a person or time puts right, where that is more than the end of the failure. */
  readonly cure?: (scene: RotationScene) => void;
}

const putSecretValue = { operation: "PutSecretValue", secret: secretName } as const;
const always = 1000;

const failures: readonly Failure[] = [
  {
    name: "the new client cannot mint a token",
    arm: ({ simulator }) => {
      simulator.organization.setConsistency({ clientMintsAfterMs: forLongMs });
    },
    says: /secret of nightly-report \(genesys\/dev\/nightly-report\).*cannot mint a token.*the stored secret was not changed.*\[VERIFICATION_FAILED\]/,
    leaves: "old",
    cure: ({ simulator }) => {
      simulator.organization.setConsistency({ clientMintsAfterMs: 0 });
    },
  },
  {
    name: "the new client lacks a role",
    arm: ({ simulator }) => {
      simulator.organization.advanceClock(2 * forLongMs); // older grants, the deployer's own among them, count
      simulator.organization.setConsistency({ grantEffectiveAfterMs: forLongMs });
    },
    says: /lacks role \S+ in division \S+.*\[VERIFICATION_FAILED\]/,
    leaves: "old",
    cure: ({ simulator }) => {
      simulator.organization.setConsistency({ grantEffectiveAfterMs: 0 });
    },
  },
  {
    name: "the login host fails while the new client proves itself",
    arm: ({ simulator }) => {
      simulator.faults.arm({
        match: { method: "POST", path: "/oauth/token" },
        kind: "status",
        status: 400,
        code: "invalid_client",
        skip: 1, // the deployer's own token
        times: "always",
      });
    },
    says: /VERIFICATION_FAILED/,
    leaves: "old",
  },
  {
    name: "the answer to the creation is lost",
    arm: ({ simulator }) => {
      simulator.faults.arm({
        match: { method: "POST", path: "/api/v2/oauth/clients$" },
        kind: "reset",
        phase: "after",
      });
    },
  },
  {
    name: "the answer to the creation is lost, and so is every list that would show its outcome",
    arm: ({ simulator }) => {
      simulator.faults.arm({
        match: { method: "POST", path: "/api/v2/oauth/clients$" },
        kind: "reset",
        phase: "after",
      });
      simulator.faults.arm({
        match: { method: "GET", path: "/api/v2/oauth/clients$" },
        kind: "status",
        status: 403,
        skip: 1, // the list at the start of the run
        times: "always",
      });
    },
    says: /Creating OAuth client "nightly-report-dev-[ab]"/,
    leaves: "old",
  },
  {
    name: "AWS denies PutSecretValue",
    arm: ({ world }) => {
      world.secretsManager.faults.arm({ ...putSecretValue, kind: "accessDenied", times: always });
    },
    says: /PutSecretValue of .*not authorized to perform: secretsmanager:PutSecretValue.*\[AWS_DENIED\]/,
    leaves: "old",
  },
  {
    name: "AWS throttles PutSecretValue",
    arm: ({ world }) => {
      world.secretsManager.faults.arm({ ...putSecretValue, kind: "throttling", times: always });
    },
    says: /PutSecretValue of .*\[AWS_THROTTLED\]/,
    leaves: "old",
  },
  {
    name: "AWS fails after it has written the secret",
    arm: ({ world }) => {
      world.secretsManager.faults.arm({ ...putSecretValue, kind: "internal", phase: "after", times: always });
    },
    says: /PutSecretValue of .*Internal.*\[AWS_FAILED\]/,
    leaves: "verified new",
  },
  {
    name: "the secret is scheduled for deletion",
    arm: ({ world }) => {
      world.secretsManager.vault.delete("eu-west-1", secretName, 7, false);
    },
    says: /is scheduled for deletion.*restore-secret.*\[SECRET_SCHEDULED_FOR_DELETION\]/,
    leaves: "old",
    cure: ({ world }) => {
      world.secretsManager.vault.restore("eu-west-1", secretName);
    },
  },
];

/** Failures that strike a rotation which keeps its clients, too: the others are about the making of a client. */
const inKeeping = failures.filter(({ name }) => !/creation|lacks a role/.test(name));
const cells = [
  ...failures.map((failure) => ({ ...failure, clients: "replace" as const })),
  ...inKeeping.map((failure) => ({ ...failure, clients: "keep" as const })),
];

describeEngine("a rotation that fails", () => {
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

  const cure = ({ cure: more }: Failure): void => {
    scene.simulator.faults.clear();
    scene.world.secretsManager.faults.clear();
    more?.(scene);
  };

  it.each(cells)("($clients) because $name, is finished by the next update", async (failure) => {
    const { clients } = failure;
    if (clients !== declaredMode) {
      declaredMode = clients;
      await scene.apply({ [credential]: { generation, clients } });
    }
    const old = scene.current();
    generation += 1;
    scene.declare({ [credential]: { generation, clients } });
    failure.arm(scene);
    const failed = await scene.up({ env: impatience });
    const left = scene.current();
    cure(failure);

    if (failure.says === undefined) {
      mustSucceed(failed);
    } else {
      expect(failed.exitCode).not.toBe(0);
      expect(failed.stdout + failed.stderr).toMatch(failure.says);
      expect(failed.stdout + failed.stderr).not.toContain("    at ");
      expect(left.clientId === old.clientId ? "old" : "verified new").toBe(failure.leaves);
      expect(await scene.works(left)).toBe(true);
      expect(await scene.works(old)).toBe(true);
      mustSucceed(await scene.up({ env: impatience }));
    }
    await mustHaveRotated(old);
    expect(scene.stored("AWSPREVIOUS")?.clientId).toBe(old.clientId); // nothing is written twice
  });

  it("meets a value that somebody else has written, and replaces it", async () => {
    const old = scene.current();
    const foreign = scene.putByHand(
      JSON.stringify({ clientId: "canary-foreign", clientSecret: "canary-foreign" }),
    );
    generation += 1;
    await scene.apply({ [credential]: { generation } });
    expect(scene.stored("AWSPREVIOUS")?.versionId).toBe(foreign);
    await mustHaveRotated(old);
    await scene.mustBeSettled();
  });

  async function mustHaveRotated(old: StoredValue): Promise<void> {
    const current = scene.current();
    expect(current.clientId).not.toBe(old.clientId);
    expect(await scene.works(current)).toBe(true);
    expect(await scene.works(old)).toBe(true); // the overlap lasts until the next rotation
    expect(scene.stored("AWSPREVIOUS")).toBeDefined();
    expect(scene.unknownClients()).toEqual([]);
    expect(
      scene
        .clients()
        .map(({ id }) => id)
        .sort(),
    ).toEqual([current.clientId, old.clientId].sort());
    await scene.mustShowNoDrift();
  }
});
