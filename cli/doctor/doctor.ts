// `doctor`: looks at everything that a deployment of a stack needs, and says what to put right.
import { type ExitCode, exitCodes } from "../terminal/exitCode";
import { diagnose } from "./diagnosis";
import { type AskPulumi } from "../terminal/pulumiProcess";
import { countLines, renderLines } from "./render";
import { StackFile } from "../stackFile/stackFile";
import { type Surroundings } from "../terminal/surroundings";

/** What people write behind `doctor`. */
export interface DoctorOptions {
  readonly stack?: string;
  /** Ask neither Genesys, nor AWS, nor the state backend. */
  readonly offline?: boolean;
  /** Look at what a preview needs, with the client and keys that are to run it. */
  readonly preview?: boolean;
  readonly json?: boolean;
}

/**
 * Looks and changes nothing.
 * @returns 1 when a line fails, else 0.
 * @throws UsageError when there is no such stack file.
 */
export async function doctor(
  options: DoctorOptions,
  surroundings: Surroundings,
  pulumi: AskPulumi,
): Promise<ExitCode> {
  const { folder, output } = surroundings;
  const file = StackFile.find(folder, options.stack);
  const isOffline = options.offline === true;
  const purpose = options.preview === true ? "preview" : "deployment";
  const lines = await diagnose(file, { isOffline, purpose }, surroundings, pulumi);
  if (options.json === true) {
    output.printJson({ stack: file.stack, isOffline, ...countLines(lines), lines });
  } else {
    output.print(renderLines(lines, file.stack, isOffline, output.isColoured));
  }
  return lines.some(({ status }) => status === "fail") ? exitCodes.findings : exitCodes.fine;
}
