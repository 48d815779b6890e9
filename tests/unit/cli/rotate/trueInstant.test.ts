// What the evidence and the clock know better than the stack file: a deployment that came late or never did, and dates that cannot be.
import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { type CliFolder, createCliFolder } from "../cliFolder";
import { writeEvidenceFile } from "./evidenceFile";
import { rotate } from "./rotating";

const stackFile = (rotation: string, more = ""): string =>
  `config:\n${more}  genesys-credentials:credentials:\n    report:\n      roles: [{ existing: employee }]\n      rotation: ${rotation}\n`;
const generation = (): string | undefined => /generation: (\d+)/.exec(world.read())?.[1];
const due = (changes: object = {}): Promise<number> =>
  rotate([], { due: true, evidence: "evidence", ...changes }, world.surroundings);
const byName = (changes: object = {}): Promise<number> =>
  rotate(["report"], { evidence: "evidence", ...changes }, world.surroundings);

let world: CliFolder; // the clock stands at 2026-11-01T09:00:00Z
beforeEach(() => {
  world = createCliFolder("");
});
afterEach(() => {
  world.remove();
});
/** Evidence of the generation, published at the time. */
function evidence(
  number: number,
  publishedAt: string,
  changes: Readonly<Record<string, unknown>> = {},
): void {
  writeEvidenceFile(join(world.folder, "evidence"), `${number}-${Object.values(changes).join("-")}.json`, {
    event: "rotation",
    generation: number,
    newClientId: `client-${number}`,
    recordedAt: publishedAt,
    publishedAt,
    ...changes,
  });
}

describe("the overlap that consumers get", () => {
  it.each([
    ["without rotatedAt", "{ generation: 3, every: PT12H }"],
    [
      "deployed long after it was proposed",
      "{ generation: 3, rotatedAt: 2026-10-01T09:00:00Z, every: P30D }",
    ],
  ])("counts from the deployment of a rotation %s", async (_name, rotation) => {
    world.write(stackFile(rotation));
    evidence(3, "2026-10-31T10:00:00Z");
    expect(await due()).toBe(0);
    expect(world.said.out).toMatch(/^1 due, waits until 2026-11-02T10:00:00Z\.\n/);
    expect(await byName()).toBe(1);
    expect(world.said.err).toContain("its last rotation (2026-10-31T10:00:00Z) is younger than the overlap");
    expect(generation()).toBe("3");
    expect(await byName({ force: true })).toBe(0);
    expect(generation()).toBe("4");
  });

  it("counts from a rotation that was taken back: the client that would be replaced was in use until then", async () => {
    world.write(stackFile("{ generation: 3, rotatedAt: 2026-07-01T09:00:00Z, every: P90D }"));
    evidence(3, "2026-07-01T10:00:00Z");
    evidence(4, "2026-10-30T10:00:00Z");
    evidence(3, "2026-10-31T10:00:00Z", { pair: "stored" });
    expect(await due()).toBe(0);
    expect(world.said.out).toMatch(/^1 due, waits until 2026-11-02T10:00:00Z\.\n/);
  });

  it("is no matter of a first publication, which left no former client", async () => {
    world.write(stackFile("{ every: PT12H }"));
    evidence(0, "2026-10-31T10:00:00Z", { event: "first-publication" });
    expect(await due()).toBe(0);
    expect(generation()).toBe("1");
  });
});

describe("a rotation that the evidence does not show as deployed", () => {
  const raised = "{ generation: 4, rotatedAt: 2026-07-01T09:00:00Z, every: P90D }";

  it("is not followed by another one, which would replace both clients at once", async () => {
    world.write(stackFile(raised));
    evidence(3, "2026-04-01T10:00:00Z");
    expect(await due()).toBe(0);
    expect(world.said.out).toMatch(/^1 due, is skipped\.\n\nskipped: report: generation 4 was not deployed/);
    expect(await byName()).toBe(1);
    expect(world.said.err).toContain("would replace both clients at once");
    expect(generation()).toBe("4");
    expect(await byName({ force: true })).toBe(0);
    expect(generation()).toBe("5");
  });

  it.each<[string, () => void]>([
    [
      "there is evidence of it",
      () => {
        evidence(4, "2026-07-02T10:00:00Z");
      },
    ],
    [
      "there is evidence of nothing",
      () => {
        mkdirSync(join(world.folder, "evidence"));
      },
    ],
    [
      "the evidence is of another stack",
      () => {
        evidence(3, "2026-04-01T10:00:00Z", { stack: "prod" });
      },
    ],
    [
      "the stack had another life",
      () => {
        evidence(7, "2026-04-01T10:00:00Z");
      },
    ],
  ])("is followed by the next one where %s", async (_name, write) => {
    world.write(stackFile(raised));
    write();
    expect(await due()).toBe(0);
    expect(generation()).toBe("5");
  });
});

describe("evidence of another project in the same folder", () => {
  it("tells nothing of the age", async () => {
    world.write(stackFile("{ every: P90D }"));
    evidence(0, "2026-07-01T10:00:00Z", { project: "other" });
    expect(await due()).toBe(3);
    expect(world.said.out).toContain("age unknown: report");
    expect(generation()).toBeUndefined();
  });

  it("lets nobody go in ring order", async () => {
    world.write(
      stackFile(
        "{ generation: 3, rotatedAt: 2026-07-01T09:00:00Z, every: P90D }",
        "  genesys-credentials:after: staging\n",
      ),
    );
    world.writeStack("staging", stackFile("{ generation: 5 }"));
    evidence(5, "2026-10-20T10:00:00Z", { stack: "staging", project: "other" });
    expect(await rotate([], { due: true, stack: "dev", evidence: "evidence" }, world.surroundings)).toBe(0);
    expect(world.said.out).toMatch(/^1 due, waits for staging\.\n/);
  });
});

describe("a date that is still to come", () => {
  it("in the stack file is a mistake, and no reason to say that nothing is due", async () => {
    world.write(stackFile("{ generation: 3, rotatedAt: 2062-07-01T09:00:00Z, every: P90D }"));
    expect(await due()).toBe(3);
    expect(world.said.out).toMatch(/^Nothing of what could be read is due, 1 of unknown age\.\n/);
    expect(world.said.out).toContain("rotation.rotatedAt (2062-07-01T09:00:00Z) is still to come");
  });

  it("in the evidence tells nothing", async () => {
    world.write(stackFile("{ every: P90D }"));
    evidence(0, "2062-07-01T09:00:00Z", { event: "first-publication" });
    expect(await due()).toBe(3);
    expect(world.said.out).toContain("1 of unknown age");
  });

  it("by a clock that runs a little ahead is none", async () => {
    world.write(stackFile("{ generation: 3, rotatedAt: 2026-11-01T10:00:00Z, every: P90D }"));
    expect(await due()).toBe(0);
    expect(world.said.out).toMatch(/^Nothing is due\.\n/);
  });
});

it("what is no file in the folder of evidence is passed over", async () => {
  world.write(stackFile("{ every: P90D }"));
  evidence(0, "2026-07-01T10:00:00Z", { event: "first-publication" });
  mkdirSync(join(world.folder, "evidence", "folder.json"));
  symlinkSync(".", join(world.folder, "evidence", "link.json"));
  expect(await due()).toBe(0);
  expect(generation()).toBe("1");
});
