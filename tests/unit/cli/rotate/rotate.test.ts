// `rotate` on a fake clock: what is due, what is too young, what is written, what is said.
import { chmodSync, readdirSync, statSync, symlinkSync, renameSync, lstatSync } from "node:fs";
import { join } from "node:path";
import { rotate } from "./rotating";
import { type CliFolder, createCliFolder } from "../cliFolder";

const stackFile = `# yaml-language-server: $schema=schemas/declarations.schema.json
config:
  aws:region: eu-west-1
  genesys-credentials:credentials:
    due: # rotated 92 days ago
      roles: [{ existing: employee }]
      rotation: { generation: 4, rotatedAt: 2026-08-01T09:00:00Z, every: P90D }
    fresh:
      roles: [{ existing: employee }]
      accessTokenValiditySeconds: 3600
      rotation:
        generation: 1
        rotatedAt: 2026-10-31T09:00:00Z # a day ago
        every: P90D
    hasty:
      roles: [{ existing: employee }]
      rotation: { generation: 2, rotatedAt: 2026-10-31T09:00:00Z, every: PT12H }
    never:
      roles: [{ existing: employee }]
      rotation: { every: P90D }
    unscheduled:
      roles: [{ existing: employee }]
    dead:
      roles: [{ existing: employee }]
      rotation: { generation: 2, rotatedAt: 2026-01-01T09:00:00Z, every: P90D }
      revoked: true
`;

let world: CliFolder;
beforeEach(() => {
  world = createCliFolder(stackFile);
});
afterEach(() => {
  world.remove();
});

/** The lines that differ, `-` before and `+` after. */
function difference(): readonly string[] {
  const before = stackFile.split("\n");
  const after = world.read().split("\n");
  return [
    ...before.filter((line) => !after.includes(line)).map((line) => `-${line.trim()}`),
    ...after.filter((line) => !before.includes(line)).map((line) => `+${line.trim()}`),
  ];
}

describe("--due", () => {
  it("rotates each that is due once, however many periods were missed, and tells the revoked, the too young and the one of unknown age", async () => {
    expect(await rotate([], { due: true }, world.surroundings)).toBe(3);
    expect(difference()).toEqual([
      "-rotation: { generation: 4, rotatedAt: 2026-08-01T09:00:00Z, every: P90D }",
      '+rotation: { generation: 5, rotatedAt: "2026-11-01T09:00:00Z", every: P90D }',
    ]);
    expect(world.said.out).toMatch(
      /^1 due, 1 more waits until 2026-11-02T09:00:00Z, 1 more is skipped, 1 of unknown age\.\n/,
    );
    expect(world.said.out).toContain("waits: hasty: ");
    expect(world.said.out).toContain("2026-11-02T09:00:00Z");
    expect(world.said.out).toContain("skipped: dead: it is revoked");
    expect(world.said.out).toContain("age unknown: never: nobody knows since when its secret is in use");
    expect(world.said.out).not.toContain("fresh");
  });

  it("changes nothing when it runs again", async () => {
    await rotate([], { due: true }, world.surroundings);
    const once = world.read();
    world.said.out = "";
    expect(await rotate(["due", "fresh", "unscheduled"], { due: true }, world.surroundings)).toBe(0);
    expect(world.read()).toBe(once);
    expect(world.said.out).toBe("Nothing is due.\n\nPulumi.dev.yaml was not changed.\n");
  });

  it("with names means those of them", async () => {
    expect(await rotate(["due", "fresh"], { due: true }, world.surroundings)).toBe(0);
    expect(difference()).toEqual([
      "-rotation: { generation: 4, rotatedAt: 2026-08-01T09:00:00Z, every: P90D }",
      '+rotation: { generation: 5, rotatedAt: "2026-11-01T09:00:00Z", every: P90D }',
    ]);
  });

  it("counts on the calendar: due at the very second, not a second before", async () => {
    world.clock.advance(Date.UTC(2027, 0, 29, 9) - world.clock.now() - 1000);
    await rotate(["fresh"], { due: true }, world.surroundings);
    expect(difference()).toEqual([]);
    world.clock.advance(1000);
    await rotate(["fresh"], { due: true }, world.surroundings);
    expect(difference()).toContain('+rotatedAt: "2027-01-29T09:00:00Z" # a day ago');
  });

  it("--force takes those too that are younger than their overlap", async () => {
    await rotate([], { due: true, force: true }, world.surroundings);
    expect(difference()).toContain(
      '+rotation: { generation: 3, rotatedAt: "2026-11-01T09:00:00Z", every: PT12H }',
    );
  });
});

