// The `list` command as the command line knows it.
import { Option } from "commander";
import { type CommandDescription, jsonOption, stackOption } from "../terminal/command";
import { type ListOptions } from "./list";

export const listCommand: CommandDescription<ListOptions> = {
  name: "list",
  summary: "show the credentials, as declared and as they live in Genesys",
  options: [new Option("--offline", "do not ask Genesys"), jsonOption, stackOption],
  load: async () => {
    const { list } = await import("./list");
    return (_names, ...rest) => list(...rest);
  },
};
