// Where a program is pointed to: the line of a credential or role, in whichever file it stands.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type WrittenEntry, WrittenPlaces } from "../../../../cli/stackFile/writtenPlaces";

let top: string;
beforeEach(() => {
  top = mkdtempSync(join(tmpdir(), "written-places-"));
  mkdirSync(join(top, ".git"));
});
afterEach(() => {
  rmSync(top, { recursive: true });
});

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(top, name)), { recursive: true });
    writeFileSync(join(top, name), text);
  }
}

/** As `Pulumi.dev.yaml:7`. */
function placeOf(stack: string | undefined, entry: WrittenEntry | undefined, folder = ""): string {
  const { uri, startLine } = new WrittenPlaces(join(top, folder)).placeOf(stack, entry);
  return `${uri}:${startLine}`;
}

const project = "name: genesys-credentials\nruntime: nodejs\n";
const stackFile = `# what we have
config:
  aws:region: eu-west-1
  genesys-credentials:roles:
    reporting-reader:
      permissions: [routing:queue:view]
  credentials: # the namespace may be left out
    nightly-report:
      roles: [reporting-reader]
    "123": { roles: [reporting-reader] }
`;

it.each([
  ["credentials", "nightly-report", 8],
  ["credentials", "123", 10],
  ["roles", "reporting-reader", 5],
  ["credentials", "gone", 7],
  ["roles", "gone", 4],
  ["roles", undefined, 4],
] as const)("%s %s is at line %d", (section, key, line) => {
  write({ "Pulumi.yaml": project, "Pulumi.dev.yaml": stackFile });
  expect(placeOf("dev", { section, key })).toBe(`Pulumi.dev.yaml:${line}`);
  write({ "Pulumi.dev.yaml": stackFile.replaceAll("\n", "\r\n") });
  expect(placeOf("dev", { section, key })).toBe(`Pulumi.dev.yaml:${line}`);
});

it("what is about a stack, and nothing in it, is at its first line; about none, at that of the project", () => {
  write({ "Pulumi.yaml": project, "Pulumi.dev.yaml": stackFile });
  expect(placeOf("dev", undefined)).toBe("Pulumi.dev.yaml:1");
  expect(placeOf(undefined, undefined)).toBe("Pulumi.yaml:1");
});

it("counts from the top of the repository, with the folder of the stack files, encoded", () => {
  write({
    "deploy/Pulumi.yaml": `${project}stackConfigDir: our stacks\n`,
    "deploy/our stacks/Pulumi.dev.yaml": stackFile,
  });
  expect(placeOf("dev", { section: "credentials", key: "nightly-report" }, "deploy")).toBe(
    "deploy/our%20stacks/Pulumi.dev.yaml:8",
  );
});

it("an entry that all stacks share is where it stands", () => {
  const shared = "config:\n  credentials:\n    value:\n      wallboard: { roles: [x] }\n";
  write({ "Pulumi.yaml": `${project}${shared}`, "Pulumi.dev.yaml": "config: {}\n" });
  expect(placeOf("dev", { section: "credentials", key: "wallboard" })).toBe("Pulumi.yaml:6");
});

it("an alias is followed", () => {
  write({
    "Pulumi.yaml": project,
    "Pulumi.dev.yaml":
      "x: &all\n  crm-sync: { roles: [x] }\nconfig:\n  genesys-credentials:credentials: *all\n",
  });
  expect(placeOf("dev", { section: "credentials", key: "crm-sync" })).toBe("Pulumi.dev.yaml:2");
});

it.each([
  ["a stack without a file", { "Pulumi.yaml": project }, "Pulumi.yaml:1"],
  [
    "a stack file that is no YAML",
    { "Pulumi.yaml": project, "Pulumi.dev.yaml": "a: [" },
    "Pulumi.dev.yaml:1",
  ],
  ["a folder of no project", {}, "Pulumi.dev.yaml:1"],
  ["a project that Pulumi could not use", { "Pulumi.yaml": "runtime: nodejs\n" }, "Pulumi.dev.yaml:1"],
])("%s still has a place", (_what, files, place) => {
  write(files);
  expect(placeOf("dev", { section: "credentials", key: "crm-sync" })).toBe(place);
});
