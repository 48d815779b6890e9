// `npm run pulumi -- <arguments>`: the Pulumi CLI, found or obtained, with the user's own environment.
import { delimiter } from "node:path";
import { ToolchainError } from "./chooseCli";
import { ProcessSignals } from "./processSignals";
import { resolvePulumi } from "./resolvePulumi";
import { exitCodeOfSignal, runCommand } from "./runCommand";

async function main(): Promise<number> {
  const signals = new ProcessSignals();
  try {
    const { command, binFolder } = await resolvePulumi({ signal: signals.aborted });
    if (signals.received !== undefined) {
      return exitCodeOfSignal(signals.received);
    }
    return await runCommand(command, process.argv.slice(2), {
      environment: { ...process.env, PATH: `${binFolder}${delimiter}${process.env["PATH"] ?? ""}` },
      signals,
    });
  } catch (error) {
    if (signals.received !== undefined) {
      return exitCodeOfSignal(signals.received);
    }
    if (error instanceof ToolchainError) {
      process.stderr.write(`${error.message}\n`);
      return 1;
    }
    throw error;
  }
}

void main().then((exitCode) => {
  process.exitCode = exitCode;
  process.exit();
});