describe("names", () => {
  it("are rotated without a schedule", async () => {
    expect(await rotate(["unscheduled", "unscheduled"], {}, world.surroundings)).toBe(0);
    const rotation = '      rotation:\n        generation: 1\n        rotatedAt: "2026-11-01T09:00:00Z"\n';
    expect(world.read()).toBe(stackFile.replace("    dead:\n", `${rotation}    dead:\n`));
  });

  it("that are too young are all refused, with the instant, and nothing is written", async () => {
    expect(await rotate(["due", "fresh", "hasty"], {}, world.surroundings)).toBe(1);
    expect(difference()).toEqual([]);
    expect(world.said.out).toBe("");
    for (const name of ["fresh", "hasty"]) {
      expect(world.said.err).toMatch(
        new RegExp(`${name}: refused: .* possible at 2026-11-02T09:00:00Z.*--force`),
      );
    }
    expect(world.said.err).toContain("Pulumi.dev.yaml was not changed");
  });

  it("may be rotated at that very instant, and not a second before", async () => {
    world.clock.advance(86_399_000);
    expect(await rotate(["fresh"], {}, world.surroundings)).toBe(1);
    world.clock.advance(1000);
    expect(await rotate(["fresh"], {}, world.surroundings)).toBe(0);
  });

  it("--force rotates the too young", async () => {
    expect(await rotate(["fresh"], { force: true }, world.surroundings)).toBe(0);
    expect(difference()).toContain("+generation: 2");
  });

  it("--emergency replaces both clients whatever their age, and says that no copy survives", async () => {
    expect(await rotate(["fresh"], { emergency: true }, world.surroundings)).toBe(0);
    expect(difference()).toContain("+generation: 3");
    expect(world.said.out).toMatch(
      /fresh-dev-b \(slot b, generation 3\) replaces the client of generation 1/,
    );
    expect(world.said.out).toMatch(/fresh-dev-b \(slot b, generation 1\) is deleted/);
    expect(world.said.out).toMatch(/fresh-dev-a \(slot a, generation 0\) is deleted/);
  });

  it.each([{}, { force: true }, { emergency: true }])(
    "of the revoked are refused with %j",
    async (options) => {
      expect(await rotate(["dead"], options, world.surroundings)).toBe(1);
      expect(world.said.err).toContain("restore dead");
      expect(difference()).toEqual([]);
    },
  );
});

it("says which client is replaced, which keeps working until when, and which dies", async () => {
  await rotate(["due"], {}, world.surroundings);
  expect(world.said.out).toBe(`The next \`pulumi up\` of stack dev:

due: generation 4 -> 5
  + due-dev-b (slot b, generation 5) replaces the client of generation 3; the secret genesys/dev/due then names it
  = due-dev-a (slot a, generation 4) keeps working until the next rotation (due 2027-01-30T09:00:00Z)
  - due-dev-b (slot b, generation 3) is deleted at the end of the update: its copies stop working
  next rotation: due 2027-01-30T09:00:00Z

Pulumi.dev.yaml was changed; review the difference and merge it.
`);
});

