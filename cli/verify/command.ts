// The `verify` command as the command line knows it.
import { type CommandDescription, jsonOption, stackOption } from "../terminal/command";
import { type VerifyOptions } from "./verify";

export const verifyCommand: CommandDescription<VerifyOptions> = {
  name: "verify",
  summary: "prove from outside that stored secrets work and hold what is declared",
  argument: ["[names...]", "the credentials to verify; all of them when left out"],
  options: [jsonOption, stackOption],
  load: async () => (await import("./verify")).verify,
};
