// The `recover` command as the command line knows it.
import { Option } from "commander";
import { type CommandDescription, stackOption, yesOption } from "../terminal/command";
import { type RecoverOptions } from "./recover";

export const recoverCommand: CommandDescription<RecoverOptions> = {
  name: "recover",
  summary: "take back into Pulumi's state what it has lost: roles, clients and secrets of the stack",
  options: [
    new Option("--identity <id>", "whose objects, where several states have made some under these names"),
    new Option("--dry-run", "say what would be taken back, write nothing"),
    yesOption,
    stackOption,
  ],
  load: async () => {
    const [{ recover, recoverTimeoutMs }, { askPulumiOnPath }] = await Promise.all([
      import("./recover"),
      import("../terminal/pulumiProcess"),
    ]);
    return (_names, options, world) =>
      recover(options, world, askPulumiOnPath(world.folder, world.environment, recoverTimeoutMs));
  },
};
