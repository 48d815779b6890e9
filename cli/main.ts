// The command line: commands and their options, what is printed on failure, and the exit code. No work of its own.
import { Command, CommanderError, Option } from "commander";
import { adoptCommand } from "./adopt/command";
import { auditCommand } from "./audit/command";
import { doctorCommand } from "./doctor/command";
import { listCommand } from "./list/command";
import { recoverCommand } from "./recover/command";
import { restoreCommand } from "./restore/command";
import { reviewCommand } from "./review/command";
import { revokeCommand } from "./revoke/command";
import { rotateCommand } from "./rotate/command";
import { type ExitCode, exitCodeOf, exitCodes } from "./terminal/exitCode";
import { type CommandDescription } from "./terminal/command";
import { outliveReader } from "./terminal/outliveReader";
import { inFolder, type Surroundings, surroundingsOfProcess } from "./terminal/surroundings";
import { verifyCommand } from "./verify/command";

/** In the order of the help. */
const commands: readonly CommandDescription[] = [
  rotateCommand,
  listCommand,
  revokeCommand,
  restoreCommand,
  verifyCommand,
  doctorCommand,
  adoptCommand,
  recoverCommand,
  auditCommand,
  reviewCommand,
];

const helpHint = "run `npm run credentials -- --help`";
/** How the program is started; shown in its help. */
const programName = "npm run credentials --";

/** Runs one command line. Never throws: what goes wrong is printed, and told by the exit code. */
export async function runCommandLine(argv: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  let exitCode: ExitCode = exitCodes.fine;
  const program = describeProgram(surroundings, (code) => {
    exitCode = code;
  });
  try {
    if (argv.length === 0) {
      surroundings.output.note(program.helpInformation().trimEnd());
      return exitCodes.usage;
    }
    await program.parseAsync(argv, { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) {
      return answerCommander(error, surroundings);
    }
    surroundings.output.note(error instanceof Error ? error.message : String(error));
    return exitCodeOf(error);
  }
}

function describeProgram(surroundings: Surroundings, finish: (code: ExitCode) => void): Command {
  const program = new Command()
    .name(programName)
    .description(
      "Looks after the client credentials of one stack.\nExit codes: 0 fine, 1 findings, 2 wrong usage or declarations, 3 Genesys, AWS or a file failed.",
    )
    .exitOverride()
    .configureOutput({
      writeOut: (text) => {
        surroundings.output.print(text.trimEnd());
      },
      writeErr: () => undefined, // told by answerCommander
    });

  for (const description of commands) {
    declare(program.command(description.name), description, surroundings, finish);
  }
  return program;
}

/** The modules of a command are loaded when it runs. */
function declare(
  command: Command,
  { summary, argument, options, load }: CommandDescription,
  surroundings: Surroundings,
  finish: (code: ExitCode) => void,
): void {
  command.description(summary);
  if (argument !== undefined) {
    command.argument(...argument);
  }
  for (const option of options) {
    command.addOption(option);
  }
  command.addOption(new Option("--cwd <folder>", "the folder of Pulumi.yaml").hideHelp());
  command.action(async () => {
    const [work, { askPulumiOnPath }] = await Promise.all([load(), import("./terminal/pulumiProcess")]);
    const world = inFolder(surroundings, command.opts<{ readonly cwd?: string }>().cwd);
    const names = command.processedArgs.flat() as string[];
    const pulumi = askPulumiOnPath(world.folder, world.environment);
    finish(await work(names, command.opts<never>(), world, pulumi));
  });
}

/** Help that was asked for is no failure; anything else is one line and a hint. */
function answerCommander(error: CommanderError, { output }: Surroundings): ExitCode {
  if (error.exitCode === 0) {
    return exitCodes.fine;
  }
  const words = error.message.replace(/^error: /, "").replace(/\s+/g, " ");
  output.note(`${words}; ${helpHint}`);
  return exitCodes.usage;
}

if (require.main === module) {
  outliveReader(process.stdout);
  outliveReader(process.stderr);
  void runCommandLine(process.argv.slice(2), surroundingsOfProcess()).then((code) => {
    process.exitCode = code;
  });
}
