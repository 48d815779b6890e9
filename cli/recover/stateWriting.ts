// Reads a stack's state whole, and writes it, and takes secrets into it: by Pulumi's own commands, with files that nobody else can read.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Known } from "../../common/known";
import { type AskPulumi } from "../terminal/pulumiProcess";
import { askForState, recordedTypes } from "../world/stackState";
import { type ExportedState, parseExport } from "./exportedState";

/** A secret that is to be taken into the state. */
export interface ImportedSecret {
  /** The name of the resource. */
  readonly name: string;
  readonly arn: string;
  /** URN of the component that it is part of. */
  readonly parent: string;
}

/** Pulumi's commands for one stack. */
export class StateAccess {
  /** @param stackName As Pulumi takes it: `dev`, or `organisation/project/dev`. */
  constructor(
    private readonly pulumi: AskPulumi,
    private readonly stackName: string,
  ) {}

  read(): Promise<Known<ExportedState>> {
    return askForState(this.pulumi, this.stackName, parseExport);
  }

  /** In one step: all of it or nothing. */
  write(text: string): Promise<Known<string>> {
    return withFile(text, (path) => this.pulumi(["stack", "import", "--file", path, ...this.common()]));
  }

  /** Reads each of them in AWS and records it below its component. One that is in state already must not be among them. */
  importSecrets(secrets: readonly ImportedSecret[]): Promise<Known<string>> {
    const parents = new Map(
      [...new Set(secrets.map(({ parent }) => parent))].map((urn, index) => [urn, `parent${index}`]),
    );
    const text = JSON.stringify({
      nameTable: Object.fromEntries([...parents].map(([urn, name]) => [name, urn])),
      resources: secrets.map(({ name, arn, parent }) => ({
        type: recordedTypes.secret,
        name,
        id: arn,
        parent: parents.get(parent),
      })),
    });
    const how = ["--protect=false", "--generate-code=false", "--yes", "--skip-preview"];
    return withFile(text, (path) => this.pulumi(["import", "--file", path, ...how, ...this.common()]));
  }

  private common(): readonly string[] {
    return ["--non-interactive", "--stack", this.stackName];
  }
}

/** The owner reads and writes, nobody else. */
const ownFile = 0o600;

async function withFile<T>(text: string, use: (path: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "genesys-credentials-recover-"));
  try {
    const path = join(folder, "file.json");
    writeFileSync(path, text, { mode: ownFile, flag: "wx" });
    return await use(path);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
