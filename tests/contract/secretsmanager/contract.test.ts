// The contract of Secrets Manager: one suite, run against the emulator, against moto_server and, on request, against AWS.
import { SecretsManagerClient, type SecretsManagerClientConfig } from "@aws-sdk/client-secrets-manager";
import { startSecretsManager } from "../../../sandbox/secretsmanager/server";
import { motoDeviations } from "./motoDeviations";
import { startMoto, whyNoMoto } from "./motoServer";
import { World } from "./scenario";
import { deletionScenarios } from "./scenarios/deletion";
import { labelScenarios } from "./scenarios/labels";
import { metadataScenarios } from "./scenarios/metadata";
import { valueScenarios } from "./scenarios/values";

const scenarios = [...labelScenarios, ...valueScenarios, ...deletionScenarios, ...metadataScenarios];

/** AWS gives no promise of reading what was written; scenarios run once there, so they wait for each other. */
const awsTimeoutMs = 120_000;

interface Target {
  readonly config: SecretsManagerClientConfig;
  readonly stop: () => Promise<void>;
}

function suite(
  title: string,
  start: () => Promise<Target>,
  deviations: ReadonlyMap<string, unknown> = new Map(),
  timeoutMs?: number,
): void {
  describe(`Secrets Manager: ${title}`, () => {
    let target: Target;
    let client: SecretsManagerClient;
    let world: World;

    beforeAll(async () => {
      target = await start();
      client = new SecretsManagerClient({ region: "eu-west-1", ...target.config });
    }, timeoutMs);

    beforeEach(() => {
      world = new World(client);
    });

    afterEach(() => world.cleanUp(), timeoutMs);

    afterAll(async () => {
      client.destroy();
      await target.stop();
    });

    test.each(scenarios)(
      "$id",
      async ({ id, run, expected }) => {
        const observed = await run(world);
        expect(observed).toEqual(deviations.has(id) ? deviations.get(id) : expected);
      },
      timeoutMs,
    );
  });
}

const localCredentials = { accessKeyId: "canary-access-key", secretAccessKey: "canary-secret-key" };

suite("emulator", async () => {
  const emulator = await startSecretsManager();
  const config = { endpoint: emulator.url, credentials: localCredentials, maxAttempts: 1 };
  return { config, stop: () => emulator.stop() };
});

const reason = whyNoMoto();
if (reason === undefined) {
  suite(
    "moto_server",
    async () => {
      const moto = await startMoto();
      const config = { endpoint: moto.url, credentials: localCredentials, maxAttempts: 1 };
      return { config, stop: () => moto.stop() };
    },
    motoDeviations,
  );
} else {
  process.stderr.write(`\nThe contract suite skips moto_server: ${reason}\n`);
  describe.skip("Secrets Manager: moto_server", () => {
    test.each(scenarios)("$id", () => undefined);
  });
}

test("every deviation in the table belongs to a scenario, and differs from what AWS does", () => {
  const expectations = new Map(scenarios.map(({ id, expected }) => [id, expected]));
  for (const [id, deviation] of motoDeviations) {
    expect(expectations.has(id) ? id : "unknown scenario").toBe(id);
    expect(deviation).not.toEqual(expectations.get(id));
  }
});

if (process.env["GENESYS_CREDENTIALS_AWS_CONTRACT"] === "1") {
  suite("AWS", () => Promise.resolve({ config: {}, stop: () => Promise.resolve() }), new Map(), awsTimeoutMs);
}
