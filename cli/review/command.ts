// The `review` command as the command line knows it.
import { InvalidArgumentError, Option } from "commander";
import { type CommandDescription, jsonOption, repeatable, repeatableList } from "../terminal/command";
import { formats, gates, type ReviewOptions } from "./reviewOptions";

export const reviewCommand: CommandDescription<ReviewOptions> = {
  name: "review",
  summary: "say what a change does to access: verdict, new and removed permissions, what is lost",
  options: [
    repeatable("--stack <name>", "run `pulumi preview` for this stack; may be repeated"),
    repeatable("--file <path>", "read a preview instead, - is standard input; may be repeated"),
    repeatable(
      "--expect <stack>",
      "a stack that must be among the previews of --file, or is BLOCKED; may be repeated",
    ),
    repeatable("--policy-pack <folder>", "run the preview with this policy pack; may be repeated"),
    repeatable("--policy-pack-config <path>", "settings of the policy pack; may be repeated"),
    new Option("--save <path>", "keep the preview of the one stack, for a later --file"),
    new Option("--exclusions <path>", "accepted risks, and what is forbidden (docs/reviewing.md)"),
    new Option("--format <form>", "text, markdown, json or sarif; text when left out").choices(formats),
    jsonOption,
    repeatableList("--fail-on <what>", `end with 1 on ${gates.join(", ")}; may be repeated`, requireGates),
    new Option("--post", "create or update the one comment of the pull request on GitHub"),
    new Option("--pull-request <number>", "which pull request, where the workflow does not run for one"),
  ],
  load: async () => {
    const { review } = await import("./review");
    return (_names, options, world) => review(options, world);
  },
};

function requireGates(values: readonly string[]): void {
  const wrong = values.filter((one) => !gates.some((gate) => gate === one));
  if (wrong.length > 0) {
    throw new InvalidArgumentError(`${wrong.join(", ")} is none of ${gates.join(", ")}`);
  }
}
