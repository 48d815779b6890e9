// The `doctor` command as the command line knows it.
import { Option } from "commander";
import { type CommandDescription, jsonOption, stackOption } from "../terminal/command";
import { type DoctorOptions } from "./doctor";

export const doctorCommand: CommandDescription<DoctorOptions> = {
  name: "doctor",
  summary: "look at everything that a deployment of the stack needs, and say what to put right",
  options: [
    new Option("--offline", "ask neither Genesys, nor AWS, nor the state backend"),
    new Option(
      "--preview",
      "look at what a preview needs instead: whether its client and keys read all that it reads, and nothing more",
    ),
    jsonOption,
    stackOption,
  ],
  load: async () => {
    const { doctor } = await import("./doctor");
    return (_names, ...rest) => doctor(...rest);
  },
};
