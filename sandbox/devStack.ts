// The stack `dev` of a new world: created and selected once, so that commands need no --stack.
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runBounded } from "./toolchain/boundedProcess";
import { SandboxError } from "./sandboxError";
import { type WorldPaths } from "./worldPaths";

/** The stack that Pulumi.dev.yaml configures. */
export const devStackName = "dev";

/** Milliseconds; creating a stack takes about half a second. */
const stackTimeoutMs = 60_000;

/** Readable by the user only, as everything in the world. */
const fileMode = 0o600;

/** Whether the backend of the world has the stack. */
function hasDevStack(paths: WorldPaths): boolean {
  const stacks = join(paths.backend, ".pulumi", "stacks", "genesys-credentials");
  return existsSync(join(stacks, `${devStackName}.json`));
}

/** What is needed to run Pulumi in the world. */
export interface DevStackOptions {
  readonly paths: WorldPaths;
  /** Path of the CLI. */
  readonly pulumi: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal | undefined;
  /** Create or select the stack even where this has been done before: the person may have removed it since. */
  readonly again?: boolean;
}

/**
 * Creates the stack in a world that has never had one, and selects it.
 * @throws SandboxError with Pulumi's own words when that fails.
 */
export async function prepareDevStack(options: DevStackOptions): Promise<void> {
  const { paths } = options;
  // One mark for each PULUMI_HOME, because the selection is kept there.
  const mark = join(paths.pulumiHome, "dev-stack-prepared");
  if (existsSync(mark) && !(options.again === true && !hasDevStack(paths))) {
    return;
  }
  const action = hasDevStack(paths) ? "select" : "init";
  const result = await runBounded(
    options.pulumi,
    ["stack", action, devStackName, "--non-interactive", "--color", "never"],
    {
      environment: options.environment,
      folder: paths.project,
      timeoutMs: stackTimeoutMs,
      signal: options.signal,
    },
  );
  if (result.exitCode !== 0) {
    options.signal?.throwIfAborted();
    const words = `${result.stdout}\n${result.stderr}`.trim();
    throw new SandboxError(
      `Creating the stack ${devStackName} in the sandbox: ${result.problem ?? "Pulumi refused"}.\n${words}`,
    );
  }
  writeFileSync(mark, "", { mode: fileMode });
}
