// The `revoke` command as the command line knows it.
import { type CommandDescription, stackOption, yesOption } from "../terminal/command";
import { type RevokeOptions } from "./revoke";

export const revokeCommand: CommandDescription<RevokeOptions> = {
  name: "revoke",
  summary: "take a credential out of service at once",
  argument: ["<name>", "the credential"],
  options: [yesOption, stackOption],
  load: async () => {
    const [{ revoke }, { pulumiRefresh }] = await Promise.all([
      import("./revoke"),
      import("./pulumiRefresh"),
    ]);
    return ([name = ""], options, world, pulumi) =>
      revoke(name, options, world, {
        refreshState: pulumiRefresh(world.folder, world.environment),
        pulumi,
      });
  },
};
