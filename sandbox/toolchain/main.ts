// `npm run pulumi -- <arguments>`: the Pulumi CLI, found or obtained, with the user's own environment.
import { delimiter } from "node:path";
import { exitCodeOfSignal, withSignals } from "../program";
import { resolvePulumi } from "./resolvePulumi";
import { runCommand } from "./runCommand";

void withSignals(async (signals) => {
  const { command, binFolder } = await resolvePulumi({ signal: signals.aborted });
  if (signals.received !== undefined) {
    return exitCodeOfSignal(signals.received);
  }
  return runCommand(command, process.argv.slice(2), {
    environment: { ...process.env, PATH: `${binFolder}${delimiter}${process.env["PATH"] ?? ""}` },
    signals,
  });
}).then((exitCode) => {
  process.exitCode = exitCode;
  process.exit();
});
