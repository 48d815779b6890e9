// `rotate --due --all-stacks`: ring order, what fails in one stack, the first line, the report, the exit code.
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runCommandLine } from "../../../../cli/main";
import { type CliFolder, createCliFolder } from "../cliFolder";
import { writeEvidenceFile } from "./evidenceFile";

const overdue = "{ generation: 3, rotatedAt: 2026-07-01T09:00:00Z, every: P90D }";
const young = "{ generation: 3, rotatedAt: 2026-10-20T09:00:00Z, every: P90D }";
const stackFile = (rotation: string, more = ""): string => `config:
  genesys-credentials:credentials:
    report:
      roles: [{ existing: employee }]
      rotation: ${rotation}
${more}`;
const after = (stack: string): string => `  genesys-credentials:after: ${stack}\n`;

let world: CliFolder; // the clock stands at 2026-11-01T09:00:00Z
beforeEach(() => {
  world = createCliFolder(stackFile(young));
});
afterEach(() => {
  world.remove();
});

const path = (name: string): string => join(world.folder, name);
const write = (stack: string, text: string): void => {
  writeFileSync(path(`Pulumi.${stack}.yaml`), text);
};
const read = (stack: string): string => readFileSync(path(`Pulumi.${stack}.yaml`), "utf8");
const report = (): string => readFileSync(path("report.md"), "utf8");
const evidence = (changes: Readonly<Record<string, unknown>>): void => {
  writeEvidenceFile(path("evidence"), `${JSON.stringify(changes).length}-${String(changes["stack"])}.json`, {
    event: "rotation",
    ...changes,
  });
};
async function rotate(...argv: string[]): Promise<number> {
  world.said.out = "";
  world.said.err = "";
  const environment = { PATH: world.folder }; // no Pulumi there
  return runCommandLine(["rotate", "--due", "--all-stacks", "--report", "report.md", ...argv], {
    ...world.surroundings,
    environment,
  });
}

