// The command line: commands and their options, what is printed on failure, and the exit code. No work of its own.
import { Command, CommanderError, Option } from "commander";
import { addAuditCommand } from "./audit/command";
import { type ExitCode, exitCodeOf, exitCodes } from "./terminal/cliError";
import { addReviewCommand } from "./review/command";
import { inFolder, type Surroundings, surroundingsOfProcess } from "./terminal/surroundings";

interface CommonOptions {
  readonly stack?: string;
  readonly cwd?: string;
}

type Action<Options> = (
  names: readonly string[],
  options: Options,
  surroundings: Surroundings,
) => ExitCode | Promise<ExitCode>;

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

  /** A command's own options, then the ones that all have; the modules of a command are loaded when it runs. */
  const declare = <Options extends CommonOptions>(
    command: Command,
    load: () => Promise<Action<Options>>,
  ): void => {
    command
      .option("--stack <name>", "the stack; may be left out where there is one stack file only")
      .addOption(new Option("--cwd <folder>", "the folder of Pulumi.yaml").hideHelp())
      .action(async () => {
        const options = command.opts<Options>();
        const action = await load();
        finish(
          await action(
            command.processedArgs.flat() as string[],
            options,
            inFolder(surroundings, options.cwd),
          ),
        );
      });
  };

  declare(
    program
      .command("rotate")
      .description("raise the generation in the stack file; the next `pulumi up` rotates")
      .argument("[names...]", "the credentials to rotate")
      .option("--due", "those whose schedule says so; with names, only those of them")
      .option("--force", "even when consumers may still hold the former client")
      .option(
        "--emergency",
        "replace both clients at once: every stored copy stops working; no stack is waited for",
      )
      .option("--evidence <folder>", "the evidence of the stack before, where the stack file says `after`")
      .option("--dry-run", "say what would happen, write nothing")
      .option("--json", "print JSON"),
    async () => (await import("./rotate/rotate")).rotate,
  );
  declare(
    program
      .command("list")
      .description("show the credentials, as declared and as they live in Genesys")
      .option("--offline", "do not ask Genesys")
      .option("--json", "print JSON"),
    async () => {
      const [{ list }, { askPulumiOnPath }] = await Promise.all([
        import("./list/list"),
        import("./terminal/pulumiProcess"),
      ]);
      return (_names, options, world) =>
        list(options, world, askPulumiOnPath(world.folder, world.environment));
    },
  );
  declare(
    program
      .command("revoke")
      .description("take a credential out of service at once")
      .argument("<name>", "the credential")
      .option("--yes", "do not ask"),
    async () => {
      const [{ revoke }, { pulumiRefresh }, { askPulumiOnPath }] = await Promise.all([
        import("./revoke/revoke"),
        import("./revoke/pulumiRefresh"),
        import("./terminal/pulumiProcess"),
      ]);
      return ([name = ""], options, world) =>
        revoke(name, options, world, {
          refreshState: pulumiRefresh(world.folder, world.environment),
          pulumi: askPulumiOnPath(world.folder, world.environment),
        });
    },
  );
  declare(
    program
      .command("restore")
      .description("undo a revocation in the stack file; the next `pulumi up` reactivates")
      .argument("<name>", "the credential"),
    async () => {
      const { restore } = await import("./restore/restore");
      return ([name = ""], options, world) => restore(name, options, world);
    },
  );
  declare(
    program
      .command("verify")
      .description("prove from outside that stored secrets work and hold what is declared")
      .argument("[names...]", "the credentials to verify; all of them when left out")
      .option("--json", "print JSON"),
    async () => {
      const [{ verify }, { askPulumiOnPath }] = await Promise.all([
        import("./verify/verify"),
        import("./terminal/pulumiProcess"),
      ]);
      return (names, options, world) =>
        verify(names, options, world, askPulumiOnPath(world.folder, world.environment));
    },
  );
  declare(
    program
      .command("doctor")
      .description("look at everything that a deployment of the stack needs, and say what to put right")
      .option("--offline", "ask neither Genesys, nor AWS, nor the state backend")
      .option("--json", "print JSON"),
    async () => {
      const { doctor } = await import("./doctor/doctor");
      return (_names, options, world) => doctor(options, world);
    },
  );
  declare(
    program
      .command("adopt")
      .description("declare OAuth clients and roles that exist already; the next `pulumi up` takes them over")
      .option("--match <names...>", "these: client ids, role ids, names, or patterns with *")
      .option("--all", "every client and role that can be taken over")
      .addOption(
        new Option("--secret <how>", "what becomes of the clients' present secrets (default: keep)").choices([
          "keep",
          "regenerate",
        ]),
      )
      .option("--every <duration>", "how often to rotate them, as P90D")
      .option("--dry-run", "print what would be added, write nothing")
      .option("--json", "print JSON")
      .option("--yes", "do not ask"),
    async () => {
      const [{ adopt }, { askPulumiOnPath }] = await Promise.all([
        import("./adopt/adopt"),
        import("./terminal/pulumiProcess"),
      ]);
      return (_names, options, world) =>
        adopt(options, world, askPulumiOnPath(world.folder, world.environment));
    },
  );
  declare(
    program
      .command("recover")
      .description("take back into Pulumi's state what it has lost: roles, clients and secrets of the stack")
      .option("--identity <id>", "whose objects, where several states have made some under these names")
      .option("--dry-run", "say what would be taken back, write nothing")
      .option("--yes", "do not ask"),
    async () => {
      const [{ recover, recoverTimeoutMs }, { askPulumiOnPath }] = await Promise.all([
        import("./recover/recover"),
        import("./terminal/pulumiProcess"),
      ]);
      return (_names, options, world) =>
        recover(options, world, askPulumiOnPath(world.folder, world.environment, recoverTimeoutMs));
    },
  );
  addAuditCommand(program, surroundings, finish);
  addReviewCommand(program, surroundings, finish);
  return program;
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

/** Whoever reads the output may stop reading (`| head`): that ends the writing, not the command. */
function outliveReader(stream: NodeJS.WriteStream): void {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") {
      throw error;
    }
  });
}

if (require.main === module) {
  outliveReader(process.stdout);
  outliveReader(process.stderr);
  void runCommandLine(process.argv.slice(2), surroundingsOfProcess()).then((code) => {
    process.exitCode = code;
  });
}
