// What an editor and a development container are told: files that exist, patterns that fit, commands that are there.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(__dirname, "..", "..", "..");
const json = (path: string): unknown => JSON.parse(readFileSync(join(root, path), "utf8"));

const settings = json(".vscode/settings.json") as {
  "yaml.schemas": Record<string, string[]>;
  "json.schemas": { url: string }[];
};

// Two stars and a slash are any folders, one star is any part of one name.
function fits(path: string, pattern: string): boolean {
  const parts = pattern.split(/(\*\*\/|\*)/).map((part) => {
    return part === "**/" ? "(.*/)?" : part === "*" ? "[^/]*" : part.replace(/[.+?^${}()|[\]\\]/g, "\\$&");
  });
  return new RegExp(`^${parts.join("")}$`).test(path);
}

it("names schemas that exist", () => {
  const urls = [...Object.keys(settings["yaml.schemas"]), ...settings["json.schemas"].map(({ url }) => url)];
  expect(urls.length).toBeGreaterThan(1);
  expect(urls.filter((url) => !existsSync(join(root, url)))).toEqual([]);
});

it("gives the schema to every stack file and every example, and not to Pulumi.yaml", () => {
  const patterns = settings["yaml.schemas"]["./schemas/declarations.schema.json"] ?? [];
  const isCovered = (path: string): boolean => patterns.some((pattern) => fits(path, pattern));
  const examples = (readdirSync(join(root, "examples"), { recursive: true }) as string[])
    .filter((name) => name.endsWith(".yaml"))
    .map((name) => `examples/${name}`);
  const stackFiles = readdirSync(root).filter((name) => /^Pulumi\..+\.yaml$/.test(name));
  expect(stackFiles).toContain("Pulumi.dev.yaml");
  expect([...examples, ...stackFiles].filter((path) => !isCovered(path))).toEqual([]);
  expect(isCovered("Pulumi.yaml")).toBe(false);
});

it("recommends the same extensions to both", () => {
  const { recommendations } = json(".vscode/extensions.json") as { recommendations: string[] };
  const container = json(".devcontainer/devcontainer.json") as {
    customizations: { vscode: { extensions: string[] } };
  };
  expect(container.customizations.vscode.extensions).toEqual(recommendations);
});

it("prepares the container with commands of this project", () => {
  const { scripts } = json("package.json") as { scripts: Record<string, string> };
  const { postCreateCommand } = json(".devcontainer/devcontainer.json") as { postCreateCommand: string };
  const run = [...postCreateCommand.matchAll(/npm run ([\w:-]+)/g)].map(([, name = ""]) => name);
  expect(run.length).toBeGreaterThan(0);
  expect(run.filter((name) => scripts[name] === undefined)).toEqual([]);
});
