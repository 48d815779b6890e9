// The stand-in plugin on moto_server: a whole life of the two resources on an emulator that is not ours.
import { startAwsPlugin, type AwsPlugin } from "../../../sandbox/aws-plugin/server";
import { FakeClock } from "../../fakeClock";
import { startMoto, whyNoMoto, type MotoServer } from "../secretsmanager/motoServer";
import { changes, Engine, types } from "./engine";
import { region } from "./pluginWorld";

const reason = whyNoMoto();
if (reason !== undefined) {
  process.stderr.write(`\nThe plugin is not tried on moto_server: ${reason}\n`);
}

(reason === undefined ? describe : describe.skip)("on moto_server", () => {
  let moto: MotoServer;
  let plugin: AwsPlugin;
  let engine: Engine;

  beforeAll(async () => {
    moto = await startMoto();
    const environment = {
      AWS_ACCESS_KEY_ID: "canary-key-id",
      AWS_SECRET_ACCESS_KEY: "canary-access-secret",
      AWS_ENDPOINT_URL_SECRETS_MANAGER: moto.url,
      AWS_ENDPOINT_URL_STS: moto.url,
    };
    plugin = await startAwsPlugin({ clock: new FakeClock(), environment });
    engine = new Engine(plugin.port);
    await engine.configure({ region, allowedAccountIds: JSON.stringify(["123456789012"]) });
  });

  afterAll(async () => {
    engine.close();
    plugin.stop();
    await moto.stop();
  });

  test("create, refresh, change nothing, update, delete", async () => {
    const secretInputs = { name: "genesys/dev/report", recoveryWindowInDays: 0, tags: { a: "1" } };
    const secret = await engine.create(types.secret, secretInputs);
    const policyText = JSON.stringify({
      Statement: [{ Effect: "Deny", Principal: "*", Action: "*", Resource: "*" }],
    });
    const policyInputs = { secretArn: secret.id, policy: policyText, blockPublicPolicy: true };
    const policy = await engine.create(types.policy, policyInputs);
    for (const [type, recorded] of [
      [types.secret, secret],
      [types.policy, policy],
    ] as const) {
      const refreshed = await engine.read(type, recorded);
      expect(refreshed?.inputs.values).toEqual(recorded.inputs.values);
      const diff = await engine.diff(type, refreshed ?? recorded, recorded.inputs.values);
      expect(diff.changes).toBe(changes.none);
    }

    const updated = await engine.update(types.secret, secret, {
      ...secretInputs,
      description: "new",
      tags: {},
    });
    expect(updated.outputs.values).toMatchObject({ description: "new", tagsAll: {} });
    await engine.delete(types.policy, policy);
    await engine.delete(types.secret, updated);
    expect(await engine.read(types.secret, updated)).toBeUndefined();
  });
});
