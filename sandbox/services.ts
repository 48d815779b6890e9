// The simulated outside world of one sandbox: Genesys Cloud and Secrets Manager, on the world's ports, with the world's state.
import { deployerClientId } from "./genesys/seed";
import { startGenesysSimulator } from "./genesys/server";
import { type EmbeddedServices } from "./environment";
import { type Hosted } from "./meetingPoint";
import { SandboxError } from "./sandboxError";
import { isPortTaken, loopback, originOf } from "./server/loopback";
import { startSecretsManager } from "./secretsmanager/server";
import { type WorldPaths } from "./worldPaths";
import { type WorldSettings } from "./worldSettings";

/** How the services are reached once they run, in whichever process that is. */
export function embeddedServices(settings: WorldSettings): EmbeddedServices {
  return {
    genesysUrl: originOf(settings.ports.genesys),
    secretsManagerUrl: originOf(settings.ports.secretsManager),
    deployerClientId,
    deployerSecret: settings.deployerSecret,
  };
}

/**
 * Starts both services in this process.
 * @throws SandboxError when one of the world's ports is in use by another program.
 */
export async function startServices(paths: WorldPaths, settings: WorldSettings): Promise<Hosted> {
  const genesys = await whilePortIsFree("Genesys organisation", settings.ports.genesys, () =>
    startGenesysSimulator({
      port: settings.ports.genesys,
      snapshotPath: paths.genesysSnapshot,
      seed: { deployerSecret: settings.deployerSecret },
    }),
  );
  // What nobody knows of the real catalogue, and a review can say if it is so.
  genesys.organization.setSwitches({ permissionLicenses: "told" });
  try {
    const secretsManager = await whilePortIsFree("Secrets Manager", settings.ports.secretsManager, () =>
      startSecretsManager({
        port: settings.ports.secretsManager,
        snapshotPath: paths.secretsManagerSnapshot,
      }),
    );
    return {
      stop: async () => {
        await Promise.all([genesys.stop(), secretsManager.stop()]);
      },
    };
  } catch (error) {
    await genesys.stop();
    throw error;
  }
}

/** The error for a port of the world that another program has. */
export function portTaken(what: string, port: number): SandboxError {
  return new SandboxError(
    `Starting the sandbox's ${what} on ${loopback}:${port}: another program uses this port, which the world keeps because it is part of each secret; end that program, or start over with new ports: npm run sandbox -- reset.`,
  );
}

async function whilePortIsFree<T>(what: string, port: number, start: () => Promise<T>): Promise<T> {
  try {
    return await start();
  } catch (error) {
    throw isPortTaken(error) ? portTaken(what, port) : error;
  }
}
