// `npm run sandbox -- reset`: forgets the world.
import { rmSync } from "node:fs";
import { joinWorld, MeetingPortTakenError } from "./meetingPoint";
import { SandboxError } from "./sandboxError";
import { worldPaths } from "./worldPaths";
import { readSettings, type WorldSettings } from "./worldSettings";

/**
 * Deletes the world of a project; says whether there was one.
 * @throws SandboxError while another process uses the world.
 */
export async function resetWorld(project: string): Promise<boolean> {
  const paths = worldPaths(project);
  const settings = settingsIfReadable(project);
  if (settings !== undefined && (await isInUse(settings))) {
    throw new SandboxError(
      "Resetting the sandbox: another npm run sandbox uses it at this moment; end it first (Ctrl-C in its terminal).",
    );
  }
  rmSync(paths.folder, { recursive: true, force: true });
  return settings !== undefined;
}

/** A damaged world is reset like any other; that is what its error message advises. */
function settingsIfReadable(project: string): WorldSettings | undefined {
  try {
    return readSettings(worldPaths(project));
  } catch {
    return undefined;
  }
}

async function isInUse(settings: WorldSettings): Promise<boolean> {
  try {
    const membership = await joinWorld({
      port: settings.ports.meeting,
      token: settings.token,
      startServices: () => Promise.resolve({ stop: () => Promise.resolve() }),
      onHostLost: () => undefined,
    });
    await membership.leave();
    return membership.role === "guest";
  } catch (error) {
    if (error instanceof MeetingPortTakenError) {
      return false; // A stranger has the port: one more reason to start over.
    }
    throw error;
  }
}
