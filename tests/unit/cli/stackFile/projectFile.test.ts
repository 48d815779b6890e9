// What Pulumi.yaml says counts: the project's name, the folder of the stack files, and the config below that of the stacks.
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runCommandLine } from "../../../../cli/main";
import { restore } from "../../../../cli/restore/restore";
import { declarationsInFile } from "../../../../cli/stackFile/stackDeclarations";
import { StackFile } from "../../../../cli/stackFile/stackFile";
import { type ResolvedDeclarations } from "../../../../declarations/resolve";
import { type CliFolder, createCliFolder } from "../cliFolder";

const credentials = `  genesys-credentials:credentials:
    one:
      roles: [{ existing: employee }]
      rotation: { generation: 1, every: P90D }
      revoked: true
    two:
      roles: [{ existing: employee }]
      rotation: { every: P90D, rotatedAt: 2026-01-01T09:00:00Z }
`;
const stackFile = `config:\n${credentials}`;

let world: CliFolder;
beforeEach(() => {
  world = createCliFolder(stackFile);
});
afterEach(() => {
  world.remove();
});

const inFolder = (name: string): string => join(world.folder, name);
const project = (text: string, name = "Pulumi.yaml"): void => {
  writeFileSync(inFolder(name), text);
};
const declared = (): ResolvedDeclarations => {
  const file = StackFile.find(world.folder, "dev");
  return declarationsInFile(file.read({}), file.stack);
};
const run = (...argv: string[]): Promise<number> => {
  world.said.out = "";
  world.said.err = "";
  return runCommandLine(argv, world.surroundings);
};

describe("the project's name", () => {
  const owners = (): readonly string[] => declared().credentials.map(({ owner }) => owner);

  it("is the one of Pulumi.yaml, whatever the config's namespace is", () => {
    project("name: team-credentials\nruntime: nodejs\n");
    expect(owners()).toEqual(["team-credentials/dev/one", "team-credentials/dev/two"]);
  });

  it("may stand in Pulumi.yml, beside which Pulumi has stack files of that ending", () => {
    rmSync(inFolder("Pulumi.yaml"));
    project("name: team\nruntime: nodejs\n", "Pulumi.yml");
    expect(owners).toThrow("Pulumi.dev.yml does not exist; there is none here");
    renameSync(inFolder("Pulumi.dev.yaml"), inFolder("Pulumi.dev.yml"));
    expect(owners()[0]).toBe("team/dev/one");
  });

  it("is asked for where there is no Pulumi.yaml", async () => {
    rmSync(inFolder("Pulumi.yaml"));
    expect(await run("list", "--offline")).toBe(2);
    expect(world.said.err).toBe(
      "Looking for the project: there is no Pulumi.yaml here; run this in the folder of Pulumi.yaml.\n",
    );
  });

  it.each([
    ["no name", "runtime: nodejs\n", "name: is missing; write the project's name"],
    ["an empty name", 'name: ""\n', "name: is missing; write the project's name"],
    ["a name that is no text", "name: [a]\n", "name: is no text; write the project's name"],
    ["no YAML", "name: [a\n", "it is not valid YAML"],
    ["no map", "- a\n", "name: is missing"],
  ])("%s is a mistake of Pulumi.yaml", async (_what, text, told) => {
    project(text);
    expect(await run("rotate", "--due")).toBe(2);
    expect(world.said.err).toContain("Pulumi.yaml: 1 problem\n  ");
    expect(world.said.err).toContain(told);
    expect(world.read()).toBe(stackFile);
  });
});

describe("stackConfigDir", () => {
  const moved = (): string => readFileSync(inFolder("stacks/Pulumi.dev.yaml"), "utf8");
  beforeEach(() => {
    mkdirSync(inFolder("stacks"));
    renameSync(inFolder("Pulumi.dev.yaml"), inFolder("stacks/Pulumi.dev.yaml"));
  });

  it.each(["stackConfigDir: stacks", "stackConfigDir: ./stacks/", "config: stacks"])(
    "%s: files are found, changed and named there",
    async (setting) => {
      project(`name: team\n${setting}\n`);
      expect(await run("rotate", "two")).toBe(0);
      expect(moved()).toContain("generation: 1, ");
      expect(world.said.out).toContain("stacks/Pulumi.dev.yaml was changed");
      expect(restore("one", {}, world.surroundings)).toBe(0);
      expect(moved()).not.toContain("revoked");
      expect(await run("rotate", "three")).toBe(2);
      expect(world.said.err).toContain("Looking for credentials in stacks/Pulumi.dev.yaml");
    },
  );

  it("mistakes are told with the path, too", async () => {
    project("name: team\nstackConfigDir: stacks\n");
    writeFileSync(inFolder("stacks/Pulumi.dev.yaml"), "config:\n  genesys-credentials:credentials: 1\n");
    expect(await run("list", "--offline")).toBe(2);
    expect(world.said.err).toContain("stacks/Pulumi.dev.yaml: 1 problem");
  });

  it.each([["stackConfigDir: elsewhere"], ["stackConfigDir: [stacks]"], ["stackConfigDir: a\nconfig: b"]])(
    "%s cannot be used, and that is told of Pulumi.yaml",
    async (setting) => {
      project(`name: team\n${setting}\n`);
      expect(await run("list", "--offline")).toBe(2);
      expect(world.said.err).toContain("Pulumi.yaml");
      expect(world.said.err).toContain("stackConfigDir");
    },
  );
});

