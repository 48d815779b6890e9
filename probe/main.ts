// `npm run probe`: settles against a throw-away organisation what is not known about the platform (docs/probe.md).
import { Command, CommanderError, Option } from "commander";

import { jsonOption, repeatableList } from "../cli/terminal/command";
import { type ExitCode, exitCodeOf, exitCodes } from "../cli/terminal/exitCode";
import { outliveReader } from "../cli/terminal/outliveReader";
import { type Surroundings, surroundingsOfProcess } from "../cli/terminal/surroundings";
import { probe, type ProbeOptions } from "./run";

/** In a folder that git does not know. */
const standardFixtures = ".probe/fixtures.json";

/** Runs one command line. Never throws: what goes wrong is printed, and told by the exit code. */
export async function runProbe(
  argv: readonly string[],
  surroundings: Surroundings,
  interruption: AbortSignal,
): Promise<ExitCode> {
  const { output } = surroundings;
  const program = new Command()
    .name("npm run probe --")
    .description(
      "Asks a throw-away Genesys Cloud organisation what nobody has documented, and removes everything that it made for that.\nThe deployer's environment says which organisation (GENESYSCLOUD_...).\nExit codes: 0 everything is as the code assumes, 1 something differs, is not settled or could not be removed, 2 wrong usage, 3 Genesys or a file failed.",
    )
    .addOption(
      new Option("--organization <id>", "the id of the organisation, typed to show that it is meant"),
    )
    .addOption(repeatableList("--only <questions>", "ask these alone, by their ids; with commas for several"))
    .addOption(new Option("--clean", "only remove what former runs left behind"))
    .addOption(new Option("--fixtures <file>", "where the answers go").default(standardFixtures))
    .addOption(jsonOption)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => {
        output.print(text.trimEnd());
      },
      writeErr: (text) => {
        output.note(text.trimEnd());
      },
    });
  try {
    program.parse(argv, { from: "user" });
    return await probe(program.opts<ProbeOptions>(), surroundings, interruption);
  } catch (error) {
    if (error instanceof CommanderError) {
      return error.exitCode === 0 ? exitCodes.fine : exitCodes.usage;
    }
    output.note(error instanceof Error ? error.message : String(error));
    return exitCodeOf(error);
  }
}

/** A signal ends the asking; the removal goes on. npm passes signals on that the terminal has sent already, so that one more means nothing. */
function interruptedBySignals({ output }: Surroundings): AbortSignal {
  const interruption = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      if (!interruption.signal.aborted) {
        output.note("Interrupted: nothing more is asked; what was made is being removed");
        interruption.abort();
      }
    });
  }
  return interruption.signal;
}

if (require.main === module) {
  outliveReader(process.stdout);
  outliveReader(process.stderr);
  const surroundings = surroundingsOfProcess();
  // Should the process end before the run has: that is no success.
  process.exitCode = exitCodes.outside;
  void runProbe(process.argv.slice(2), surroundings, interruptedBySignals(surroundings)).then((code) => {
    process.exitCode = code;
  });
}
