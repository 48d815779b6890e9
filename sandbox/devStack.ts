// The stack `dev` of a new world: created and selected once, so that commands need no --stack.
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type BoundedResult, runBounded } from "./toolchain/boundedProcess";
import { SandboxError } from "./sandboxError";
import { type WorldPaths } from "./worldPaths";

/** The stack that Pulumi.dev.yaml configures. */
export const devStackName = "dev";

/** Milliseconds; creating a stack, or reading its outputs, takes about half a second. */
const stackTimeoutMs = 60_000;

/** Readable by the user only, as everything in the world. */
const fileMode = 0o600;

/** Whether the backend of the world has the stack. */
function hasDevStack(paths: WorldPaths): boolean {
  const stacks = join(paths.backend, ".pulumi", "stacks", "genesys-credentials");
  return existsSync(join(stacks, `${devStackName}.json`));
}

/** Runs a short Pulumi command that asks nothing, and keeps its output. Rejects where it was interrupted. */
export type RunPulumi = (...commandArguments: string[]) => Promise<BoundedResult>;

/** {@link RunPulumi} in the folder of a project. @param command path of the CLI */
export function pulumiIn(
  folder: string,
  command: string,
  environment: NodeJS.ProcessEnv,
  signal: AbortSignal,
): RunPulumi {
  return async (...commandArguments) => {
    const words = [...commandArguments, "--non-interactive", "--color", "never"];
    const result = await runBounded(command, words, {
      environment,
      folder,
      timeoutMs: stackTimeoutMs,
      signal,
    });
    signal.throwIfAborted();
    return result;
  };
}

/**
 * Creates the stack in a world that has never had one, and selects it.
 * @param again also where this has been done before: the person may have removed it since
 * @throws SandboxError with Pulumi's own words when that fails.
 */
export async function prepareDevStack(paths: WorldPaths, runPulumi: RunPulumi, again = false): Promise<void> {
  // One mark for each PULUMI_HOME, because the selection is kept there.
  const mark = join(paths.pulumiHome, "dev-stack-prepared");
  if (existsSync(mark) && !(again && !hasDevStack(paths))) {
    return;
  }
  const action = hasDevStack(paths) ? "select" : "init";
  const { exitCode, problem, stdout, stderr } = await runPulumi("stack", action, devStackName);
  if (exitCode !== 0) {
    const words = `${stdout}\n${stderr}`.trim();
    throw new SandboxError(
      `Creating the stack ${devStackName} in the sandbox: ${problem ?? "Pulumi refused"}.\n${words}`,
    );
  }
  writeFileSync(mark, "", { mode: fileMode });
}
