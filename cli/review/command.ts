// The `review` command: its options; the work is loaded when it runs.
import { type Command, InvalidArgumentError, Option } from "commander";
import { type ExitCode } from "../terminal/cliError";
import { inFolder, type Surroundings } from "../terminal/surroundings";
import { type ReviewOptions } from "./review";

/** Repeated here, so that `--help` need not load the review. */
const formats: readonly string[] = ["text", "markdown", "json"];
const gates: readonly string[] = ["widened", "irreversible", "blocked"];

/** Adds `review` to the program. @param finish Gets the exit code. */
export function addReviewCommand(
  program: Command,
  surroundings: Surroundings,
  finish: (code: ExitCode) => void,
): void {
  const command = program
    .command("review")
    .description("say what a change does to access: verdict, new and removed permissions, what is lost")
    .option("--stack <name>", "run `pulumi preview` for this stack; may be repeated", collect)
    .option("--file <path>", "read a preview instead, - is standard input; may be repeated", collect)
    .option("--policy-pack <folder>", "run the preview with this policy pack; may be repeated", collect)
    .option("--policy-pack-config <path>", "settings of the policy pack; may be repeated", collect)
    .option("--save <path>", "keep the preview of the one stack, for a later --file")
    .option("--exclusions <path>", "accepted risks, and what is forbidden (docs/reviewing.md)")
    .addOption(new Option("--format <form>", "text, markdown or json; text when left out").choices(formats))
    .option("--json", "print JSON")
    .option("--fail-on <what>", `end with 1 on ${gates.join(", ")}; may be repeated`, collectGates)
    .option("--post", "create or update the one comment of the pull request on GitHub")
    .option("--pull-request <number>", "which pull request, where the workflow does not run for one")
    .addOption(new Option("--cwd <folder>", "the folder of Pulumi.yaml").hideHelp());
  command.action(async () => {
    const options = command.opts<ReviewOptions & { readonly cwd?: string }>();
    const { review } = await import("./review");
    finish(await review(options, inFolder(surroundings, options.cwd)));
  });
}

function collect(value: string, former: readonly string[] = []): readonly string[] {
  return [...former, value];
}

function collectGates(value: string, former: readonly string[] = []): readonly string[] {
  const some = value.split(",").map((one) => one.trim().toLowerCase());
  const wrong = some.filter((one) => !gates.includes(one));
  if (wrong.length > 0) {
    throw new InvalidArgumentError(`${wrong.join(", ")} is none of ${gates.join(", ")}`);
  }
  return [...former, ...some];
}
