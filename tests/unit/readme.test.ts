// The README does not promise what nothing proves: each command in it is run by CI or by a test, and its YAML is the real one.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const project = join(__dirname, "..", "..");
const read = (path: string): string => readFileSync(join(project, path), "utf8");

/** The fenced blocks of a language. */
function blocks(text: string, language: string): string[] {
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\`$`, "gm"))].map(
    (match) => match[1] ?? "",
  );
}

/** Where each command of the README is run: a file, and what stands in it. */
const proofs: Readonly<Record<string, readonly [string, string]>> = {
  "npm ci": [".ci/run", "npm ci --no-progress"],
  "npm run sandbox": [".ci/run", "npm run -s sandbox ||"],
  "npm run sandbox -- exec pulumi preview": [".ci/run", "npm run -s sandbox -- exec pulumi preview"],
  "npm run sandbox -- exec pulumi up": ["tests/engine/sandbox.test.ts", '["exec", "pulumi", "up"'],
  "npm run sandbox -- exec bash": ["tests/engine/sandbox.test.ts", '["exec", "bash"'],
  "npm run sandbox -- exec pulumi destroy": ["tests/engine/sandbox.test.ts", '["exec", "pulumi", "destroy"'],
  "npm run sandbox -- serve": ["tests/engine/sandbox.test.ts", '["serve"]'],
  "npm run sandbox -- reset": [".ci/run", "npm run -s sandbox -- reset"],
  "npm run pulumi -- version": [".ci/run", "npm run -s pulumi -- version"],
  ...Object.fromEntries(
    [
      "list",
      "rotate --due",
      "review",
      "verify",
      "doctor",
      "audit --html report.html",
      "adopt --all --dry-run",
      "revoke nightly-report",
      "restore nightly-report",
    ].map((command) => [
      `npm run credentials -- ${command} --stack dev`,
      ["tests/engine/commandLine.test.ts", `credentials("${command.split(" ").join('", "')}"`],
    ]),
  ),
  "npm run check": [".ci/run", "npm run -s check"],
  "npm test": [".ci/run", "npm test"],
};

const commands = blocks(read("README.md"), "sh")
  .flatMap((block) => block.trim().split("\n"))
  .filter((command) => command !== "bash .ci/run"); // What runs this test.

test("there are commands to check", () => {
  expect(commands.length).toBeGreaterThan(5);
});

test.each(commands)("%s is run by CI or a test", (command) => {
  const [file, words] = proofs[command] ?? ["README.md", "(a command that no CI step or test runs)"];
  expect(read(file)).toContain(words);
});

test("the YAML of the README stands in Pulumi.dev.yaml", () => {
  const [yaml] = blocks(read("README.md"), "yaml");
  expect(yaml).toMatch(/credentials:/);
  const indented = (yaml ?? "").replace(/^(?=.)/gm, "  "); // In the file it stands under `config:`.
  expect(read("Pulumi.dev.yaml")).toContain(indented);
});

test.each(["README.md", "CONTRIBUTING.md"])("files that %s names exist", (page) => {
  const text = read(page);
  const linked = [...text.matchAll(/\]\(((?!https?:)[^)#]+)\)/g)].map((match) => match[1] ?? "");
  const named = [...text.matchAll(/`([a-z]+\/[\w/.-]+\.(?:ts|js|md|yaml))`/g)].map((match) => match[1] ?? "");
  const missing = [...linked, ...named].filter((path) => !existsSync(join(project, path)));
  expect(missing).toEqual([]);
});
