// What is chosen once for a world and kept: its ports, which are part of each secret's payload, and its fake secrets.
import { randomBytes } from "node:crypto";
import { chmodSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { z } from "zod";
import { jsonOf } from "../common/jsonOf";
import { chooseFreePorts } from "./freePorts";
import { SandboxError } from "./sandboxError";
import { type WorldPaths } from "./worldPaths";

/** Raised when a world of an older checkout cannot be used any more. */
const settingsVersion = 1;

const highestPort = 65_535;
const portSchema = z.number().int().min(1).max(highestPort);

const settingsSchema = z.object({
  version: z.literal(settingsVersion),
  ports: z.object({ genesys: portSchema, secretsManager: portSchema, meeting: portSchema }),
  /** Secret of the deployer's OAuth client in the simulated organisation. */
  deployerSecret: z.string().min(1),
  /** Known only to processes that can read the world: guests show it to the host. */
  token: z.string().min(1),
});

/** See the fields of the schema. */
export type WorldSettings = z.infer<typeof settingsSchema>;

/** Only the user may enter the folder or read its files: they hold secrets, if only of simulated services. */
const folderMode = 0o700;
const fileMode = 0o600;

/** Bytes of randomness in a secret or token. */
const secretBytes = 24;

/** How often two processes that create one world at the same time may get in each other's way. */
const maximumAttempts = 5;

/**
 * The settings of the world, which is created when there is none. Of several processes that create it at once one wins, and
 * all get the winner's settings.
 * @throws SandboxError when the settings cannot be read; the message names the remedy.
 */
export async function openWorld(paths: WorldPaths): Promise<WorldSettings> {
  for (const folder of [paths.folder, paths.backend, paths.pulumiHome]) {
    mkdirSync(folder, { recursive: true, mode: folderMode });
  }
  chmodSync(paths.folder, folderMode);
  for (let attempt = 0; attempt < maximumAttempts; attempt++) {
    const settings = readSettings(paths) ?? (await createSettings(paths));
    if (settings !== undefined) {
      return settings;
    }
  }
  throw new SandboxError(`Creating the sandbox's world: ${paths.settings} cannot be written.`);
}

/** The settings, or undefined when the world does not exist. */
export function readSettings(paths: WorldPaths): WorldSettings | undefined {
  let text: string;
  try {
    text = readFileSync(paths.settings, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") {
      return undefined;
    }
    throw error;
  }
  const parsed = settingsSchema.safeParse(jsonOf(text));
  if (!parsed.success) {
    throw new SandboxError(
      "Opening the sandbox's world: .sandbox/world.json is damaged or belongs to another version; start over with npm run sandbox -- reset.",
    );
  }
  return parsed.data;
}

/** Undefined when another process was faster. */
async function createSettings(paths: WorldPaths): Promise<WorldSettings | undefined> {
  const portCount = 3;
  const [genesys, secretsManager, meeting] = (await chooseFreePorts(portCount)) as [number, number, number];
  const settings: WorldSettings = {
    version: settingsVersion,
    ports: { genesys, secretsManager, meeting },
    deployerSecret: `canary-deployer-${randomBytes(secretBytes).toString("base64url")}`,
    token: randomBytes(secretBytes).toString("base64url"),
  };
  const unfinished = `${paths.settings}.${process.pid}.tmp`;
  writeFileSync(unfinished, `${JSON.stringify(settings, undefined, "  ")}\n`, { mode: fileMode });
  try {
    linkSync(unfinished, paths.settings); // Fails where the file exists, so nobody's settings are overwritten.
    return settings;
  } catch {
    return undefined;
  } finally {
    rmSync(unfinished, { force: true });
  }
}