describe("clients: keep", () => {
  const keeping = (generation: number): string =>
    stackFile.replace("generation: 4, rotatedAt", `clients: keep, generation: ${generation}, rotatedAt`);

  it("renews the idle client, deletes nothing, and says until when the former secret works", async () => {
    world.write(keeping(4));
    expect(await rotate(["due"], {}, world.surroundings)).toBe(0);
    expect(world.said.out).toBe(`The next \`pulumi up\` of stack dev:

due: generation 4 -> 5
  ~ due-dev-b (slot b, generation 5) keeps its id and gets a new secret, and the secret genesys/dev/due then names it; copies of its present secret stop working
  = due-dev-a (slot a, generation 4) keeps its secret until the next rotation (due 2027-01-30T09:00:00Z)
  next rotation: due 2027-01-30T09:00:00Z

Pulumi.dev.yaml was changed; review the difference and merge it.
`);
    expect(world.read()).toContain("clients: keep, generation: 5, ");
  });

  it("makes the second client at the first rotation", async () => {
    world.write(keeping(0));
    await rotate(["due"], {}, world.surroundings);
    expect(world.said.out).toContain("+ due-dev-b (slot b, generation 1) created; the secret");
    expect(world.said.out).toContain("= due-dev-a (slot a, generation 0) keeps its secret until");
  });

  it.each([0, 1, 4])(
    "an emergency at generation %p replaces every client all the same",
    async (generation) => {
      world.write(keeping(generation));
      expect(await rotate(["due"], { emergency: true }, world.surroundings)).toBe(0);
      const kept = world.said.out;
      world.write(keeping(generation).replace("clients: keep, ", ""));
      world.said.out = "";
      await rotate(["due"], { emergency: true }, world.surroundings);
      expect(kept).toBe(world.said.out);
      expect(kept).not.toContain("~ ");
    },
  );

  it("is refused while the secret that it ends may be in use", async () => {
    world.write(keeping(4).replace("2026-08-01", "2026-10-31"));
    expect(await rotate(["due"], {}, world.surroundings)).toBe(1);
    expect(world.said.err).toContain("due: refused: its last rotation (2026-10-31T09:00:00Z) is younger");
    expect(await rotate(["due"], { force: true }, world.surroundings)).toBe(0);
  });

  it("--json says so", async () => {
    world.write(keeping(4));
    await rotate(["due", "never"], { json: true }, world.surroundings);
    expect(JSON.parse(world.said.out)).toMatchObject({
      rotations: [
        {
          credential: "due",
          clientsMode: "keep",
          clients: [
            { slot: "b", generation: 5, action: "renewed", isCurrent: true },
            { slot: "a", generation: 4, action: "kept", isCurrent: false },
          ],
        },
        { credential: "never", clientsMode: "replace" },
      ],
    });
  });
});

it("--dry-run says the same and writes nothing", async () => {
  await rotate(["due"], { dryRun: true }, world.surroundings);
  expect(difference()).toEqual([]);
  expect(world.said.out).toContain("due: generation 4 -> 5");
  expect(world.said.out).toContain("Dry run");
});

it("--json is one JSON text on standard output", async () => {
  await rotate([], { due: true, json: true, dryRun: true }, world.surroundings);
  const result = JSON.parse(world.said.out) as {
    rotations: { credential: string; fromGeneration: number; toGeneration: number }[];
    waiting: unknown[];
    skipped: unknown[];
    unknown: unknown[];
  };
  expect(result).toMatchObject({
    stack: "dev",
    file: "Pulumi.dev.yaml",
    isWritten: false,
    rotatedAt: "2026-11-01T09:00:00Z",
  });
  expect(result.rotations.map((one) => [one.credential, one.fromGeneration, one.toGeneration])).toEqual([
    ["due", 4, 5],
  ]);
  expect(result.waiting).toEqual([
    expect.objectContaining({ credential: "hasty", possibleAt: "2026-11-02T09:00:00Z" }),
  ]);
  expect(result.skipped).toEqual([expect.objectContaining({ credential: "dead" })]);
  expect(result.unknown).toEqual([expect.objectContaining({ credential: "never" })]);
});

it("reopens an overlap that was closed for the generation before", async () => {
  world.write(stackFile.replace("every: P90D }\n    fresh", "every: P90D, previous: revoked }\n    fresh"));
  await rotate(["due"], {}, world.surroundings);
  expect(world.read()).toContain(
    '{ generation: 5, rotatedAt: "2026-11-01T09:00:00Z", every: P90D, previous: keep }',
  );
  expect(world.said.out).toContain("rotation.previous is set back to keep");
});

it("a single slot loses its former client in the same update", async () => {
  world.write(stackFile.replace("every: P90D }\n    fresh", "every: P90D, overlap: none }\n    fresh"));
  await rotate(["due"], {}, world.surroundings);
  expect(world.said.out).toMatch(/- due-dev-a \(slot a, generation 4\) is deleted at the end of the update/);
  expect(world.said.out).not.toContain("keeps working");
  expect(world.said.err).toContain("due has rotation.overlap: none: its consumers stop at the next");
});

