// The `restore` command as the command line knows it.
import { type CommandDescription, stackOption } from "../terminal/command";
import { type RestoreOptions } from "./restore";

export const restoreCommand: CommandDescription<RestoreOptions> = {
  name: "restore",
  summary: "undo a revocation in the stack file; the next `pulumi up` reactivates",
  argument: ["<name>", "the credential"],
  options: [stackOption],
  load: async () => {
    const { restore } = await import("./restore");
    return ([name = ""], options, world) => restore(name, options, world);
  },
};
