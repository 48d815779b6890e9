// A folder with one stack file, and surroundings whose output and clock a test can look at.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Output } from "../../../cli/output";
import type { Surroundings } from "../../../cli/surroundings";
import { Redactor } from "../../../common/redact";
import { FakeClock } from "../../fakeClock";

export interface CliFolder {
  readonly folder: string;
  readonly clock: FakeClock;
  readonly surroundings: Surroundings;
  /** All that was printed so far. */
  readonly said: { out: string; err: string };
  read(): string;
  write(text: string): void;
  remove(): void;
}

/** The stack file is Pulumi.dev.yaml. */
export function createCliFolder(
  stackFile: string,
  environment: Readonly<Record<string, string>> = {},
): CliFolder {
  const folder = mkdtempSync(join(tmpdir(), "credentials-cli-"));
  const path = join(folder, "Pulumi.dev.yaml");
  writeFileSync(path, stackFile);
  const clock = new FakeClock();
  const redactor = new Redactor();
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
    remove: () => {
      rmSync(folder, { recursive: true });
    },
  };
}
