// Every second answer of Genesys is a fault: a stack of many credentials comes up all the same, and nothing is lost.
import axios from "axios";

import type { FaultSpec } from "../../sandbox/genesys/faults";
import { deployerClientId, organizationId } from "../../sandbox/genesys/seed";
import { createEngineWorld, describeEngine, type EngineWorld } from "./world";

const minuteMs = 60_000;
jest.setTimeout(12 * minuteMs);

/** `npm run test:crash` brings up more of them. */
const usualCredentials = 12;
const credentials = Number(process.env["STORM_CREDENTIALS"] ?? usualCredentials);
const maximumUps = 3;

const stackYaml = [
  "config:",
  "  aws:region: eu-west-1",
  `  genesys-credentials:organization: { id: ${organizationId} }`,
  "  genesys-credentials:credentials:",
  ...Array.from(
    { length: credentials },
    (_, index) =>
      `    report-${index}: { roles: [{ existing: employee }], secret: { name: genesys/dev/report-${index}, recoveryWindowInDays: 0 } }`,
  ),
  "",
].join("\n");

/** Faults that strike one after another with these chances make about every second answer one. */
const faults: readonly Omit<FaultSpec, "times" | "seed">[] = [
  { kind: "status", status: 500, phase: "before", probability: 0.09 },
  { kind: "status", status: 503, phase: "after", probability: 0.09 },
  { kind: "status", status: 429, retryAfterSeconds: 1, probability: 0.05 },
  { kind: "status", status: 504, phase: "after", probability: 0.09 },
  { kind: "reset", phase: "before", probability: 0.09 },
  { kind: "reset", phase: "after", probability: 0.09 },
  { kind: "truncated", probability: 0.08 },
  { kind: "html", phase: "after", probability: 0.05 },
  { kind: "empty", phase: "after", probability: 0.05 },
];

describeEngine("every second answer a fault", () => {
  let world: EngineWorld;
  beforeAll(async () => {
    world = await createEngineWorld();
    world.writeStack("dev", stackYaml);
  });
  afterAll(async () => {
    await world.stop();
  });

  it(`${credentials} credentials come up within ${maximumUps} updates, each once, each working`, async () => {
    const seed = Number(process.env["GENESYS_CREDENTIALS_SEED"] ?? "20261124");
    process.stdout.write(`GENESYS_CREDENTIALS_SEED=${seed}\n`);
    faults.forEach((fault, index) =>
      world.simulator.faults.arm({ ...fault, times: "always", seed: seed + index }),
    );

    let ups = 0;
    let exitCode = -1;
    while (ups < maximumUps && exitCode !== 0) {
      ups += 1;
      ({ exitCode } = await world.pulumi(["up", "--yes", "--skip-preview"], { timeoutMs: 4 * minuteMs }));
    }
    const struck = world.simulator.requestLog.entries.filter(({ faulted }) => faulted !== null).length;
    process.stdout.write(
      `${ups} updates, ${struck} of ${world.simulator.requestLog.count()} answers were faults\n`,
    );
    world.simulator.faults.clear();
    expect(exitCode).toBe(0);
    expect(struck / world.simulator.requestLog.count()).toBeGreaterThan(0.4);

    const made = world.simulator.organization.describe().clients.filter(({ id }) => id !== deployerClientId);
    expect(made).toHaveLength(credentials);
    const stored = world.secretsManager.vault.all();
    expect(stored).toHaveLength(credentials);
    const state = await world.pulumi(["stack", "export"]);
    for (const { id } of made) {
      expect(state.stdout).toContain(id);
    }
    const payloads = stored.map(({ versions, labels }) => {
      const current = versions.find(({ id }) => id === labels["AWSCURRENT"]);
      return JSON.parse(current?.secretString ?? "") as Record<string, string>;
    });
    expect(new Set(payloads.map(({ clientId }) => clientId))).toEqual(new Set(made.map(({ id }) => id)));
    for (const { clientId, clientSecret, tokenUrl } of payloads) {
      const form = new URLSearchParams({ grant_type: "client_credentials" });
      const auth = { username: clientId ?? "", password: clientSecret ?? "" };
      expect((await axios.post(tokenUrl ?? "", form, { auth })).status).toBe(200);
    }
    expect(await world.pulumi(["preview", "--expect-no-changes"])).toMatchObject({ exitCode: 0 });
  });
});
