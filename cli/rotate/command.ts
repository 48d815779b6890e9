// The `rotate` command as the command line knows it.
import { Option } from "commander";
import { type CommandDescription, jsonOption, stackOption } from "../terminal/command";
import { type RotateOptions } from "./rotateOptions";

export const rotateCommand: CommandDescription<RotateOptions> = {
  name: "rotate",
  summary: "raise the generation in the stack file; the next `pulumi up` rotates",
  argument: ["[names...]", "the credentials to rotate"],
  options: [
    new Option("--due", "those whose schedule says so; with names, only those of them"),
    new Option(
      "--all-stacks",
      "with --due: in every stack file, in ring order; what fails in one stops no other",
    ),
    new Option(
      "--report <file>",
      "with --all-stacks: writes what is proposed as Markdown, for a pull request",
    ),
    new Option("--allow-gap", "with --due: those too whose consumers are cut off at once (overlap: none)"),
    new Option("--force", "even when consumers may still hold the former client"),
    new Option(
      "--emergency",
      "replace both clients at once: every stored copy stops working; no stack is waited for",
    ),
    new Option(
      "--evidence <folder>",
      "what `pulumi up` left as evidence: of the stack before, and of what was never rotated",
    ),
    new Option("--dry-run", "say what would happen, write nothing"),
    jsonOption,
    stackOption,
  ],
  load: async () => (await import("./rotate")).rotate,
};
