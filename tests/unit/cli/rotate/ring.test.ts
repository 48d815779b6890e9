// Ring order: a stack that goes after another one rotates nothing that is not proven there.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runCommandLine } from "../../../../cli/main";
import { type CliFolder, createCliFolder } from "../cliFolder";

const credential = (key: string, rotation: string): string =>
  `    ${key}:\n      roles: [{ existing: employee }]\n      rotation: ${rotation}\n`;
const stack = (after: string, ...credentials: string[]): string =>
  `config:\n${after}  genesys-credentials:credentials:\n${credentials.join("")}`;
const rotatedInSummer = "{ generation: 3, rotatedAt: 2026-07-01T09:00:00Z, every: P90D }";

let world: CliFolder; // Pulumi.dev.yaml in it is the stack that waits; the clock stands at 2026-11-01T09:00:00Z
beforeEach(() => {
  world = createCliFolder(
    stack("  genesys-credentials:after: staging\n", credential("report", rotatedInSummer)),
  );
  writeStack("staging", stack("", credential("report", "{ generation: 5 }")));
  mkdirSync(join(world.folder, "evidence"));
});
afterEach(() => {
  world.remove();
});

function writeStack(name: string, text: string): void {
  writeFileSync(join(world.folder, `Pulumi.${name}.yaml`), text);
}

function evidence(name: string, changes: Readonly<Record<string, unknown>> = {}): void {
  const file = {
    formatVersion: 1,
    recordedAt: "2026-10-20T10:00:00.000Z",
    project: "genesys-credentials",
    stack: "staging",
    credential: "report",
    generation: 5,
    verification: { verifiedAt: "2026-10-20T09:59:00.000Z" },
    ...changes,
  };
  writeFileSync(join(world.folder, "evidence", name), JSON.stringify(file));
}

async function rotate(...argv: string[]): Promise<number> {
  world.said.out = "";
  world.said.err = "";
  return runCommandLine(["rotate", "--stack", "dev", ...argv], world.surroundings);
}

const isRotated = (): boolean => world.read().includes("generation: 4");

it("rotates with evidence that is younger than the last rotation here", async () => {
  evidence("staging-report-5.json");
  expect(await rotate("report", "--evidence", "evidence")).toBe(0);
  expect(isRotated()).toBe(true);
});

it.each([
  ["no evidence at all", undefined, "there is no evidence that staging has rotated it since"],
  ["of another stack", { stack: "test" }, "there is no evidence"],
  ["of another credential", { credential: "other" }, "there is no evidence"],
  ["older than the last rotation here", { recordedAt: "2026-06-30T10:00:00Z" }, "there is no evidence"],
  ["that proves nothing", { verification: null }, "proves nothing of the new client"],
  ["of a later shape", { formatVersion: 3 }, "there is no evidence"],
  ["of a first publication", { formatVersion: 2, event: "first-publication" }, "there is no evidence"],
])("refuses with evidence %s, and --due skips it", async (_name, changes, words) => {
  if (changes !== undefined) {
    evidence("staging-report-5.json", changes);
  }
  expect(await rotate("report", "--evidence", "evidence")).toBe(1);
  expect(world.said.err).toContain("Rotating report: refused: ");
  expect(world.said.err).toContain(words);
  expect(await rotate("--due", "--evidence", "evidence")).toBe(0);
  expect(world.said.out).toMatch(/^1 due, waits for staging\.\n\nwaits: report: /);
  expect(await rotate("report", "--force", "--evidence", "evidence")).toBe(1);
  expect(isRotated()).toBe(false);
});

it("does not stop an emergency, and needs no folder for it", async () => {
  expect(await rotate("report", "--emergency")).toBe(0);
  expect(world.read()).toContain("generation: 5");
});

it("passes over files that are no evidence", async () => {
  writeFileSync(join(world.folder, "evidence", "broken.json"), "{");
  writeFileSync(join(world.folder, "evidence", "notes.txt"), "hello");
  evidence("staging-report-5.json");
  expect(await rotate("report", "--evidence", "evidence")).toBe(0);
});

