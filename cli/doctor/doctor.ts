// `doctor`: looks at everything that a deployment of a stack needs, and says what to put right.
import { resolve } from "node:path";
import { type ExitCode, exitCodes } from "../terminal/cliError";
import { diagnose } from "./diagnosis";
import { type Line } from "./line";
import { askPulumiOnPath } from "../terminal/pulumiProcess";
import { countLines, renderLines } from "./render";
import { StackFile } from "../stackFile/stackFile";
import { type Surroundings } from "../terminal/surroundings";

/** What people write behind `doctor`. */
export interface DoctorOptions {
  readonly stack?: string;
  /** Ask neither Genesys, nor AWS, nor the state backend. */
  readonly offline?: boolean;
  readonly json?: boolean;
}

/** The folder of package.json: the program's own, wherever the stack file is. */
const packageFolder = resolve(__dirname, "..", "..");

/**
 * Looks and changes nothing.
 * @returns 1 when a line fails, else 0.
 * @throws UsageError when there is no such stack file.
 */
export async function doctor(options: DoctorOptions, surroundings: Surroundings): Promise<ExitCode> {
  const { folder, environment, output } = surroundings;
  const file = StackFile.find(folder, options.stack);
  const isOffline = options.offline === true;
  const lines = await diagnose(
    {
      file,
      stackName: options.stack ?? file.stack,
      isOffline,
      nodeVersion: process.version,
      packageFolder,
      pulumi: askPulumiOnPath(folder, environment),
    },
    surroundings,
  );
  if (options.json === true) {
    output.printJson({ stack: file.stack, isOffline, ...countLines(lines), lines });
  } else {
    output.print(renderLines(lines, file.stack, isOffline, output.isColoured));
  }
  return hasFailure(lines) ? exitCodes.findings : exitCodes.fine;
}

function hasFailure(lines: readonly Line[]): boolean {
  return lines.some(({ status }) => status === "fail");
}
