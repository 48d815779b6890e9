// `npm run sandbox -- exec <command>`: runs one command in the sandbox and adds nothing to what it prints.
import { openSession, type SessionOptions } from "./session";
import { runCommand } from "./toolchain/runCommand";

/** Runs the command to its end and returns its exit code. */
export async function execInSandbox(
  command: readonly [string, ...string[]],
  options: SessionOptions,
): Promise<number> {
  const session = await openSession(options);
  try {
    const [program, ...programArguments] = command;
    return await runCommand(program, programArguments, {
      environment: session.environment.variables,
      folder: options.project,
      signals: options.signals,
    });
  } finally {
    await session.close();
  }
}
