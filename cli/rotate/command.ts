// The `rotate` command as the command line knows it.
import { Option } from "commander";
import { type CommandDescription, jsonOption, stackOption } from "../terminal/command";
import { type RotateOptions } from "./rotate";

export const rotateCommand: CommandDescription<RotateOptions> = {
  name: "rotate",
  summary: "raise the generation in the stack file; the next `pulumi up` rotates",
  argument: ["[names...]", "the credentials to rotate"],
  options: [
    new Option("--due", "those whose schedule says so; with names, only those of them"),
    new Option("--force", "even when consumers may still hold the former client"),
    new Option(
      "--emergency",
      "replace both clients at once: every stored copy stops working; no stack is waited for",
    ),
    new Option("--evidence <folder>", "the evidence of the stack before, where the stack file says `after`"),
    new Option("--dry-run", "say what would happen, write nothing"),
    jsonOption,
    stackOption,
  ],
  load: async () => (await import("./rotate")).rotate,
};
