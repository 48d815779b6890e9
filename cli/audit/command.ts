// The `audit` command as the command line knows it.
import { Option } from "commander";
import { type CommandDescription, repeatable, repeatableList } from "../terminal/command";
import { type AuditOptions } from "./auditOptions";

export const auditCommand: CommandDescription<AuditOptions> = {
  name: "audit",
  summary: "compare the organisation with what is declared: unmanaged, unused, overdue, drifted",
  options: [
    repeatable(
      "--stack <name>",
      "a stack; may be repeated, may be left out where there is one stack file only",
    ),
    new Option("--all-stacks", "every stack that has a stack file here"),
    new Option("--json", "print the report as JSON"),
    new Option("--html <file>", "write the report as one self-contained page"),
    new Option("--sarif <file>", "write the findings as a SARIF log, for code scanning"),
    repeatableList(
      "--fail-on <what>",
      "end with 1 on overdue, due-soon, unused, unmanaged, drift, secret or any; may be repeated",
    ),
    new Option("--unused-days <days>", "days without a request after which a client counts as unused; 30"),
    new Option("--due-soon <duration>", "how long before its date a rotation is due soon; P14D"),
    new Option("--no-usage", "do not ask for usage figures"),
    repeatableList(
      "--known-client <id>",
      "a client that no stack manages and that is no finding, as those of pipelines; may be repeated",
    ),
    new Option("--requests <count>", "requests to Genesys after which single objects are left out; 120"),
  ],
  load: async () => {
    const { audit } = await import("./audit");
    return (_names, ...rest) => audit(...rest);
  },
};
