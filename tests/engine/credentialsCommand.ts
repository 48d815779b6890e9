// What `npm run credentials -- …` starts, in the project of an engine world and in a process of its own.
import { spawn } from "node:child_process";
import { join } from "node:path";

import { projectFolder } from "../../sandbox/worldPaths";
import { type EngineWorld, registerTypeScript } from "./world";

/** What a command did. */
export interface CommandResult {
  readonly exitCode: number;
  /** Both streams, in the order in which they came. */
  readonly output: string;
}

/** Runs a command without a terminal. @param environment Over that of the world. */
export function runCredentials(
  world: EngineWorld,
  commandArguments: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): Promise<CommandResult> {
  return new Promise((resolve) => {
    const main = join(projectFolder, "cli", "main.ts");
    const child = spawn(process.execPath, ["-r", registerTypeScript, main, ...commandArguments], {
      cwd: world.folder,
      env: { ...world.environment, ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    child.stdout.on("data", (data: Buffer) => (output += data.toString()));
    child.stderr.on("data", (data: Buffer) => (output += data.toString()));
    child.once("close", (code) => {
      resolve({ exitCode: code ?? -1, output });
    });
  });
}
