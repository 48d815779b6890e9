// `rotate`: raises the generation of credentials in the stack file; the next `pulumi up` does the rest.
import { resolve } from "node:path";
import { type ExitCode, exitCodes } from "../terminal/exitCode";
import { declarationsInFile } from "../stackFile/stackDeclarations";
import { StackFile } from "../stackFile/stackFile";
import { type AskPulumi } from "../terminal/pulumiProcess";
import { type Surroundings } from "../terminal/surroundings";
import { isFailed, rotateEveryStack, type StackOutcome } from "./everyStack";
import { headline } from "./headline";
import { requireSense, type RotateOptions } from "./rotateOptions";
import { jsonOfOutcome, jsonOfRefusal } from "./rotationJson";
import { renderReport } from "./rotationReport";
import { everyStackText, stackText } from "./rotationText";
import { rotateStack, type StackRotation } from "./stackRotation";
import { requireFolder, writeReport } from "../terminal/reportFile";

type Surrounded = Pick<Surroundings, "folder" | "environment" | "clock" | "output" | "redactor">;

/**
 * @returns 0 where all was seen, whatever is due; 1 where a name was refused; 2 and 3 where it is not known of every credential whether it
 *   is due, the graver one where both are the case.
 * @throws UsageError, ConfigError, OutsideError; nothing is written then.
 */
export async function rotate(
  names: readonly string[],
  options: RotateOptions,
  surroundings: Surrounded,
  pulumi: AskPulumi,
): Promise<ExitCode> {
  requireSense(names, options);
  if (options.allStacks === true) {
    return everyStack(options, surroundings, pulumi);
  }
  const file = StackFile.find(surroundings.folder, options.stack);
  const declarations = declarationsInFile(file.read(surroundings.environment), file.stack);
  const result = await rotateStack({ file, declarations }, names, options, surroundings, pulumi);
  return options.due === true
    ? tellDue(result, options, surroundings)
    : tellNamed(result, options, surroundings);
}

async function everyStack(
  options: RotateOptions,
  surroundings: Surrounded,
  pulumi: AskPulumi,
): Promise<ExitCode> {
  const { output, redactor, folder } = surroundings;
  const report =
    options.report === undefined
      ? undefined
      : { what: "report", option: "--report", path: resolve(folder, options.report) };
  if (report !== undefined) {
    requireFolder(report);
  }
  const outcomes = await rotateEveryStack(options, surroundings, pulumi);
  if (options.json === true) {
    output.printJson(outcomes.map((one) => jsonOfOutcome(one, options)));
  } else {
    output.print(everyStackText(outcomes, options));
  }
  if (report !== undefined) {
    writeReport(report, redactor.redact(renderReport(outcomes)));
  }
  return gravest(outcomes);
}

function gravest(outcomes: readonly StackOutcome[]): ExitCode {
  const codes = outcomes.map((one) =>
    isFailed(one) ? one.exitCode : one.unknown.length > 0 ? exitCodes.outside : exitCodes.fine,
  );
  return codes.reduce((left, right) => (right > left ? right : left), exitCodes.fine);
}

function tellDue(
  result: StackRotation,
  options: RotateOptions,
  { output }: Pick<Surroundings, "output">,
): ExitCode {
  if (options.json === true) {
    output.printJson(jsonOfOutcome(result, options));
  } else {
    output.print(`${headline([result])}.\n\n${stackText(result, options)}`);
  }
  return gravest([result]);
}

function tellNamed(
  result: StackRotation,
  options: RotateOptions,
  { output }: Pick<Surroundings, "output">,
): ExitCode {
  const { fileName, gaps, waiting, skipped } = result;
  const refused = [...waiting, ...skipped];
  for (const { credential, reason } of refused) {
    output.note(`Rotating ${credential}: refused: ${reason}.`);
  }
  for (const key of gaps) {
    output.note(
      `${key} has rotation.overlap: none: its consumers stop at the next \`pulumi up\`, until they have read the secret again.`,
    );
  }
  if (options.json === true) {
    output.printJson(refused.length > 0 ? jsonOfRefusal(result) : jsonOfOutcome(result, options));
  } else if (refused.length > 0) {
    output.note(`${fileName} was not changed.`);
  } else {
    output.print(stackText(result, options));
  }
  return refused.length > 0 ? exitCodes.findings : exitCodes.fine;
}
