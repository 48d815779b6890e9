// Storing a secret that is cut off at any of its requests to AWS or Genesys: consumers always read a pair that works, and the next run ends it.
import type { FaultSpec } from "../../../sandbox/genesys/faults";
import type { FaultOrder } from "../../../sandbox/secretsmanager/faults";
import { type ClientSecretInputs } from "../../../providers/clientSecret/record";
import { textsOf } from "../../fault/leaks";
import { clientSecretInputs } from "../../providerWorld";
import { versionsOf } from "../../storedSecrets";
import { ClientSecretScene, newSecret } from "./clientSecretScene";

let scene: ClientSecretScene;
beforeEach(async () => {
  scene = await ClientSecretScene.create();
});
afterEach(() => scene.stop());

/** Makes what is to be stored; a pair of another client is current. */
type Arrangement = () => Promise<ClientSecretInputs>;

const rotation: Arrangement = async () => {
  await scene.stored({ generation: 1 });
  return clientSecretInputs(await scene.client({ generation: 2 }), { generation: 2 });
};
const takenBack: Arrangement = async () => {
  const former = await scene.stored();
  await scene.stored({ generation: 1 });
  return former.inputs;
};

/** A request to AWS: the operation, and how many of the same operation come before. */
type Place = readonly [string, Arrangement, string, number];

const places: readonly Place[] = [
  ["a rotation", rotation, "DescribeSecret", 0],
  ["a rotation", rotation, "GetSecretValue", 0],
  ["a rotation", rotation, "GetSecretValue", 1],
  ["a rotation", rotation, "PutSecretValue", 0],
  ["a rotation", rotation, "DescribeSecret", 1],
  ["a rotation that is taken back", takenBack, "GetSecretValue", 1],
  ["a rotation that is taken back", takenBack, "UpdateSecretVersionStage", 0],
  ["a rotation that is taken back", takenBack, "DescribeSecret", 1],
];

/** What goes wrong, and the code of the error where the run fails for it. */
const faults: readonly (readonly [string, Omit<FaultOrder, "operation" | "skip" | "times">, string])[] = [
  ["throttled", { kind: "throttling" }, "AWS_THROTTLED"],
  ["denied", { kind: "accessDenied" }, "AWS_DENIED"],
  ["denied the key", { kind: "kmsDenied" }, "AWS_KMS_DENIED"],
  ["failed", { kind: "internal" }, "AWS_FAILED"],
  ["failed after it was done", { kind: "internal", phase: "after" }, "AWS_FAILED"],
  ["cut off before", { kind: "reset" }, "AWS_UNREACHABLE"],
  ["cut off after it was done", { kind: "reset", phase: "after" }, "AWS_UNREACHABLE"],
  [
    "refused for its keys",
    { kind: "error", error: { code: "ExpiredTokenException", message: "expired" } },
    "AWS_CREDENTIALS",
  ],
];

const cells = places.flatMap(([situation, arrange, operation, skip]) =>
  faults.flatMap(([fault, order, code]) =>
    [1, 99].map((times) => ({ situation, arrange, operation, skip, fault, order, code, times })),
  ),
);

/** The next `up`: the record tells of the version that is current, which is the wanted client's. */
async function expectEnded(inputs: ClientSecretInputs): Promise<void> {
  const { outs } = await (await scene.laterRun()).clientSecrets.create(inputs);
  expect(scene.current()).toMatchObject({ id: outs["versionId"], payload: { clientId: inputs.clientId } });
  scene.expectWorking();
}

it.each(cells)(
  "$situation, $operation ($skip) $fault ($times)",
  async ({ arrange, operation, skip, order, code, times }) => {
    const inputs = await arrange();
    const run = await scene.laterRun();
    scene.world.secretsManager.faults.arm({ ...order, operation, skip, times });
    const before = scene.current();
    const failure = await run.clientSecrets.create(inputs).then(
      () => undefined,
      (error: unknown) => error as { code: string; message: string },
    );
    scene.expectWorking();
    const isPublished = scene.current().id !== before.id;
    if (failure === undefined) {
      expect(isPublished).toBe(true);
    } else {
      expect(failure).toMatchObject({
        code,
        message: expect.stringMatching(
          new RegExp(`^Storing the secret of nightly-report .*: ${operation} of arn:aws:.* \\[${code}\\]$`),
        ) as string,
      });
      // Only a write that took effect, and whose answer was lost, may have moved the label.
      expect(isPublished).toBe(order.phase === "after" && operation === "PutSecretValue");
    }
    for (const { payload } of versionsOf(scene.world.secretsManager)) {
      expect(failure?.message ?? "").not.toContain(payload?.clientSecret);
    }
    scene.world.secretsManager.faults.clear();
    scene.clearLogs();
    await expectEnded(inputs);
    // What was published once is not made again.
    expect(isPublished && scene.genesysRequests().includes(newSecret)).toBe(false);
  },
);