it("nothing is due where every credential was seen and none is", async () => {
  write("prod", stackFile(young));
  expect(await rotate()).toBe(0);
  expect(world.said.out).toBe("Nothing is due.\n\ndev: nothing is due.\n\nprod: nothing is due.\n");
  expect(report()).toMatch(/^\*\*Nothing is due\.\*\*\n\n### `dev`\n\nNothing is due\.\n\n### `prod`/);
});

it("a misspelt setting in one file is red and named, and the others are proposed all the same (R11)", async () => {
  write("prod", stackFile(overdue));
  world.write(stackFile(young.replace("every", "evry")));
  const broken = world.read();
  expect(await rotate()).toBe(2);
  expect(world.said.out).toMatch(/^1 due, 1 stack could not be read\.\n/);
  expect(world.said.out).toContain("dev: could not be read:\nPulumi.dev.yaml: 1 problem");
  expect(world.said.out).toMatch(/evry.*did you mean/is);
  expect(read("prod")).toContain("generation: 4");
  expect(world.read()).toBe(broken);
  expect(report()).toMatch(
    /^\*\*1 due, 1 stack could not be read\.\*\* Nothing is rotated before this is merged/,
  );
  expect(report()).toContain("Could not be read (exit code 2):\n\n```text\nPulumi.dev.yaml: 1 problem");
  expect(report()).toContain("```text\nreport: generation 3 -> 4\n  + report-prod-a (slot a, generation");
});

it("what waits for another ring is due, and waits (R12)", async () => {
  write("prod", stackFile(overdue, after("dev")));
  mkdirSync(path("evidence"));
  expect(await rotate("--evidence", "evidence")).toBe(0);
  expect(world.said.out).toMatch(/^1 due, waits for dev\.\n/);
  expect(read("prod")).toContain("generation: 3");
  expect(report()).toMatch(/^\*\*1 due, waits for dev\.\*\*\n\n/);
  expect(report()).toContain("- waits: `report`: `there is no evidence that dev has rotated it since");
});

it("a stack goes before those that wait for it, which then wait for its evidence", async () => {
  world.write(stackFile(overdue, after("staging")));
  write("staging", stackFile(overdue, after("test")));
  write("test", stackFile(overdue));
  mkdirSync(path("evidence"));
  expect(await rotate("--evidence", "evidence")).toBe(0);
  expect(world.said.out).toMatch(/^1 due, 2 more wait for test, staging\.\n/);
  expect([...report().matchAll(/^### `(.*)`$/gm)].map(([, stack]) => stack)).toEqual([
    "test",
    "staging",
    "dev",
  ]);
  expect(["test", "staging", "dev"].map((stack) => /generation: (\d)/.exec(read(stack))?.[1])).toEqual([
    "4",
    "3",
    "3",
  ]);
  evidence({ stack: "test", generation: 4 });
  await rotate("--evidence", "evidence");
  expect(read("staging")).toContain("generation: 4");
  expect(read("dev")).toContain("generation: 3");
});

it("what waits for a stack that could not be read waits, and is not counted as unreadable itself", async () => {
  world.write("config: [");
  write("staging", stackFile(young, after("dev")));
  write("prod", stackFile(overdue, after("staging")));
  mkdirSync(path("evidence"));
  expect(await rotate("--evidence", "evidence")).toBe(2);
  expect(world.said.out).toMatch(/^1 due, waits for dev, 1 stack could not be read\.\n/);
  expect(world.said.out).toContain(
    "the settings of dev, which goes before, have mistakes or could not be read",
  );
});

it("a copy of a stack file, whose name is none of a stack, is nobody's", async () => {
  const names = ["dev copy", "dev.yaml.bak", "dev (1)"];
  for (const name of names) {
    write(name, stackFile(overdue));
  }
  renameSync(path("Pulumi.dev.yaml.bak.yaml"), path("Pulumi.dev.yaml.bak"));
  write("eu.prod", stackFile(overdue));
  expect(await rotate()).toBe(0);
  expect(world.said.out).toMatch(/^1 due\.\n\ndev: nothing is due\.\n\neu\.prod:\n/);
  expect(read("dev copy")).toBe(stackFile(overdue));
});

it("what could be read and not be written is told as such, and the others are written", async () => {
  world.write(
    stackFile("&turns { generation: 3, rotatedAt: 2026-07-01T09:00:00Z, every: P90D }", "").concat(
      "    other:\n      roles: [{ existing: employee }]\n      rotation: *turns\n",
    ),
  );
  const shared = world.read();
  write("prod", stackFile(overdue));
  expect(await rotate()).toBe(2);
  expect(world.said.out).toMatch(/^1 due, 1 stack could not be rotated\.\n\ndev: could not be rotated:\n/);
  expect(report()).toContain("### `dev`\n\nCould not be rotated (exit code 2):\n\n```text\n");
  expect(world.read()).toBe(shared);
  expect(read("prod")).toContain("generation: 4");
});

it("stacks that wait for each other fail, and no others", async () => {
  world.write(stackFile(overdue, after("prod")));
  write("prod", stackFile(overdue, after("dev")));
  write("test", stackFile(overdue));
  expect(await rotate()).toBe(2);
  expect(world.said.out).toMatch(/^1 due, 2 stacks could not be rotated\.\n/);
  expect(read("test")).toContain("generation: 4");
});

it("of several failures the graver code counts", async () => {
  write("prod", stackFile(young.replace("every", "evry")));
  world.write(stackFile("{ every: P90D }"));
  expect(await rotate()).toBe(3);
  expect(world.said.out).toMatch(
    /^Nothing of what could be read is due, 1 of unknown age, 1 stack could not be read\.\n/,
  );
  expect(report()).toContain("- age unknown: `report`: `");
});

it("a stack that imports environments which nobody can read is told, and is no reason to say that nothing is due (N4)", async () => {
  writeFileSync(
    path("Pulumi.yaml"),
    "name: genesys-credentials\nruntime: nodejs\nconfig:\n  genesys-credentials:roles: { value: { own: { permissions: [a:b:view] } } }\n",
  );
  world.write("environment: [shared]\nconfig: {}\n");
  write("prod", stackFile(overdue).replace("{ existing: employee }", "own"));
  expect(await rotate()).toBe(3);
  expect(world.said.out).toMatch(/^1 due, 1 stack could not be read\.\n/);
  expect(world.said.out).toContain("there is no `pulumi` on the PATH");
  expect(read("prod")).toContain("generation: 4");
});

it("a stack that was never deployed gets no proposal, and is told", async () => {
  write("prod", stackFile("{ every: P90D }"));
  const script = "#!/bin/sh\necho \"error: no stack named 'prod' found\" >&2\nexit 255\n";
  writeFileSync(path("pulumi"), script, { mode: 0o755 });
  expect(await rotate()).toBe(0);
  expect(world.said.out).toMatch(/^Nothing is due, 1 stack was never deployed\.\n/);
  expect(report()).toContain("### `prod`\n\nNever deployed: `Pulumi's backend has no such stack`");
});

it("--allow-gap proposes what cuts consumers off, and the report says so in bold", async () => {
  world.write(stackFile(overdue.replace("every", "overlap: none, every")));
  expect(await rotate()).toBe(0);
  expect(world.said.out).toMatch(/^1 due, is skipped\.\n/);
  expect(report()).toContain("- skipped: `report`: ``rotation.overlap: none would cut");
  expect(await rotate("--allow-gap")).toBe(0);
  expect(report()).toContain("**Consumers stop** at the update");
});

it("honours the folder of stack files, and writes nothing but the report in a dry run", async () => {
  writeFileSync(path("Pulumi.yaml"), "name: genesys-credentials\nruntime: nodejs\nstackConfigDir: stacks\n");
  mkdirSync(path("stacks"));
  renameSync(path("Pulumi.dev.yaml"), path("stacks/Pulumi.dev.yaml"));
  writeFileSync(path("stacks/Pulumi.prod.yaml"), stackFile(overdue));
  expect(await rotate("--dry-run")).toBe(0);
  expect(world.said.out).toMatch(/^1 due\.\n\ndev: nothing is due\.\n\nprod:\nThe next/);
  expect(readFileSync(path("stacks/Pulumi.prod.yaml"), "utf8")).toBe(stackFile(overdue));
  expect(report()).toContain("generation 3 -> 4");
  await rotate();
  expect(readFileSync(path("stacks/Pulumi.prod.yaml"), "utf8")).toContain("generation: 4");
});

it("the report of one day is the same at any hour", async () => {
  world.write(stackFile(overdue));
  await rotate("--dry-run");
  const first = report();
  world.clock.advance(3_600_000);
  await rotate("--dry-run");
  expect(report()).toBe(first);
  expect(first).toContain("next rotation: due 2027-01-30\n");
});

it("--json is one array, an object a stack", async () => {
  write("prod", stackFile(overdue, after("dev")));
  write("test", "config: [");
  mkdirSync(path("evidence"));
  expect(await rotate("--json", "--evidence", "evidence")).toBe(2);
  expect(JSON.parse(world.said.out)).toEqual([
    {
      stack: "dev",
      file: "Pulumi.dev.yaml",
      isWritten: false,
      rotations: [],
      waiting: [],
      skipped: [],
      unknown: [],
      isNeverDeployed: false,
    },
    expect.objectContaining({
      stack: "prod",
      rotations: [],
      waiting: [
        { credential: "report", waitsFor: "dev", reason: expect.stringContaining("no evidence") as string },
      ],
    }),
    {
      stack: "test",
      file: "Pulumi.test.yaml",
      exitCode: 2,
      error: expect.stringContaining("YAML") as string,
    },
  ]);
});

it("names of others end no code span, no fence and no line, and no secret gets in", async () => {
  const name = "A``` @everyone <img src=x> #1";
  world.write(
    stackFile("{ generation: 1, rotatedAt: 2026-01-01T09:00:00Z, every: P90D, clients: keep }", "").replace(
      "      rotation",
      `      adopt: { clientId: c1000000-0000-4000-8000-00000000000a, secret: regenerate, name: ${JSON.stringify(name)} }\n      rotation`,
    ),
  );
  writeFileSync(
    path("Pulumi.prod.yaml"),
    `config:\n  genesys-credentials:organization: "canary-secret ${"`".repeat(5)}"\n`,
  );
  world.surroundings.redactor.add("canary-secret");
  expect(await rotate()).toBe(2);
  expect(report()).toContain(name);
  expect(report()).not.toContain("canary-secret");
  const outside = report().replace(/^(`{3,})text\n[\s\S]*?^\1$/gm, "");
  expect(outside).not.toMatch(/@everyone|<img|canary/);
});

it.each([
  ["in a folder that is not there", ["--report", "nowhere/report.md"], "its folder does not exist"],
  ["in place of a folder", ["--report", "."], "it is a folder"],
])("a report %s is refused before anything is written", async (_name, argv, words) => {
  world.write(stackFile(overdue));
  expect(await rotate(...argv)).toBe(2);
  expect(world.said.err).toContain(words);
  expect(world.read()).toBe(stackFile(overdue));
});

it("a report that would be too long for GitHub leaves out whole stacks, and says so", async () => {
  const many = Array.from(
    { length: 200 },
    (_none, index) => `    c${index}:\n      roles: [{ existing: employee }]\n      rotation: ${overdue}\n`,
  ).join("");
  world.write(stackFile(overdue, many));
  write("prod", stackFile(overdue));
  expect(await rotate("--dry-run")).toBe(0);
  expect(report().length).toBeLessThan(65_536);
  expect(report().slice(0, 1000)).toContain("### `dev`\n\nLeft out here, since GitHub takes no longer text");
  expect(report()).toMatch(/^\*\*202 due\.\*\*/);
});
