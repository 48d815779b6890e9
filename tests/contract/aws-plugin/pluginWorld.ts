// A plugin under test and the emulator it works on, both in this process.
import { startAwsPlugin, type AwsPlugin } from "../../../sandbox/aws-plugin/server";
import { type PropertyMap } from "../../../sandbox/aws-plugin/propertyValues";
import { startSecretsManager, type SecretsManagerEmulator } from "../../../sandbox/secretsmanager/server";
import { FakeClock } from "../../fakeClock";
import { Engine, types, type Recorded } from "./engine";

/** The Region of every test. */
export const region = "eu-west-1";

/** Emulator and plugin in this process, on one clock that waits cost nothing on. */
export class PluginWorld {
  private constructor(
    readonly clock: FakeClock,
    readonly emulator: SecretsManagerEmulator,
    readonly plugin: AwsPlugin,
    readonly engine: Engine,
  ) {}

  static async start(settings: PropertyMap = {}): Promise<PluginWorld> {
    const clock = new FakeClock();
    const emulator = await startSecretsManager({ clock });
    const environment = { AWS_ACCESS_KEY_ID: "canary-key-id", AWS_SECRET_ACCESS_KEY: "canary-access-secret" };
    const plugin = await startAwsPlugin({ clock, environment });
    const engine = new Engine(plugin.port);
    await engine.configure({
      region,
      endpoints: JSON.stringify([{ secretsmanager: emulator.url }]),
      ...settings,
    });
    return new PluginWorld(clock, emulator, plugin, engine);
  }

  async stop(): Promise<void> {
    this.engine.close();
    this.plugin.stop();
    await this.emulator.stop();
  }

  /** The operations that reached the emulator since the last look. */
  calls(): string[] {
    const operations = this.emulator.requestLog.map(({ operation }) => operation);
    this.emulator.clearRequestLog();
    return operations;
  }

  /** A secret without a value, made behind the plugin's back or by it. */
  async secret(name = "genesys/dev/report"): Promise<Recorded> {
    const secret = await this.engine.create(types.secret, { name, recoveryWindowInDays: 7 });
    this.calls();
    return secret;
  }

  /** Label -> value, as a consumer would see them. */
  labelledValues(name = "genesys/dev/report"): Record<string, string | undefined> {
    const { labels, versions } = this.emulator.vault.find(region, name);
    return Object.fromEntries(
      Object.entries(labels).map(([label, id]) => [
        label,
        versions.find((version) => version.id === id)?.secretString,
      ]),
    );
  }
}
