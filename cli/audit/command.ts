// The `audit` command: its options; the work is loaded when it runs.
import { type Command, Option } from "commander";
import { type ExitCode } from "../terminal/cliError";
import { inFolder, type Surroundings } from "../terminal/surroundings";
import { type AuditOptions } from "./auditOptions";

/** Adds `audit` to the program. @param finish Gets the exit code. */
export function addAuditCommand(
  program: Command,
  surroundings: Surroundings,
  finish: (code: ExitCode) => void,
): void {
  const command = program
    .command("audit")
    .description("compare the organisation with what is declared: unmanaged, unused, overdue, drifted")
    .option(
      "--stack <name>",
      "a stack; may be repeated, may be left out where there is one stack file only",
      collect,
    )
    .option("--all-stacks", "every stack that has a stack file here")
    .option("--json", "print the report as JSON")
    .option("--html <file>", "write the report as one self-contained page")
    .option(
      "--fail-on <what>",
      "end with 1 on overdue, due-soon, unused, unmanaged, drift, secret or any; may be repeated",
      collectList,
    )
    .option("--unused-days <days>", "days without a request after which a client counts as unused; 30")
    .option("--due-soon <duration>", "how long before its date a rotation is due soon; P14D")
    .option("--no-usage", "do not ask for usage figures, which cost two requests a client")
    .addOption(new Option("--cwd <folder>", "the folder of Pulumi.yaml").hideHelp());
  command.action(async () => {
    const options = command.opts<AuditOptions & { readonly cwd?: string }>();
    const { audit } = await import("./audit");
    finish(await audit(options, inFolder(surroundings, options.cwd)));
  });
}

function collect(value: string, former: readonly string[] = []): readonly string[] {
  return [...former, value];
}

function collectList(value: string, former: readonly string[] = []): readonly string[] {
  return [...former, ...value.split(",").map((one) => one.trim().toLowerCase())];
}
