// The `adopt` command as the command line knows it.
import { Option } from "commander";
import { type CommandDescription, jsonOption, stackOption, yesOption } from "../terminal/command";
import { type AdoptOptions } from "./adopt";

export const adoptCommand: CommandDescription<AdoptOptions> = {
  name: "adopt",
  summary: "declare OAuth clients and roles that exist already; the next `pulumi up` takes them over",
  options: [
    new Option("--match <names...>", "these: client ids, role ids, names, or patterns with *"),
    new Option("--all", "every client and role that can be taken over"),
    new Option("--secret <how>", "what becomes of the clients' present secrets (default: keep)").choices([
      "keep",
      "regenerate",
    ]),
    new Option("--every <duration>", "how often to rotate them, as P90D"),
    new Option("--dry-run", "print what would be added, write nothing"),
    jsonOption,
    yesOption,
    stackOption,
  ],
  load: async () => {
    const { adopt } = await import("./adopt");
    return (_names, ...rest) => adopt(...rest);
  },
};
