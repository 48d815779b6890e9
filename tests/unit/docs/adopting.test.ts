// docs/adopting.md: its YAML can be deployed, and its options are those of the command.
import { parse } from "yaml";
import { declarationsInFile } from "../../../cli/stackFile/stackDeclarations";
import { StackDocument } from "../../../cli/stackFile/stackDocument";
import { someProject } from "../cli/cliFolder";
import { documentText, groupsIn, sourcesIn } from "./sourceFiles";

const page = documentText("docs/adopting.md");

it("the YAML is what a stack file may say", () => {
  const [yaml = ""] = groupsIn([page], /```yaml\n([\s\S]*?)```/g);
  expect(Object.keys(parse(yaml) as object)).toHaveLength(2);
  const indented = yaml.replace(/^(?=.)/gm, "  ");
  const { roles, credentials } = declarationsInFile(
    StackDocument.parse("Pulumi.dev.yaml", `config:\n${indented}`, { project: someProject }),
    "dev",
  );
  expect(roles.map(({ adopt }) => adopt)).toEqual([{ roleId: expect.any(String) }]);
  expect(credentials.map(({ adopt }) => adopt)).toMatchObject([{ secret: "keep", name: "Weekly Report" }]);
});

it("every option that it names is one of the command line or of Pulumi", () => {
  const known = groupsIn(sourcesIn(["cli/adopt", "cli/terminal"]), /"(--[a-z-]+)/g);
  const named = groupsIn([page], /(?<![-\w])(--[a-z][a-z-]+)/g);
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((option) => !known.includes(option))).toEqual(["--show-urns", "--target-dependents"]);
});
