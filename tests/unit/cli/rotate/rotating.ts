// `rotate` as tests call it: without a Pulumi that could be asked, unless they bring one.
import { rotate as rotateCommand } from "../../../../cli/rotate/rotate";
import { type RotateOptions } from "../../../../cli/rotate/rotateOptions";
import { type ExitCode } from "../../../../cli/terminal/exitCode";
import { type AskPulumi, noPulumi } from "../../../../cli/terminal/pulumiProcess";
import { type Surroundings } from "../../../../cli/terminal/surroundings";

const nobody: AskPulumi = () => Promise.resolve({ reason: noPulumi });

export function rotate(
  names: readonly string[],
  options: RotateOptions,
  surroundings: Surroundings,
  pulumi: AskPulumi = nobody,
): Promise<ExitCode> {
  return rotateCommand(names, options, surroundings, pulumi);
}
