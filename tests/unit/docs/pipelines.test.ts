// docs/pipelines.md names every workflow, every setting that one reads, and checks and labels that there are.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readWorkflow, workflowFiles, workflowFolder } from "../workflows/runner";

const page = readFileSync(join(__dirname, "../../../docs/pipelines.md"), "utf8");
const texts = workflowFiles.map((file) => readFileSync(join(workflowFolder, file), "utf8")).join("\n");

it.each(workflowFiles)("has a line for %s", (file) => {
  expect(page).toMatch(new RegExp(`^\\| \`${file}\` `, "m"));
});

const settings = [...new Set([...texts.matchAll(/\b(?:vars|secrets)\.(\w+)/g)].map(([, name = ""]) => name))];

it.each(settings)("says where %s is set", (name) => {
  expect(page).toContain(`\`${name}\``);
});

it("asks for checks that a job has", () => {
  const [, line = ""] = /^\d\. Protect `main`: .* the checks (.*)\.$/m.exec(page) ?? [];
  const checks = [...line.matchAll(/`([^`]+)`/g)].map(([, check = ""]) => check);
  const jobs = ["check.yml", "preview.yml"].flatMap((file) => Object.keys(readWorkflow(file).jobs));
  expect(checks).toHaveLength(5);
  expect(checks.filter((check) => !jobs.includes(check.replace(/ \(\d+\)$/, "")))).toEqual([]);
  const [, versions = ""] = /node: \[(.*)\]/.exec(texts) ?? [];
  expect(checks.flatMap((check) => /^test \((\d+)\)$/.exec(check)?.[1] ?? [])).toEqual(versions.split(", "));
});

it("names the environments, labels, branches and the command of the workflows", () => {
  const named = [...texts.matchAll(/report-issue\.sh ([\w-]+)/g)].map(([, label = ""]) => label);
  const environments = [...texts.matchAll(/^ +environment: (\S.*?)(?: #.*)?$/gm)].map(([, one = ""]) =>
    one.replace("${{ matrix.stack }}", "<stack>"),
  );
  for (const word of [
    ...named,
    ...environments,
    "rotate/due",
    "npm run credentials -- rotate --due --all-stacks",
  ]) {
    expect(page).toContain(`\`${word}\``);
  }
  expect(texts).toContain("credentials -- rotate --due --all-stacks");
});