it("takes the folder from the environment", async () => {
  evidence("staging-report-5.json");
  const surroundings = {
    ...world.surroundings,
    environment: { GENESYS_CREDENTIALS_EVIDENCE: join(world.folder, "evidence") },
  };
  expect(await runCommandLine(["rotate", "--stack", "dev", "--due"], surroundings)).toBe(0);
  expect(isRotated()).toBe(true);
});

it("refuses without a folder only where something is to be rotated", async () => {
  expect(await rotate("report")).toBe(2);
  expect(world.said.err).toContain("write --evidence <folder> or set GENESYS_CREDENTIALS_EVIDENCE");
  world.write(stack("  genesys-credentials:after: staging\n", credential("report", "{ generation: 3 }")));
  expect(await rotate("--due")).toBe(0);
  expect(world.said.out).toContain("Nothing is due");
});

it("says which folder cannot be read", async () => {
  expect(await rotate("report", "--evidence", "nowhere")).toBe(3);
  expect(world.said.err).toMatch(/Reading the evidence of rotations in .*nowhere: ENOENT; nothing was done/);
});

it("lets a credential go that the earlier stack does not declare, and says so", async () => {
  writeStack("staging", stack("", credential("another", "{ generation: 5 }")));
  expect(await rotate("report", "--evidence", "evidence")).toBe(0);
  expect(world.said.err).toContain("report is not declared in staging: it waits for nothing there.");
});

it("counts evidence without a proof where the grant type has none to give", async () => {
  const people =
    "    report:\n      grantType: PASSWORD\n      rotation: { generation: 3, rotatedAt: 2026-07-01T09:00:00Z }\n";
  world.write(stack("  genesys-credentials:after: staging\n", people));
  evidence("staging-report-5.json", { verification: null });
  expect(await rotate("report", "--evidence", "evidence")).toBe(0);
});

describe("soak", () => {
  beforeEach(() => {
    world.write(
      stack(
        "  genesys-credentials:after: { stack: staging, soak: P7D }\n",
        credential("report", rotatedInSummer),
      ),
    );
  });

  it("waits until the rotation there has been in use for long enough", async () => {
    evidence("staging-report-5.json", { recordedAt: "2026-10-30T10:00:00Z" });
    expect(await rotate("report", "--evidence", "evidence")).toBe(1);
    expect(world.said.err).toContain(
      "has not been in use for P7D yet; it will be possible at 2026-11-06T10:00:00Z",
    );
  });

  it("counts from the first rotation there since the last one here", async () => {
    evidence("staging-report-5.json", { recordedAt: "2026-10-20T10:00:00Z" });
    evidence("staging-report-6.json", { recordedAt: "2026-10-31T10:00:00Z", generation: 6 });
    expect(await rotate("report", "--evidence", "evidence")).toBe(0);
  });
});

describe("the stack file", () => {
  it.each([
    ["dev", "is this stack itself"],
    ["{ stack: dev, soak: P1D }", "is this stack itself"],
    ["{ stack: staging, soak: soon }", "is not an ISO 8601 duration"],
    ['"a b"', "is no name of a stack"],
    ["[staging]", "after"],
  ])("refuses after: %s", async (written, words) => {
    world.write(stack(`  genesys-credentials:after: ${written}\n`, credential("report", rotatedInSummer)));
    expect(await rotate("report", "--evidence", "evidence")).toBe(2);
    expect(world.said.err).toContain(words);
    expect(world.said.err).toContain("genesys-credentials:after");
  });

  it("refuses an earlier stack that does not exist, with the nearest one", async () => {
    world.write(stack("  genesys-credentials:after: stagging\n", credential("report", rotatedInSummer)));
    expect(await rotate("report", "--evidence", "evidence")).toBe(2);
    expect(world.said.err).toContain("Did you mean staging?");
  });

  it("refuses stacks that wait for each other", async () => {
    writeStack("staging", stack("  genesys-credentials:after: test\n", credential("report", "{}")));
    writeStack("test", stack("  genesys-credentials:after: staging\n", credential("report", "{}")));
    expect(await rotate("report", "--evidence", "evidence")).toBe(2);
    expect(world.said.err).toContain("dev waits for staging waits for test waits for staging");
  });
});
