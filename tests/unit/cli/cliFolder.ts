// A folder with a project of one stack file, and surroundings whose output and clock a test can look at.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Output } from "../../../cli/terminal/output";
import { type Project } from "../../../cli/stackFile/projectFile";
import { redactorFor, type Surroundings } from "../../../cli/terminal/surroundings";

import { FakeClock } from "../../fakeClock";

export interface CliFolder {
  readonly folder: string;
  readonly clock: FakeClock;
  readonly surroundings: Surroundings;
  /** All that was printed so far. */
  readonly said: { out: string; err: string };
  read(): string;
  write(text: string): void;
  /** The file of another stack. */
  writeStack(stack: string, text: string): void;
  remove(): void;
}

/** What Pulumi.yaml says where a test does not change it. */
export const projectFile = "name: genesys-credentials\nruntime: nodejs\n";

/** The same as it is read. */
export const someProject: Project = {
  name: "genesys-credentials",
  fileName: "Pulumi.yaml",
  stackFolder: "",
  extension: ".yaml",
  config: {},
};

/** The stack file is Pulumi.dev.yaml. */
export function createCliFolder(
  stackFile: string,
  environment: Readonly<Record<string, string>> = {},
): CliFolder {
  const folder = mkdtempSync(join(tmpdir(), "credentials-cli-"));
  const path = join(folder, "Pulumi.dev.yaml");
  writeFileSync(path, stackFile);
  writeFileSync(join(folder, "Pulumi.yaml"), projectFile);
  const clock = new FakeClock();
  const redactor = redactorFor(environment);
  const said = { out: "", err: "" };
  const output = new Output(
    redactor,
    (text) => (said.out += text),
    (text) => (said.err += text),
  );
  return {
    folder,
    clock,
    said,
    surroundings: { folder, environment, clock, redactor, output },
    read: () => readFileSync(path, "utf8"),
    write: (text) => {
      writeFileSync(path, text);
    },
    writeStack: (stack, text) => {
      writeFileSync(join(folder, `Pulumi.${stack}.yaml`), text);
    },
    remove: () => {
      rmSync(folder, { recursive: true });
    },
  };
}
