// Ends what a command has left behind, so that nothing of the sandbox outlives it.
import { readdirSync, readFileSync } from "node:fs";
import { type Clock } from "../common/clock";

/** Set in the environment of every command; processes inherit it, and so can be recognised. */
export const runVariable = "GENESYS_CREDENTIALS_SANDBOX_RUN";

/** Milliseconds that a left-over process gets to end after SIGTERM, and how often is looked. */
const graceMs = 2000;
const pollMs = 100;

/** The processes of this run other than this one. Only Linux tells the environment of processes; elsewhere there are none to see. */
function leftoverProcesses(run: string): number[] {
  let entries: string[];
  try {
    entries = readdirSync("/proc");
  } catch {
    return [];
  }
  return entries
    .filter((entry) => /^\d+$/.test(entry) && Number(entry) !== process.pid)
    .filter((entry) => environmentOf(entry).includes(`${runVariable}=${run}`))
    .map(Number);
}

/** Ends every process of the run: politely first. */
export async function endLeftovers(run: string, clock: Clock): Promise<void> {
  const deadline = clock.now() + graceMs;
  signalLeftovers(run, "SIGTERM");
  while (leftoverProcesses(run).length > 0) {
    if (clock.now() >= deadline) {
      signalLeftovers(run, "SIGKILL");
      return;
    }
    await clock.sleep(pollMs);
  }
}

function environmentOf(processId: string): string[] {
  try {
    return readFileSync(`/proc/${processId}/environ`, "utf8").split("\0");
  } catch {
    return []; // Ended meanwhile, or another user's.
  }
}

function signalLeftovers(run: string, signal: NodeJS.Signals): void {
  for (const processId of leftoverProcesses(run)) {
    try {
      process.kill(processId, signal);
    } catch {
      // Ended meanwhile.
    }
  }
}
