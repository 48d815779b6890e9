// The example of three environments: right for editor and program, apart from each other, and rotated ring by ring.
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Ajv from "ajv";
import { parse as parseYaml } from "yaml";
import { runCommandLine } from "../../../cli/main";
import { Output } from "../../../cli/terminal/output";
import { declarationsInFile } from "../../../cli/stackFile/stackDeclarations";
import { StackDocument } from "../../../cli/stackFile/stackDocument";
import { Redactor } from "../../../common/redact";
import { renderEditorSchema } from "../../../schemas/generate";
import { FakeClock } from "../../fakeClock";
import { projectFile, someProject } from "../cli/cliFolder";

const examples = join(__dirname, "..", "..", "..", "examples", "environments");
const stacks = ["dev", "staging", "prod"] as const;
const isRightForEditor = new Ajv({ strict: false }).compile(JSON.parse(renderEditorSchema()) as object);

const textOf = (stack: string): string => readFileSync(join(examples, `Pulumi.${stack}.yaml`), "utf8");
const declarationsOf = (stack: string) =>
  declarationsInFile(
    StackDocument.parse(`Pulumi.${stack}.yaml`, textOf(stack), { project: someProject }),
    stack,
  );

test("there is one file for each stack", () => {
  expect(readdirSync(examples).sort()).toEqual(stacks.map((stack) => `Pulumi.${stack}.yaml`).sort());
});

describe.each(stacks)("%s", (stack) => {
  test("begins with the schema line and three lines of why", () => {
    expect(textOf(stack)).toMatch(
      /^# yaml-language-server: \$schema=\.\.\/\.\.\/schemas\/declarations\.schema\.json\n(# .+\n){3}secretsprovider: awskms:/,
    );
  });

  test("satisfies the editor schema and the program", () => {
    const isRight = isRightForEditor(parseYaml(textOf(stack)));
    expect({ isRight, errors: isRightForEditor.errors }).toEqual({ isRight: true, errors: null });
    expect(declarationsOf(stack).credentials.length).toBeGreaterThan(1);
  });

  test("keeps its secrets under its own name, where IAM can tell the stacks apart", () => {
    for (const { secret } of declarationsOf(stack).credentials) {
      expect(secret.name.startsWith(`genesys/${stack}/`)).toBe(true);
    }
  });
});

test("no two of them share an organisation, an AWS account or a key", () => {
  const files = stacks.map(
    (stack) => parseYaml(textOf(stack)) as { secretsprovider: string; config: Record<string, unknown> },
  );
  const shared = (values: readonly unknown[]): number =>
    values.length - new Set(values.map((value) => JSON.stringify(value))).size;
  expect(shared(stacks.map((stack) => declarationsOf(stack).organization.id))).toBe(0);
  expect(shared(files.map(({ config }) => config["aws:allowedAccountIds"]))).toBe(0);
  expect(shared(files.map(({ secretsprovider }) => secretsprovider))).toBe(0);
});

describe("the ring order", () => {
  let folder: string;
  let said: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "credentials-environments-"));
    cpSync(examples, folder, { recursive: true });
    writeFileSync(join(folder, "Pulumi.yaml"), projectFile);
    mkdirSync(join(folder, "evidence"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const clock = new FakeClock(); // 2026-11-01T09:00:00Z
  const rotateDue = (stack: string): Promise<number> => {
    const output = new Output(
      new Redactor(),
      (text) => (said += text),
      (text) => (said += text),
    );
    said = "";
    return runCommandLine(["rotate", "--due", "--stack", stack, "--evidence", "evidence"], {
      folder,
      environment: {},
      clock,
      redactor: new Redactor(),
      output,
    });
  };
  const deployed = (stack: string, generation: number, recordedAt: string): void => {
    for (const credential of ["nightly-report", "crm"]) {
      const file = {
        formatVersion: 1,
        recordedAt,
        project: someProject.name,
        stack,
        credential,
        generation,
        verification: { verifiedAt: recordedAt },
      };
      writeFileSync(
        join(folder, "evidence", `${stack}-${credential}-${generation}.json`),
        JSON.stringify(file),
      );
    }
  };

  test("production waits for staging, staging for development", async () => {
    expect(await rotateDue("prod")).toBe(0);
    expect(said).toContain("waits: crm: there is no evidence that staging has rotated it");
    expect(await rotateDue("staging")).toBe(0);
    expect(said).toContain("waits: nightly-report: there is no evidence that dev has rotated it");

    deployed("dev", 9, "2026-10-28T09:05:00Z");
    expect(await rotateDue("staging")).toBe(0);
    expect(said).toContain("generation 5 -> 6");

    deployed("staging", 6, "2026-11-01T08:00:00Z");
    expect(await rotateDue("prod")).toBe(0);
    expect(said).toContain("has not been in use for P2D yet; it will be possible at 2026-11-03T08:00:00Z");
    clock.advance(3 * 86_400_000);
    expect(await rotateDue("prod")).toBe(0);
    expect(said).toContain("nightly-report: generation 2 -> 3");
    expect(said).toContain("crm: generation 2 -> 3");
  });
});