describe("config of Pulumi.yaml", () => {
  const shared = `name: team
config:
  aws:region: eu-west-1
  genesys-credentials:roles:
    value:
      reader: { description: Reads, permissions: [routing:queue:view] }
  genesys-credentials:organization:
    value: { region: eu-central-1 }
`;

  it("holds where the stack's own file says nothing", () => {
    project(shared);
    expect(declared()).toMatchObject({
      roles: [{ key: "reader" }],
      organization: { region: "eu-central-1" },
      aws: { region: "eu-west-1" },
    });
  });

  it("is replaced as a whole by what the stack's own file says", () => {
    project(shared);
    world.write(
      `${stackFile}  aws:region: us-east-1\n  genesys-credentials:roles: {}\n  genesys-credentials:config:organization: { id: 4b1c7e52-0a6f-4d0e-9a57-5e1f3c2b8d90 }\n`,
    );
    const { roles, organization, aws } = declared();
    expect(roles).toEqual([]);
    expect(organization).toEqual({ id: "4b1c7e52-0a6f-4d0e-9a57-5e1f3c2b8d90", region: "us-east-1" }); // the stand-in
    expect(aws.region).toBe("us-east-1");
  });

  it("belongs to the project's name where a key says no namespace, there and in the stack's file", () => {
    project(
      "name: genesys-credentials\nconfig:\n  roles: { default: { own: { permissions: [a:b:view] } } }\n",
    );
    world.write("config:\n  credentials: { bare: { roles: [own] } }\n");
    expect(declared()).toMatchObject({ roles: [{ key: "own" }], credentials: [{ key: "bare" }] });
    project("name: team\nconfig:\n  roles: { default: { own: { permissions: [a:b:view] } } }\n");
    expect(declared()).toMatchObject({ roles: [], credentials: [] });
  });

  it("without a value is a mistake, as it is for Pulumi, unless the stack's own file has the setting", () => {
    project("name: team\nconfig:\n  genesys-credentials:roles: { reader: { permissions: [a:b:view] } }\n");
    expect(declared).toThrow(
      "Pulumi.yaml: 1 problem\n  config.genesys-credentials:roles: has no value; write the map below `value:`",
    );
    world.write(`${stackFile}  genesys-credentials:roles: {}\n`);
    expect(declared().roles).toEqual([]);
  });

  it("is named with the stack's file where something in it is wrong", () => {
    project("name: team\nconfig:\n  genesys-credentials:roles: { value: { reader: 1 } }\n");
    expect(declared).toThrow("Pulumi.dev.yaml with the config of Pulumi.yaml: 1 problem");
  });

  describe("with the credentials in it", () => {
    const indented = credentials.replace(/^ {4}/gm, "      ");
    const text = `name: team\nconfig:\n${indented.replace("credentials:\n", "credentials:\n    value:\n")}`;
    beforeEach(() => {
      project(text);
      world.write("config: {}\n");
    });
    afterEach(() => {
      expect(readFileSync(inFolder("Pulumi.yaml"), "utf8")).toBe(text);
      expect(world.read()).toBe("config: {}\n");
    });

    it.each([
      ["rotate", "two"],
      ["rotate", "--due"],
      ["rotate", "--due", "--dry-run"],
      ["restore", "one"],
    ])("%s %s names the file in which they stand, and writes nothing", async (...argv) => {
      expect(await run(...argv)).toBe(2);
      expect(world.said.err).toContain("stands in the config of Pulumi.yaml, which all stacks share");
      expect(world.said.out).toBe("");
    });

    it("list shows them", async () => {
      expect(await run("list", "--offline", "--json")).toBe(0);
      expect(JSON.parse(world.said.out)).toMatchObject({
        credentials: [{ credential: "one" }, { credential: "two", isDue: true }],
      });
    });
  });
});
