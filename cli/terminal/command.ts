// How a command describes itself to the command line, and the options that several commands have.
import { Option } from "commander";
import { type ExitCode } from "./exitCode";
import { type AskPulumi } from "./pulumiProcess";
import { type Surroundings } from "./surroundings";

/** The work of a command. @param pulumi Asks the `pulumi` on the PATH. */
type Action<Options> = (
  names: readonly string[],
  options: Options,
  surroundings: Surroundings,
  pulumi: AskPulumi,
) => ExitCode | Promise<ExitCode>;

/** One command; what it works with is loaded when it runs. */
export interface CommandDescription<Options = never> {
  readonly name: string;
  readonly summary: string;
  /** As `<name>` or `[names...]`, and what it is. */
  readonly argument?: readonly [string, string];
  /** In the order in which its help tells them. */
  readonly options: readonly Option[];
  readonly load: () => Promise<Action<Options>>;
}

export const stackOption = new Option(
  "--stack <name>",
  "the stack; may be left out where there is one stack file only",
);
export const jsonOption = new Option("--json", "print JSON");
export const yesOption = new Option("--yes", "do not ask");

type Values = readonly string[] | undefined;

/** An option that may be repeated: all of its values. */
export function repeatable(flags: string, description: string): Option {
  return new Option(flags, description).argParser<Values>((value, former) => [...(former ?? []), value]);
}

/** An option that may be repeated, and takes several values with commas: all of them in lower case. @param check Throws for a wrong one. */
export function repeatableList(
  flags: string,
  description: string,
  check: (values: readonly string[]) => void = () => undefined,
): Option {
  return new Option(flags, description).argParser<Values>((value, former) => {
    const values = value.split(",").map((one) => one.trim().toLowerCase());
    check(values);
    return [...(former ?? []), ...values];
  });
}