describe("--due and a single slot", () => {
  beforeEach(() => {
    world.write(stackFile.replace("every: P90D }\n    fresh", "every: P90D, overlap: none }\n    fresh"));
  });

  it("is skipped with the two ways out", async () => {
    const before = world.read();
    expect(await rotate(["due"], { due: true }, world.surroundings)).toBe(0);
    expect(world.read()).toBe(before);
    expect(world.said.out).toMatch(/^1 due, is skipped\.\n\nskipped: due: rotation\.overlap: none would cut/);
    expect(world.said.out).toContain("`npm run credentials -- rotate due`");
    expect(world.said.out).toContain("--allow-gap");
  });

  it("--force does not allow the gap, --allow-gap does, and so does the name alone", async () => {
    const before = world.read();
    expect(await rotate(["due"], { due: true, force: true }, world.surroundings)).toBe(0);
    expect(world.read()).toBe(before);
    expect(await rotate(["due"], { due: true, allowGap: true }, world.surroundings)).toBe(0);
    expect(world.read()).toContain("generation: 5");
    world.write(before);
    expect(await rotate(["due"], {}, world.surroundings)).toBe(0);
    expect(world.read()).toContain("generation: 5");
  });
});

describe("nothing is written when", () => {
  it.each([
    ["neither names nor --due are given", [], {}, "--due"],
    ["--all-stacks comes without --due", ["due"], { allStacks: true }, "--all-stacks goes with --due"],
    ["--all-stacks meets a stack", [], { due: true, allStacks: true, stack: "dev" }, "takes no names"],
    ["--all-stacks meets names", ["due"], { due: true, allStacks: true }, "takes no names"],
    ["--report is of one stack", [], { due: true, report: "r.md" }, "--report goes with"],
    ["--emergency meets --due", [], { due: true, emergency: true }, "--emergency"],
    ["a name is wrong", ["due", "frehs"], {}, "did you mean fresh?"],
    ["the stack does not exist", ["due"], { stack: "prod" }, "Pulumi.dev.yaml"],
    ["the stack's name leaves the folder", ["due"], { stack: "../x" }, "does not exist"],
  ])("%s", async (_name, names, options, words) => {
    await expect(rotate(names, options, world.surroundings)).rejects.toThrow(words);
    expect(difference()).toEqual([]);
  });

  it("the file has mistakes, which are all told", async () => {
    world.write(
      stackFile
        .replace("every: PT12H", "every: soon")
        .replace("P90D }\n    unsch", "P90D, generation: -1 }\n    unsch"),
    );
    const wrong = world.read();
    await expect(rotate(["due"], {}, world.surroundings)).rejects.toThrow(
      /2 problems[\s\S]*never\.rotation\.generation[\s\S]*hasty\.rotation\.every|2 problems[\s\S]*hasty\.rotation\.every[\s\S]*never\.rotation\.generation/,
    );
    expect(world.read()).toBe(wrong);
  });

  it("one of several cannot be edited", async () => {
    world.write(
      stackFile
        .replace(
          "never:\n      roles: [{ existing: employee }]\n      rotation: { every: P90D }",
          "never:\n      roles: [{ existing: employee }]\n      rotation: *turns",
        )
        .replace(
          "rotation: { generation: 2, rotatedAt: 2026-10-31",
          "rotation: &turns { generation: 2, rotatedAt: 2026-10-31",
        ),
    );
    const shared = world.read();
    await expect(rotate(["due", "never"], { force: true }, world.surroundings)).rejects.toThrow("*turns");
    expect(world.read()).toBe(shared);
    await expect(rotate(["never"], { force: true, dryRun: true }, world.surroundings)).rejects.toThrow(
      "*turns",
    );
  });
});

describe("the file", () => {
  it("keeps its mode, and no other file is left", async () => {
    chmodSync(join(world.folder, "Pulumi.dev.yaml"), 0o664);
    await rotate(["due"], {}, world.surroundings);
    expect(statSync(join(world.folder, "Pulumi.dev.yaml")).mode & 0o777).toBe(0o664);
    expect(readdirSync(world.folder)).toEqual(["Pulumi.dev.yaml", "Pulumi.yaml"]);
  });

  it("stays a link to where it is kept", async () => {
    const path = join(world.folder, "Pulumi.dev.yaml");
    renameSync(path, join(world.folder, "real.yaml"));
    symlinkSync("real.yaml", path);
    await rotate(["due"], {}, world.surroundings);
    expect(lstatSync(path).isSymbolicLink()).toBe(true);
    expect(difference()).toHaveLength(2);
  });

  it("is not touched when there is nothing to change", async () => {
    const path = join(world.folder, "Pulumi.dev.yaml");
    const before = statSync(path);
    await rotate(["fresh"], { due: true }, world.surroundings);
    expect(statSync(path).ino).toBe(before.ino);
    expect(statSync(path).mtimeMs).toBe(before.mtimeMs);
  });
});
