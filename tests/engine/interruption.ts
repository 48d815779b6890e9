// Interrupting an update at a chosen moment: what is killed, what may remain, and the one manual step that a killed engine asks for.
import type { ChildProcess } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

import { impatience, mustSucceed, type RotationScene, until } from "./rotationScene";

/** What is stopped while an update runs. */
export const targets = ["engine", "provider", "language host", "simulator"] as const;

/** One of {@link targets}. */
export type Target = (typeof targets)[number];

/** Command lines of the processes of an update, whichever CLI runs it. */
const commandLines = {
  provider: /dynamic-?provider/i,
  "language host": /languageHost\/main\.js|pulumi-language-nodejs/,
} as const;

/** False where processes cannot be looked for: the tests that need it are skipped, and say so. */
export const canSeeProcesses = existsSync("/proc/self/environ");

/** A process of this world. */
interface WorldProcess {
  readonly id: number;
  readonly commandLine: string;
}

/** The processes that run in the world's environment: the engine, its plugins and what they have started. */
export function processesOf(scene: RotationScene): WorldProcess[] {
  const mark = `PULUMI_HOME=${scene.world.environment["PULUMI_HOME"] ?? ""}`;
  return readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry))
    .filter((entry) => read(entry, "environ").split("\0").includes(mark))
    .map((entry) => ({ id: Number(entry), commandLine: read(entry, "cmdline").replaceAll("\0", " ") }));
}

/** What a process shows of itself; nothing when it has ended, or belongs to somebody else. */
function read(processId: string, file: "environ" | "cmdline"): string {
  try {
    return readFileSync(join("/proc", processId, file), "utf8");
  } catch {
    return "";
  }
}

/**
 * Runs an update and stops the target once the moment has come; an update that ends before it is left to end.
 * @returns whether the update was interrupted.
 */
export async function interruptUpdate(
  scene: RotationScene,
  target: Target,
  hasCome: () => boolean,
): Promise<boolean> {
  let engine: ChildProcess | undefined;
  const progress = { hasEnded: false };
  const update = scene
    .up({
      env: impatience,
      startsHosts: target === "language host" || target === "engine",
      onStart: (child) => {
        engine = child;
      },
    })
    .finally(() => {
      progress.hasEnded = true;
    });
  await until("the moment of the interruption", () => progress.hasEnded || hasCome());
  const isInterrupted = !progress.hasEnded && (await stopTarget(scene, target, engine));
  // Whoever lives on gets answers again; the request that was held stays without one.
  scene.simulator.faults.clear();
  scene.world.secretsManager.faults.clear();
  await update;
  await until("every process of the update to end", () => processesOf(scene).length === 0);
  if (target === "simulator" && isInterrupted) {
    await scene.restartSimulator();
  }
  return isInterrupted;
}

async function stopTarget(scene: RotationScene, target: Target, engine?: ChildProcess): Promise<boolean> {
  switch (target) {
    case "engine":
      return engine?.kill("SIGKILL") ?? false;
    case "simulator":
      await scene.simulator.stop();
      return true;
    case "provider":
    case "language host": {
      const found = processesOf(scene).filter(({ commandLine }) => commandLines[target].test(commandLine));
      for (const { id } of found) {
        process.kill(id, "SIGKILL");
      }
      return found.length > 0;
    }
  }
}

/** A killed engine leaves the lock of its stack behind; `pulumi cancel` takes it away. @returns whether there was one. */
export async function unlock(scene: RotationScene): Promise<boolean> {
  removeEmptyAttributes(scene);
  const locks = join(scene.world.folder, ".sandbox", "backend", ".pulumi", "locks");
  const isLocked =
    existsSync(locks) &&
    readdirSync(locks, { recursive: true }).some((name) => String(name).endsWith(".json"));
  if (isLocked) {
    mustSucceed(await scene.pulumi(["cancel", "--yes"]));
  }
  return isLocked;
}

/** What the folder backend keeps beside a state may be left empty by a kill at that moment; the state itself is whole (docs/recovery.md). */
function removeEmptyAttributes({ world }: RotationScene): void {
  const attributes = `${world.stateFile("dev")}.attrs`;
  if (existsSync(attributes) && readFileSync(attributes, "utf8") === "") {
    rmSync(attributes);
  }
}