it("the SDK's own repetitions of lost writes end as one write", async () => {
  for (const [arrange, operation] of [
    [rotation, "PutSecretValue"],
    [takenBack, "UpdateSecretVersionStage"],
  ] as const) {
    const inputs = await arrange();
    const run = scene.world.newRun({}, { awsRetries: 2 });
    scene.world.secretsManager.faults.arm({ kind: "reset", phase: "after", operation, times: 2 });
    const { outs } = await run.clientSecrets.create(inputs);
    expect(scene.current().id).toBe(outs["versionId"]);
    expect(scene.awsRequests().filter((sent) => sent === operation)).toHaveLength(3);
    scene.expectWorking();
  }
});

it("a refusal that quotes the stored pair, as text or as a header, does not tell it again", async () => {
  const { inputs } = await scene.stored();
  const { clientId, clientSecret } = scene.current().payload!;
  const pair = Buffer.from(`${clientId}:${clientSecret}`).toString("base64");
  const run = await scene.laterRun();
  await run.session.enter("Preparing", undefined);
  const body = {
    error: clientSecret,
    error_description: `Basic ${pair} ${encodeURIComponent(clientSecret)}`,
  };
  const match = { path: "/oauth/token" };
  scene.world.simulator.faults.arm({ match, kind: "status", status: 401, body, times: "always" });
  const failure = await run.clientSecrets.create(inputs).catch((error: unknown) => error as Error);
  expect((failure as Error).message).toMatch(
    /^Verifying the secret of nightly-report .*refused the client credentials: 401/,
  );
  for (const text of [...textsOf(failure), ...scene.world.notices]) {
    expect(text).not.toContain(clientSecret);
    expect(text).not.toContain(pair);
  }
});

it("labels that AWS shows late are recorded as its rule has them", async () => {
  const former = await scene.stored({ generation: 1 });
  const id = await scene.client({ generation: 2 });
  const run = await scene.laterRun();
  scene.world.secretsManager.vault.labelDelayMs = 60_000;
  const { outs } = await run.clientSecrets.create(clientSecretInputs(id, { generation: 2 }));
  expect(outs["stagingLabels"]).toEqual({
    before: [{ versionId: former.record.versionId, labels: ["AWSCURRENT"] }],
    after: [
      { versionId: outs["versionId"], labels: ["AWSCURRENT"] },
      { versionId: former.record.versionId, labels: ["AWSPREVIOUS"] },
    ],
  });
});

const genesysPlaces: readonly (readonly [string, FaultSpec["match"] & object, number])[] = [
  ["new secret", { method: "POST", path: "/secret$" }, 0],
  ["token", { method: "POST", path: "/oauth/token$" }, 1],
  ["identity", { method: "GET", path: "/tokens/me" }, 1],
];
const genesysFaults: readonly (readonly [string, Omit<FaultSpec, "match" | "times" | "skip">])[] = [
  ["500 before", { kind: "status", status: 500 }],
  ["504 after", { kind: "status", status: 504, phase: "after" }],
  ["reset before", { kind: "reset", phase: "before" }],
  ["reset after", { kind: "reset", phase: "after" }],
  ["403", { kind: "status", status: 403 }],
  ["404", { kind: "status", status: 404 }],
  ["truncated", { kind: "truncated" }],
  ["HTML 200 after", { kind: "html", phase: "after" }],
];
const genesysCells = genesysPlaces.flatMap(([request, match, skip]) =>
  genesysFaults.flatMap(([fault, spec]) =>
    ([1, "always"] as const).map((times) => ({ request, match, skip, fault, spec, times })),
  ),
);

it.each(genesysCells)("a rotation, $request: $fault ($times)", async ({ match, skip, spec, times }) => {
  const inputs = await rotation();
  const run = await scene.laterRun();
  scene.world.simulator.faults.arm({ match, skip, times, ...spec });
  const before = scene.labels();
  const failure = await run.clientSecrets.create(inputs).then(
    () => undefined,
    (error: unknown) => error as Error,
  );
  scene.expectWorking();
  if (failure !== undefined) {
    expect(failure.message).toMatch(/^(Storing|Verifying) the secret of nightly-report .* \[[A-Z_]+\]$/);
    expect(scene.labels()).toEqual(before);
    const { clients } = scene.world.simulator.organization.store.state;
    for (const { secret } of clients) {
      expect(failure.message).not.toContain(secret);
    }
  }
  scene.world.simulator.faults.clear();
  await expectEnded(inputs);
});
